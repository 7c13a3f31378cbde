package io.tidemark;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.operator.RowBatch;
import java.util.concurrent.TimeUnit;

/**
 * What an engine does for the latency of its events, and nothing else: rows that lie in the cache, as in the ring, a block at a
 * time. The look at a block's timestamps is not in it, since the guard and the watermark need that anyway. It is in this package
 * because it is visible in it alone.
 *
 * <p>Threads: belongs to one thread.
 */
public final class LatencyRecording implements Contender {
    /** Rows that are recorded again and again, as many as a source's ring holds. */
    private static final int CAPACITY = 1 << 14;

    private final SourceLatency latency;
    private long recorded;

    /** Every {@code sampleEvery}-th event enters the distribution. */
    public LatencyRecording(int sampleEvery) {
        latency = new SourceLatency("bench", -1, TimeUnit.MILLISECONDS.toNanos(1), sampleEvery);
    }

    @Override
    public void process(long[] rows) {
        int events = rows.length / EventStream.STRIDE;
        int slots = Math.min(CAPACITY, events);
        RowBatch batch = new RowBatch(rows, EventStream.STRIDE, new Object[0], 0, -1);
        batch.measure(0, slots);
        long now = batch.latest() + EventStream.JITTER;
        int slot = 0;
        for (int row = 0; row < events; ) {
            int count = Math.min(RowBatch.BLOCK, Math.min(slots - slot, events - row));
            latency.record(batch, slot, count, now);
            slot = slot + count == slots ? 0 : slot + count;
            row += count;
        }
        recorded += events;
    }

    @Override
    public PaneTally.Summary finish() {
        long counted =
                latency.recorder.summary().count() + latency.recorder.summary().negatives();
        if (counted != recorded) {
            throw new IllegalStateException("recorded " + counted + " latencies, not " + recorded);
        }
        return new PaneTally.Summary(0, counted, 0, 0, 0);
    }
}
