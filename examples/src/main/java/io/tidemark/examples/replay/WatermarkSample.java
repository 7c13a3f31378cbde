package io.tidemark.examples.replay;

import io.tidemark.time.Timestamps;

/** Where the watermark stood when an event had arrived, both milliseconds since the epoch. */
public record WatermarkSample(long arrival, long watermark) {

    /** How far the watermark was behind the arrivals, in milliseconds. */
    public long lag() {
        return Timestamps.subtract(arrival, watermark);
    }
}
