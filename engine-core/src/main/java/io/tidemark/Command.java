package io.tidemark;

/**
 * Something else than an event on a source's way, in order with its events.
 *
 * @param afterRows of a source with a ring: how many rows go before it
 * @param watermark what to advance to
 */
record Command(long afterRows, long watermark) {}
