package io.tidemark.bench.compare;

import io.tidemark.bench.workload.EventStream;

/** A bounded out-of-orderness watermark as one would write it by hand: a running maximum. Frozen. Threads: belongs to one. */
public final class PlainWatermark {
    private final long delay;
    private long newest = Long.MIN_VALUE;

    /** A watermark {@code delay} milliseconds behind the newest event. */
    public PlainWatermark(long delay) {
        this.delay = delay;
    }

    /** Takes all rows. */
    public void process(long[] rows) {
        long maximum = newest;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            maximum = Math.max(maximum, rows[row + EventStream.TIMESTAMP]);
        }
        newest = maximum;
    }

    /** The watermark, once there was an event. */
    public long value() {
        return newest - delay;
    }
}
