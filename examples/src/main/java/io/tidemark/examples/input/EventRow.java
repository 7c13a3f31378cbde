package io.tidemark.examples.input;

import io.tidemark.time.Timestamps;

/**
 * One event of the file.
 *
 * @param row number of the data row, from 1; the header is not counted, malformed rows are
 * @param eventTime when it happened, milliseconds since the epoch
 * @param arrival when it was received, milliseconds since the epoch
 * @param key what it belongs to; empty if the run has no key
 * @param amount its value in minor units
 */
public record EventRow(long row, long eventTime, long arrival, String key, long amount) {

    /** Arrival - event time in milliseconds; negative if it arrived before it happened. */
    public long latency() {
        return Timestamps.subtract(arrival, eventTime);
    }
}
