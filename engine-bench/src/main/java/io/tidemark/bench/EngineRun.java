package io.tidemark.bench;

import io.tidemark.EngineReport;
import io.tidemark.EngineSettings;
import io.tidemark.EngineState;
import io.tidemark.EventTimeEngine;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.WaitStrategy;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * A whole engine on one workload: the benchmark's thread publishes, the engine's thread gives the panes.
 *
 * <p>A fence tells when everything is processed: an event whose timestamp is none. The engine hands it back as rejected when its
 * turn has come, that is after all events before it.
 */
abstract class EngineRun implements Contender {
    /** The timestamp of a fence. */
    static final long NO_TIMESTAMP = Long.MIN_VALUE;

    private final PaneTally tally = new PaneTally();
    private final AtomicLong fencesPassed = new AtomicLong();
    private long fences;

    /** Settings as a user would leave them, but for the patience. */
    final <E, B extends EngineSettings<E, B>> B configure(B builder, int patience) {
        return builder.watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(EventStream.JITTER)))
                .waitStrategy(WaitStrategy.patient(patience))
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
                case COUNT_AND_SUM -> declareCountAndSum(windowed, count, sum);
                case SUM -> declareValue(windowed, sum);
                case MAX -> declareValue(windowed, max);
            }
        }
    }

    private <E> void declareCountAndSum(
            WindowedStream<E, Long> windowed, LongAggregator<E, Long> count, LongAggregator<E, Long> sum) {
        windowed.aggregate(Aggregators.all(count, sum))
                .dropLate()
                .onResult(pane -> tally.add(
                        pane.longKey(),
                        pane.start(),
                        pane.end(),
                        pane.value().getLong(count),
                        pane.value().getLong(sum)));
    }

    private <E> void declareValue(WindowedStream<E, Long> windowed, LongAggregator<E, Long> aggregator) {
        windowed.aggregate(aggregator)
                .dropLate()
                .onResult(pane -> tally.add(pane.longKey(), pane.start(), pane.end(), pane.longValue()));
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
        return tally.summary();
    }

    static void requireAccepted(OfferResult result) {
        if (result != OfferResult.ACCEPTED) {
            throw new IllegalStateException("an event was not accepted but " + result);
        }
    }
}
