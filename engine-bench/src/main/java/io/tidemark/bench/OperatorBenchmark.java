package io.tidemark.bench;

import io.tidemark.bench.compare.IndexedTumbling;
import io.tidemark.bench.compare.Limits;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The operator alone, in batches from an array, and the loop that one would write by hand for the same workload. All read the same
 * rows and tally the same panes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OperatorBenchmark {

    /** The operator. */
    @Benchmark
    public void operator(Operator state) {
        state.process();
    }

    /** By hand: what the operator is measured against. */
    @Benchmark
    public void byHand(ByHand state) {
        state.process();
    }

    /** W1 by hand for keys that are array indices: what the hand-written loop is measured against. */
    @Benchmark
    public void tumblingByIndex(TumblingByIndex state) {
        state.process();
    }

    /** Any workload. */
    public abstract static class Chosen extends WindowState {
        /** Which one. */
        @Param({"TUMBLING", "SLIDING", "SLIDING_MAX", "SESSIONS", "TUMBLING_MAX", "FIVE"})
        public Workload workload = Workload.TUMBLING;

        @Override
        Workload workload() {
            return workload;
        }
    }

    /** The operator. */
    public static class Operator extends Chosen {
        @Override
        Contender contender() {
            return new OperatorRun(workload);
        }
    }

    /** The hand-written loop. */
    public static class ByHand extends Chosen {
        @Override
        Contender contender() {
            return Limits.of(workload, keys);
        }
    }

    /** The loop without hashing. */
    public static class TumblingByIndex extends WindowState {
        @Override
        Workload workload() {
            return Workload.TUMBLING;
        }

        @Override
        Contender contender() {
            return new IndexedTumbling(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        }
    }

    /** Runs these benchmarks; takes JMH's options. */
    public static void main(String[] arguments) throws Exception {
        SelfRun.run(OperatorBenchmark.class, arguments);
    }
}
