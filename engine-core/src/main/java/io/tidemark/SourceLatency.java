package io.tidemark;

import io.tidemark.metrics.LatencyRecorder;
import io.tidemark.operator.RowBatch;
import io.tidemark.time.Timestamps;

/**
 * Latency of a source's events: processing time - event time, where processing time is one reading of the clock for a batch, or in
 * a replay a column of the row. Count, extremes and negatives are exact; every n-th row enters the distribution.
 *
 * <p>Threads: the engine thread.
 */
final class SourceLatency {
    final LatencyRecorder recorder;
    private final int processingColumn;
    private final long nanosPerUnit;
    private final int sampleEvery;
    private long rows;

    SourceLatency(String source, int processingColumn, long nanosPerUnit, int sampleEvery) {
        this.recorder = new LatencyRecorder(source + ".latency", sampleEvery);
        this.processingColumn = processingColumn;
        this.nanosPerUnit = nanosPerUnit;
        this.sampleEvery = sampleEvery;
    }

    /**
     * Records rows from {@code from} on, just those that were {@linkplain RowBatch#measure measured} last; {@code now} is processing time
     * unless rows carry their own.
     */
    void record(RowBatch batch, int from, int count, long now) {
        if (processingColumn < 0 && batch.latest() <= now) {
            long shortest = Timestamps.subtract(now, batch.latest());
            long longest = Timestamps.subtract(now, batch.earliest());
            recorder.recordBatch(count, nanos(shortest), nanos(longest), 0, 0);
        } else {
            recordEach(batch.longs(), batch.row(from), batch.longStride(), count, now);
        }
        sample(batch.longs(), batch.row(from), batch.longStride(), count, now);
        rows += count;
    }

    /** Where latencies below zero have to be told apart. */
    private void recordEach(long[] longs, int at, int stride, int count, long now) {
        long min = Long.MAX_VALUE;
        long max = 0;
        long negatives = 0;
        long mostNegative = 0;
        int row = at;
        for (int i = 0; i < count; i++, row += stride) {
            long processed = processingColumn < 0 ? now : longs[row + processingColumn];
            long latency = Timestamps.subtract(processed, longs[row]);
            if (latency >= 0) {
                min = Math.min(min, latency);
                max = Math.max(max, latency);
            } else {
                negatives++;
                mostNegative = Math.min(mostNegative, latency);
            }
        }
        recorder.recordBatch(count, nanos(min), nanos(max), negatives, nanos(mostNegative));
    }

    private void sample(long[] longs, int at, int stride, int count, long now) {
        long first = (rows + sampleEvery - 1) & -sampleEvery;
        for (long sampled = first; sampled < rows + count; sampled += sampleEvery) {
            int sampledRow = at + (int) (sampled - rows) * stride;
            long processed = processingColumn < 0 ? now : longs[sampledRow + processingColumn];
            long latency = Timestamps.subtract(processed, longs[sampledRow]);
            if (latency >= 0) {
                recorder.sample(nanos(latency));
            }
        }
    }

    private long nanos(long units) {
        return Timestamps.multiply(units, nanosPerUnit);
    }
}
