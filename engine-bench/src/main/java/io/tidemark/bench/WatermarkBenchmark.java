package io.tidemark.bench;

import io.tidemark.bench.compare.PlainWatermark;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Bringing watermarks forward: that of one source event by event, and the engine's over many sources batch by batch. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class WatermarkBenchmark {
    /** Rows in a batch, as many as the engine takes from a ring at once. */
    private static final int BATCH = 1_024;

    /** Times that the sources are gone round; one operation is one batch. */
    private static final int BATCHES = 1_024;

    /** W after every event, the default. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void everyEvent(EveryEvent state) {
        state.scan();
    }

    /** W after every hundredth event. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void everyHundredthEvent(EveryHundredthEvent state) {
        state.scan();
    }

    /** A maximum in a loop: the least that can be done. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void everyEventByHand(ByHand state) {
        state.scan();
    }

    /** The engine's W after a batch of one of many sources; batches, not events, are counted. */
    @Benchmark
    @OperationsPerInvocation(BATCHES)
    public void tracker(Sources state) {
        state.goRound();
    }

    /** A stream, played on and on. */
    @State(Scope.Thread)
    public abstract static class Scanned {
        final EventStream stream = Workload.TUMBLING.stream(1_000);

        /** Moves time on. */
        @Setup(Level.Invocation)
        public void playOn() {
            stream.play();
        }

        /** Brings the watermark forward by the whole stream. */
        abstract void scan();

        /** The watermark reached. */
        abstract long watermark();

        /** The watermark must be where the newest event put it. */
        @TearDown
        public void tearDown() {
            long newest = Long.MIN_VALUE;
            for (int row = 0; row < stream.rows().length; row += EventStream.STRIDE) {
                newest = Math.max(newest, stream.rows()[row + EventStream.TIMESTAMP]);
            }
            if (watermark() != newest - EventStream.JITTER) {
                throw new IllegalStateException(getClass().getSimpleName() + " ended at " + watermark() + ", not at "
                        + (newest - EventStream.JITTER));
            }
        }
    }

    /** A source's watermark, brought up to date every so many events. */
    public abstract static class Source extends Scanned {
        private final SourceWatermark watermark;

        Source(int everyEvents) {
            watermark = sourceWatermark("bench", everyEvents);
        }

        @Override
        void scan() {
            long[] rows = stream.rows();
            int events = stream.events();
            for (int row = 0; row < events; row += BATCH) {
                int count = Math.min(BATCH, events - row);
                int at = row * EventStream.STRIDE;
                watermark.scan(rows, at, EventStream.STRIDE, count, Long.MAX_VALUE);
            }
        }

        @Override
        long watermark() {
            return watermark.watermark();
        }
    }

    /** The default. */
    public static class EveryEvent extends Source {
        /** For JMH. */
        public EveryEvent() {
            super(1);
        }
    }

    /** Now and then. */
    public static class EveryHundredthEvent extends Source {
        /** For JMH. */
        public EveryHundredthEvent() {
            super(100);
        }
    }

    /** The loop. */
    public static class ByHand extends Scanned {
        private final PlainWatermark watermark = new PlainWatermark(EventStream.JITTER);

        @Override
        void scan() {
            watermark.process(stream.rows());
        }

        @Override
        long watermark() {
            return watermark.value();
        }
    }

    /** Sources that send in turns. */
    @State(Scope.Thread)
    public static class Sources {
        /** How many. */
        @Param({"1", "16"})
        public int sources;

        private final WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
        private SourceWatermark[] watermarks;
        private final long[] row = new long[EventStream.STRIDE];
        private int turn;

        /** Opens them. */
        @Setup
        public void setUp() {
            watermarks = new SourceWatermark[sources];
            for (int i = 0; i < sources; i++) {
                watermarks[i] = sourceWatermark("bench-" + i, 1);
                tracker.open(watermarks[i], false, 0);
            }
        }

        void goRound() {
            for (int i = 0; i < BATCHES; i++) {
                SourceWatermark source = watermarks[turn];
                turn = turn + 1 == sources ? 0 : turn + 1;
                row[EventStream.TIMESTAMP]++;
                tracker.enter(source);
                source.observe(row, 0);
                tracker.update(source);
            }
        }

        /** The watermark must be that of the source which is furthest behind. */
        @TearDown
        public void tearDown() {
            long expected = row[EventStream.TIMESTAMP] - (sources - 1) - EventStream.JITTER;
            if (tracker.watermark() != expected) {
                throw new IllegalStateException(
                        sources + " sources ended at " + tracker.watermark() + ", not at " + expected);
            }
        }
    }

    private static SourceWatermark sourceWatermark(String name, int everyEvents) {
        WatermarkStrategy<Object> strategy =
                WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(EventStream.JITTER));
        return new SourceWatermark(name, strategy.everyEvents(everyEvents), TimeUnit.MILLISECONDS, -1, 0);
    }

    /** Runs these benchmarks; takes JMH's options. */
    public static void main(String[] arguments) throws Exception {
        SelfRun.run(WatermarkBenchmark.class, arguments);
    }
}
