package io.tidemark.bench;

import io.tidemark.AggregatedStream;
import io.tidemark.EngineReport;
import io.tidemark.EngineSettings;
import io.tidemark.EngineState;
import io.tidemark.EventTimeEngine;
import io.tidemark.ResultStage;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.WaitStrategy;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * A whole engine on one workload: the benchmark's thread publishes, the engine's thread gives the panes.
 *
 * <p>A fence tells when everything is processed: an event whose timestamp is none. The engine hands it back as rejected when its
 * turn has come, that is after all events before it. With several shards that holds for the first one's; the others may then still
 * have a ring full of rows to do, which is nothing beside a round.
 */
abstract class EngineRun implements Contender {
    /** The timestamp of a fence. */
    static final long NO_TIMESTAMP = Long.MIN_VALUE;

    /** One per listener, since each belongs to one thread. */
    private final List<PaneTally> tallies = new CopyOnWriteArrayList<>();

    private final PaneTally lateTally = new PaneTally();
    private final AtomicLong fencesPassed = new AtomicLong();
    private long fences;

    /**
     * How an engine waits that is compared by its hand-off: it never sleeps, as the consumers of the Disruptor and of the queues beside it do
     * not, and as a user would choose who cares for microseconds; but it yields when it finds nothing for long, since the compiler and the
     * collector need one of the two cores at times.
     */
    static WaitStrategy spinning(int patience) {
        return WaitStrategy.yielding().withPatience(patience);
    }

    /** Settings as a user would leave them, but for the patience, and where hand-offs are compared for {@link #spinning}. */
    final <E, B extends EngineSettings<E, B>> B configure(B builder, int patience) {
        return configure(builder, patience, EventStream.JITTER);
    }

    /** With a watermark so far behind the newest event. */
    final <E, B extends EngineSettings<E, B>> B configure(B builder, int patience, long delay) {
        return builder.watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(delay)))
                .waitStrategy(WaitStrategy.backoff().withPatience(patience))
                .onRejected(rejected -> fencesPassed.getAndIncrement());
    }

    /** Declares the windows of a workload, and what it computes: by one aggregator, so that several windows share their slices. */
    final <E> void declare(
            Workload workload, EventTimeEngine<E> engine, ToLongFunction<E> key, ToLongFunction<E> value) {
        LongAggregator<E, Long> count = Aggregators.count();
        LongAggregator<E, Long> sum = Aggregators.sumExact(value);
        LongAggregator<E, Long> max = Aggregators.max(value);
        for (WindowAssigner<Object> windows : workload.windows()) {
            WindowedStream<E, Long> windowed = engine.keyByLong(key).window(windows);
            switch (workload.measure()) {
                case COUNT_AND_SUM -> declareCountAndSum(workload, windowed, count, sum);
                case SUM -> declareValue(windowed, sum);
                case MAX -> declareValue(windowed, max);
            }
        }
    }

    private <E> void declareCountAndSum(
            Workload workload,
            WindowedStream<E, Long> windowed,
            LongAggregator<E, Long> count,
            LongAggregator<E, Long> sum) {
        AggregatedStream<E, Long, Aggregates> aggregated = windowed.aggregate(Aggregators.all(count, sum));
        ResultStage<E, Long, Aggregates> results =
                workload == Workload.TUMBLING_LATE ? aggregated.onLate(this::addLate) : aggregated.dropLate();
        results.onResultPerShard(shard -> countsAndSums(count, sum));
    }

    private <E> WindowListener<Long, Aggregates> countsAndSums(
            LongAggregator<E, Long> count, LongAggregator<E, Long> sum) {
        PaneTally tally = newTally();
        return pane -> tally.add(
                pane.longKey(),
                pane.start(),
                pane.end(),
                pane.value().getLong(count),
                pane.value().getLong(sum));
    }

    private WindowListener<Long, Long> values() {
        PaneTally tally = newTally();
        return pane -> tally.add(pane.longKey(), pane.start(), pane.end(), pane.longValue());
    }

    private PaneTally newTally() {
        PaneTally tally = new PaneTally();
        tallies.add(tally);
        return tally;
    }

    /** Several shards share the listener for late events. */
    private <E> void addLate(LateEvent<Long, E> late) {
        synchronized (lateTally) {
            lateTally.addLate(
                    Objects.requireNonNull(late.key()),
                    late.timestamp(),
                    late.values().get(0));
        }
    }

    private <E> void declareValue(WindowedStream<E, Long> windowed, LongAggregator<E, Long> aggregator) {
        windowed.aggregate(aggregator).dropLate().onResultPerShard(shard -> values());
    }

    abstract EventTimeEngine<?> engine();

    /** Publishes all rows. */
    abstract void publish(long[] rows);

    /** Publishes a fence. */
    abstract OfferResult publishFence();

    @Override
    public final void process(long[] rows) {
        publish(rows);
        requireAccepted(publishFence());
        fences++;
        while (fencesPassed.getAcquire() < fences) {
            if (engine().state() != EngineState.RUNNING) {
                throw new IllegalStateException(
                        "the engine is " + engine().state(), engine().report().cause());
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public final PaneTally.Summary finish() {
        EngineReport report = engine().complete();
        if (report.state() != EngineState.COMPLETED || report.metrics().failures() > 0) {
            throw new IllegalStateException("the engine ended as " + report);
        }
        PaneTally.Summary all = lateTally.summary();
        for (PaneTally tally : tallies) {
            all = all.plus(tally.summary());
        }
        return all;
    }

    static void requireAccepted(OfferResult result) {
        if (result != OfferResult.ACCEPTED) {
            throw new IllegalStateException("an event was not accepted but " + result);
        }
    }
}
