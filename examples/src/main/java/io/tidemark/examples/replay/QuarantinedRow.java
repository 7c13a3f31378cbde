package io.tidemark.examples.replay;

import io.tidemark.examples.input.EventRow;

/**
 * A well-formed event that the engine would not take: its time is no timestamp, or too far ahead of its arrival.
 *
 * @param reason INVALID or FUTURE
 */
public record QuarantinedRow(EventRow event, String reason) {}
