package io.tidemark.bench;

import io.tidemark.bench.workload.Contender;
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
 * The whole engine with its default settings, metrics included: JMH's thread publishes, the engine's own gives the panes of tumbling
 * windows of 1 s, count and sum, so it needs two processors. An invocation ends when everything is processed. Compare with
 * {@link OperatorBenchmark#byHand}, which hands nothing over.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EngineBenchmark {
    private static final int BATCH = 256;

    /** The engine's default. */
    private static final int PATIENCE = 200;

    /** Rows from an array, 256 published at once. */
    @Benchmark
    public void rowsInBatches(RowsInBatches state) {
        state.process();
    }

    /** Rows from an array, each published by itself. */
    @Benchmark
    public void rowsOneByOne(RowsOneByOne state) {
        state.process();
    }

    /** Objects, each made for its event, through a source. */
    @Benchmark
    public void eventsFromSource(EventsFromSource state) {
        state.process();
    }

    /** Objects, each made for its event, through {@code engine.publish}. */
    @Benchmark
    public void eventsShared(EventsShared state) {
        state.process();
    }

    /** Rows in batches. */
    public static class RowsInBatches extends WindowState {
        @Override
        Workload workload() {
            return Workload.TUMBLING;
        }

        @Override
        Contender contender() {
            return new ColumnEngineRun(workload(), BATCH, PATIENCE);
        }
    }

    /** Single rows. */
    public static class RowsOneByOne extends WindowState {
        @Override
        Workload workload() {
            return Workload.TUMBLING;
        }

        @Override
        Contender contender() {
            return new ColumnEngineRun(workload(), 1, PATIENCE);
        }
    }

    /** Objects through a source. */
    public static class EventsFromSource extends WindowState {
        @Override
        Workload workload() {
            return Workload.TUMBLING;
        }

        @Override
        Contender contender() {
            return new EventEngineRun(workload(), false, PATIENCE);
        }
    }

    /** Objects through the shared entrance. */
    public static class EventsShared extends WindowState {
        @Override
        Workload workload() {
            return Workload.TUMBLING;
        }

        @Override
        Contender contender() {
            return new EventEngineRun(workload(), true, PATIENCE);
        }
    }

    /** Runs these benchmarks; takes JMH's options. */
    public static void main(String[] arguments) throws Exception {
        SelfRun.run(EngineBenchmark.class, arguments);
    }
}
