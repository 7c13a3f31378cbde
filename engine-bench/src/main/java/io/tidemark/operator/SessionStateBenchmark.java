package io.tidemark.operator;

import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
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

/**
 * The parts of the state of sessions, each by itself: the index from keys to their newest sessions, the wheel of their deadlines. It is in
 * this package because they are visible in it alone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SessionStateBenchmark {
    /** Keys looked up at once, as many as the operator does. */
    private static final int RUN = WindowOperator.RUN;

    private static final int DEADLINES = 1_000_000;

    /** Finding the newest session of each event's key, all keys being known. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void findNewest(Index state) {
        state.find();
    }

    /** Taking deadlines that have come up and entering each again a gap later, as for sessions that go on. */
    @Benchmark
    @OperationsPerInvocation(DEADLINES)
    public void turnWheel(Wheel state) {
        state.turn();
    }

    private static WindowArena arena() {
        return new WindowArena(
                AggregateColumns.none((stage, name, thrown) -> {
                    throw thrown;
                }),
                WindowArena.Memory.NONE);
    }

    /** A session of each key. */
    @State(Scope.Thread)
    public static class Index {
        /** Distinct keys. */
        @Param({"1000", "100000"})
        public int keys;

        private final WindowArena arena = arena();
        private final LiveWindows live = new LiveWindows(arena, null);
        private final int[] scratch = new int[RUN];
        private long[] rows = new long[0];
        private long found;

        /** Begins the sessions. */
        @Setup
        public void setUp() {
            rows = Workload.SESSIONS.stream(keys).rows();
            for (long key = 0; key < keys; key++) {
                live.begin(key, 0, Workload.SESSION_GAP, WindowArena.NONE, WindowArena.NONE);
            }
        }

        void find() {
            found = 0;
            int events = rows.length / EventStream.STRIDE;
            for (int row = 0; row < events; row += RUN) {
                int at = row * EventStream.STRIDE + EventStream.KEY;
                int count = Math.min(RUN, events - row);
                live.guess(rows, at, EventStream.STRIDE, count, scratch);
                for (int i = 0; i < count; i++, at += EventStream.STRIDE) {
                    found += arena.key(live.newest(rows[at])) == rows[at] ? 1 : 0;
                }
            }
        }

        /** Every event's session must have been found. */
        @TearDown(Level.Invocation)
        public void tearDown() {
            if (found != rows.length / EventStream.STRIDE) {
                throw new IllegalStateException(found + " sessions found for " + rows.length / EventStream.STRIDE);
            }
        }
    }

    /** A deadline for each key, spread over the gap. */
    @State(Scope.Thread)
    public static class Wheel {
        /** Distinct keys. */
        @Param({"1000", "100000"})
        public int keys;

        private final DeadlineWheel wheel = new DeadlineWheel(Workload.SESSION_GAP);
        private long watermark;

        /** Enters the deadlines. */
        @Setup
        public void setUp() {
            wheel.take(watermark);
            for (int window = 0; window < keys; window++) {
                wheel.add(watermark + 1 + window % Workload.SESSION_GAP, window, window);
            }
        }

        void turn() {
            int taken = 0;
            while (taken < DEADLINES) {
                watermark++;
                int count = wheel.take(watermark);
                for (int i = 0; i < count; i++) {
                    wheel.add(watermark + Workload.SESSION_GAP, wheel.position(i), wheel.position(i));
                }
                taken += count;
            }
        }

        /** None may have got lost. */
        @TearDown
        public void tearDown() {
            int count = wheel.take(Long.MAX_VALUE);
            if (count != keys) {
                throw new IllegalStateException(count + " deadlines left of " + keys);
            }
        }
    }
}
