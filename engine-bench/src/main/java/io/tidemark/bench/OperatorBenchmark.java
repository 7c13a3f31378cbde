package io.tidemark.bench;

import io.tidemark.bench.compare.IndexedTumbling;
import io.tidemark.bench.compare.PlainTumbling;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The operator alone, in batches from an array, and the loop that one would write by hand for the first workload. All read the same
 * rows and tally the same panes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OperatorBenchmark {

    /** W1: tumbling windows of 1 s, count and sum. */
    @Benchmark
    public void tumbling(Tumbling state) {
        state.process();
    }

    /** W2: windows of 60 s every second, sum. */
    @Benchmark
    public void sliding(Sliding state) {
        state.process();
    }

    /** W3: sessions with a gap of 100 ms, sum. */
    @Benchmark
    public void sessions(Sessions state) {
        state.process();
    }

    /** W1 by hand: what the operator is measured against. */
    @Benchmark
    public void tumblingByHand(TumblingByHand state) {
        state.process();
    }

    /** W1 by hand for keys that are array indices: what the hand-written loop is measured against. */
    @Benchmark
    public void tumblingByIndex(TumblingByIndex state) {
        state.process();
    }

    /** The operator on W1. */
    public static class Tumbling extends WindowState {
        /** For JMH. */
        public Tumbling() {
            super(Workload.TUMBLING);
        }

        @Override
        Contender contender(Workload of) {
            return new OperatorRun(of);
        }
    }

    /** The operator on W2. */
    public static class Sliding extends WindowState {
        /** For JMH. */
        public Sliding() {
            super(Workload.SLIDING);
        }

        @Override
        Contender contender(Workload of) {
            return new OperatorRun(of);
        }
    }

    /** The operator on W3. */
    public static class Sessions extends WindowState {
        /** For JMH. */
        public Sessions() {
            super(Workload.SESSIONS);
        }

        @Override
        Contender contender(Workload of) {
            return new OperatorRun(of);
        }
    }

    /** The hand-written loop on W1. */
    public static class TumblingByHand extends WindowState {
        /** For JMH. */
        public TumblingByHand() {
            super(Workload.TUMBLING);
        }

        @Override
        Contender contender(Workload of) {
            return new PlainTumbling(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        }
    }

    /** The loop without hashing on W1. */
    public static class TumblingByIndex extends WindowState {
        /** For JMH. */
        public TumblingByIndex() {
            super(Workload.TUMBLING);
        }

        @Override
        Contender contender(Workload of) {
            return new IndexedTumbling(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        }
    }

    /** Runs these benchmarks; takes JMH's options. */
    public static void main(String[] arguments) throws Exception {
        SelfRun.run(OperatorBenchmark.class, arguments);
    }
}
