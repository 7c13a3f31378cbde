package io.tidemark;

import io.tidemark.operator.RowBatch;
import io.tidemark.ring.RowRing;
import io.tidemark.watermark.SteppedWatermark;
import org.jspecify.annotations.Nullable;

/**
 * One shard's side of a source: its rows, each with its place among the steps of the source's watermark. Of a row that several shards
 * get, the one that it came to for the first key keeps the books.
 */
final class ShardLane extends Lane {
    private static final long FIRST_KEY = 1;

    final SteppedWatermark steps;
    private final ShardRouter router;
    private final boolean keepsBooks;
    private final RowRing ring;
    private final RowBatch batch;
    private final int positionColumn;
    private final int keysColumn;
    private final int stampEvery;
    private long heard;

    ShardLane(
            ShardRouter router,
            int shard,
            SteppedWatermark steps,
            SourceLatency latency,
            RowRing ring,
            int eventLane,
            int stampEvery) {
        super(router.name, steps.watermark(), latency, stampEvery);
        this.router = router;
        this.keepsBooks = shard == 0;
        this.steps = steps;
        this.ring = ring;
        this.positionColumn = router.positionColumn();
        this.keysColumn = router.keysColumn();
        this.stampEvery = stampEvery;
        int longStride = Math.max(positionColumn, keysColumn) + 1;
        this.batch = new RowBatch(ring.longs(), longStride, ring.objects(), router.objectStride, eventLane);
    }

    /** Whether the source was active, on whichever shard, since {@link #hear}. */
    boolean hasNews() {
        return router.activity() != heard;
    }

    /** As {@link #hasNews}, once. */
    boolean hear() {
        long activity = router.activity();
        boolean news = activity != heard;
        heard = activity;
        return news;
    }

    /** Whether events of the source wait for some shard: it is not silent while they do. */
    boolean waitsSomewhere() {
        return router.inFlight() > 0;
    }

    /** Whether all rows that ever come are visible. */
    boolean isSettled() {
        return router.isSettled();
    }

    /** Whether there are no rows now. */
    boolean isEmpty() {
        return ring.size() == 0;
    }

    /** How many of the rows last taken, from one on, were not rejected. */
    int passing(int from, int to) {
        long[] longs = batch.longs();
        int row = from;
        while (row < to && longs[batch.row(row) + positionColumn] != ShardRouter.REJECTED) {
            row++;
        }
        return row - from;
    }

    /** How many rows in a row, from one on, are ({@code inBooks}) or are not in the books of this shard. */
    int run(int from, int to, boolean inBooks) {
        if (keysColumn < 0) {
            return inBooks ? to - from : 0;
        }
        int row = from;
        while (row < to && isInBooks(row) == inBooks) {
            row++;
        }
        return row - from;
    }

    @Override
    boolean isInBooks(int row) {
        return keysColumn < 0 || (batch.longs()[batch.row(row) + keysColumn] & FIRST_KEY) != 0;
    }

    @Override
    RowBatch batch() {
        return batch;
    }

    @Override
    @Nullable
    Command command() {
        return null; // a step like those that events cause
    }

    @Override
    int take(int max) {
        int rows = ring.available(max);
        batch.startAt(ring.readSlot());
        return rows;
    }

    @Override
    boolean mayGrow(int rows) {
        boolean fedByThisThread = keepsBooks && router.isFedByFirstShard();
        return !fedByThisThread && rows < ring.mostAvailable();
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
        router.close();
    }

    @Override
    boolean isDrained() {
        // also of nothing that went to another shard alone: a source counts on all of them or on none
        return isSettled() && !hasNews() && isEmpty() && steps.position() >= steps.published();
    }

    @Override
    void abandon() {
        router.abandon();
        ring.abandon();
    }

    @Override
    long accepted() {
        return keepsBooks ? router.accepted() : 0;
    }

    @Override
    long failed() {
        return keepsBooks ? router.failed.value() : 0;
    }

    @Override
    long inFlight() {
        return keepsBooks ? router.inFlight() : 0;
    }

    @Override
    long shed() {
        return keepsBooks ? router.shed.sum() : 0;
    }

    /** Calls of advanceTo that were ignored. */
    long regressions() {
        return keepsBooks ? router.regressions.value() : 0;
    }
}
