package io.tidemark.watermark;

import io.tidemark.time.Timestamps;

/**
 * Keeps out what would ruin the watermark: timestamps that are none, and timestamps too far ahead of the clock. One payment
 * stamped next year would otherwise make every later one late.
 *
 * <p>Threads: belongs to the engine thread, with several shards to the producer. Units: the engine's time unit. Cost: one comparison per row.
 */
public final class FutureGuard {
    private final long maxSkew;
    private final int processingColumn;

    /**
     * A guard.
     *
     * @param maxSkew how far ahead of processing time a timestamp may be
     * @param processingColumn where a row carries its processing time in a replay; -1 if the clock gives it
     */
    public FutureGuard(long maxSkew, int processingColumn) {
        this.maxSkew = maxSkew;
        this.processingColumn = processingColumn;
    }

    /**
     * Whether rows stamped from {@code earliest} to {@code latest} all pass; false also if the rows themselves must be asked.
     *
     * @param now processing time of this batch
     */
    public boolean passesAll(long earliest, long latest, long now) {
        return processingColumn < 0 && earliest != Timestamps.NONE && latest <= limit(now);
    }

    private long limit(long now) {
        return Math.min(Timestamps.add(now, maxSkew), Long.MAX_VALUE - 1); // Long.MAX_VALUE is no timestamp
    }

    /**
     * How many of {@code count} rows, from the first on, may pass; if fewer than all, the next one must be rejected.
     *
     * @param now processing time of this batch
     */
    public int passing(long[] longs, int at, int stride, int count, long now) {
        if (processingColumn < 0) {
            long limit = limit(now);
            int passed = 0;
            for (int row = at; passed < count; passed++, row += stride) {
                long timestamp = longs[row];
                if (timestamp > limit || timestamp == Timestamps.NONE) {
                    break;
                }
            }
            return passed;
        }
        int passed = 0;
        for (int row = at; passed < count; passed++, row += stride) {
            long timestamp = longs[row];
            if (!Timestamps.isValid(timestamp) || timestamp > Timestamps.add(longs[row + processingColumn], maxSkew)) {
                break;
            }
        }
        return passed;
    }
}
