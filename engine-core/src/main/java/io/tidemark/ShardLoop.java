package io.tidemark;

import io.tidemark.metrics.LatencyLog;
import io.tidemark.operator.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * The duty cycle of one of several shards: what is kept out and how each source's watermark moves was decided at its producer, so rows
 * come with it, and a source's watermark is followed also where none of its rows comes.
 *
 * <p>Threads: as {@link EngineLoop}.
 */
final class ShardLoop extends EngineLoop {
    private final Rejects rejects;
    private @Nullable RoutedQueue<?> queue;

    ShardLoop(
            EngineConfig<?> config,
            int processingColumn,
            Rejects rejects,
            Failures failures,
            @Nullable LatencyLog log) {
        super(config, processingColumn, rejects, failures, log);
        this.rejects = rejects;
    }

    /** Makes this the shard whose thread drains the queue behind {@code publish}. */
    void drains(RoutedQueue<?> newQueue) {
        queue = newQueue;
    }

    @Override
    boolean speaksForAll() {
        return queue != null;
    }

    @Override
    int pass() {
        RoutedQueue<?> behindPublish = queue;
        int routed = behindPublish == null ? 0 : behindPublish.route(config.batchSize());
        return routed + super.pass();
    }

    @Override
    boolean waits(Lane lane) {
        return ((ShardLane) lane).hasNews() || ((ShardLane) lane).waitsSomewhere();
    }

    @Override
    int drain(Lane sourceLane, long now) {
        ShardLane lane = (ShardLane) sourceLane;
        // in this order: what was there when it was settled, or when a step was made, is found in the ring afterwards
        boolean settled = lane.isSettled();
        long until = lane.steps.published();
        int rows = take(lane, now);
        boolean heard = lane.hear();
        if (heard || rows > 0 || lane.waitsSomewhere()) {
            tracker.active(lane.watermark, now);
        }
        int work = rows;
        if (rows > 0) {
            process(lane, rows, nowUnits(beginBatch()));
        }
        if (lane.isEmpty()) {
            boolean moves = lane.steps.position() < until;
            if (moves || heard) {
                beginBatch();
                chain.follow(lane.steps, Math.max(until, lane.steps.position()));
                work += moves ? 1 : 0;
            }
            if (settled && work == 0 && !heard) {
                lane.finished = true;
                tracker.close(lane.watermark);
            }
        }
        lane.steps.release();
        return work;
    }

    private void process(ShardLane lane, int rows, long now) {
        RowBatch batch = lane.batch();
        int row = 0;
        try {
            while (row < rows) {
                int passing = lane.passing(row, rows);
                if (passing > 0) {
                    recordLatency(lane, row, row + passing, now);
                    int first = row;
                    try {
                        chain.process(batch, first, first + passing, lane.steps);
                    } finally {
                        row = chain.reached();
                        countHandedOn(lane, first, row);
                    }
                }
                if (row < rows) {
                    row++;
                    rejects.reject(lane, batch, row - 1, now);
                }
            }
        } finally {
            lane.release(row, lane.hasStamp(row) ? nanoTime() : 0);
        }
    }

    private void recordLatency(ShardLane lane, int from, int to, long now) {
        RowBatch batch = lane.batch();
        for (int row = from; row < to; row += lane.run(row, to, false)) {
            int count = lane.run(row, to, true);
            if (count > 0) {
                batch.measure(row, row + count);
                lane.latency.record(batch, row, count, now);
                row += count;
            }
        }
    }

    private void countHandedOn(ShardLane lane, int from, int to) {
        int counted = 0;
        for (int row = from; row < to; row += lane.run(row, to, false)) {
            int count = lane.run(row, to, true);
            counted += count;
            row += count;
        }
        lane.handedOn.add(counted);
        handedOn.add(counted);
    }

    @Override
    long regressions() {
        long ignored = 0;
        for (Lane lane : lanes) {
            ignored += ((ShardLane) lane).regressions();
        }
        return ignored;
    }
}
