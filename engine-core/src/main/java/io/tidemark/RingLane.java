package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.operator.RowBatch;
import io.tidemark.ring.EventQueue;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import io.tidemark.watermark.SourceWatermark;
import org.jspecify.annotations.Nullable;

/** A source with a ring of its own and one producer thread. Commands go beside the ring, each marked with its place in the order. */
final class RingLane extends Lane {
    private static final int COMMANDS = 1024;

    final RowRing ring;
    /** Written by the producer thread. */
    final Counter failed = new Counter();

    final Counter shed = new Counter();

    private final EventQueue<Command> commands = new EventQueue<>(COMMANDS);
    private final RowBatch batch;
    private final int stampEvery;
    private @Nullable Command pending;

    RingLane(
            String name,
            SourceWatermark watermark,
            SourceLatency latency,
            RowRing ring,
            RowLayout<?> layout,
            int stampEvery) {
        super(name, watermark, latency, stampEvery);
        this.ring = ring;
        this.stampEvery = stampEvery;
        this.batch = new RowBatch(
                ring.longs(), layout.longStride(), ring.objects(), layout.objectStride(), layout.eventLane());
    }

    /** Producer: puts a command behind the rows published so far. */
    OfferResult offer(long newWatermark) {
        return ring.isClosed() ? OfferResult.CLOSED : commands.offer(new Command(ring.publishedRows(), newWatermark));
    }

    @Override
    RowBatch batch() {
        return batch;
    }

    @Override
    @Nullable
    Command command() {
        Command next = pending;
        if (next == null || next.afterRows() > ring.readSequence()) {
            return null;
        }
        pending = commands.poll();
        return next;
    }

    private void loadPending() {
        if (pending == null) {
            pending = commands.poll();
        }
    }

    @Override
    int take(int max) {
        int rows = ring.available(max);
        // after the rows were seen: a command that was put before one of them is then visible too
        loadPending();
        Command next = pending;
        if (next != null) {
            rows = (int) Math.min(rows, next.afterRows() - ring.readSequence());
        }
        batch.startAt(ring.readSlot());
        return rows;
    }

    @Override
    boolean mayGrow(int rows) {
        return pending == null && rows < ring.mostAvailable();
    }

    @Override
    boolean hasStamp(int rows) {
        return nextStamp(ring, stampEvery) < ring.readSequence() + rows;
    }

    @Override
    void release(int rows, long nowNanos) {
        release(ring, stampEvery, rows, nowNanos);
    }

    @Override
    void close() {
        ring.close();
    }

    @Override
    void settle() {
        while (ring.isClosed() && ring.size() == 0 && !ring.isDrained()) {
            Thread.onSpinWait(); // for the closing grace
        }
    }

    @Override
    boolean isDrained() {
        if (!ring.isDrained()) {
            return false;
        }
        loadPending();
        return pending == null;
    }

    @Override
    void abandon() {
        ring.abandon();
        commands.abandon();
    }

    @Override
    long accepted() {
        return ring.publishedRows() + failed.value();
    }

    @Override
    long failed() {
        return failed.value();
    }

    @Override
    long inFlight() {
        return ring.size();
    }

    @Override
    long shed() {
        return shed.value();
    }
}
