package io.tidemark.bench;

import io.tidemark.bench.compare.ObjectHandOff;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Receiver;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Hand-off between two threads: rows through the engine's ring, objects through a queue. JMH's thread sends, a second one
 * receives, so it needs two processors; an invocation ends when everything is received.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.EVENTS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RingBenchmark {
    private static final int CAPACITY = 1 << 14;
    private static final int BATCH = 256;

    /** Rows, 256 published at once. */
    @Benchmark
    public void rowsInBatches(Rows state) {
        state.handOff().sendBatches(state.stream.rows(), BATCH);
    }

    /** Rows, each published by itself. */
    @Benchmark
    public void rowsOneByOne(Rows state) {
        state.handOff().sendOneByOne(state.stream.rows());
    }

    /** Objects, each made for its event. */
    @Benchmark
    public void freshObjects(Objects state) {
        state.handOff().send(state.stream.rows());
    }

    /** Objects that exist beforehand. */
    @Benchmark
    public void keptObjects(KeptObjects state) {
        state.handOff().send(state.payments);
    }

    /** Both ends of a hand-off. */
    @State(Scope.Thread)
    public abstract static class HandOff<R extends Receiver> {
        /** Spins of the receiver after it found less than a full batch; 200 is the engine's default. */
        @Param({"0", "200"})
        public int patience;

        final EventStream stream = Workload.TUMBLING.stream(1_000);
        private R receiver;
        private long sent;

        abstract R receiver(int withPatience);

        /** Starts the receiving thread. */
        @Setup
        public void setUp() {
            receiver = receiver(patience);
            receiver.start();
        }

        /** For one invocation. */
        R handOff() {
            sent++;
            return receiver;
        }

        /** Everything sent must have been received. */
        @TearDown
        public void tearDown() throws InterruptedException {
            long received = receiver.stop();
            if (received != sent * stream.total()) {
                throw new IllegalStateException(
                        "received " + received + " in all, sent " + sent + " times " + stream.total());
            }
        }
    }

    /** The engine's ring. */
    public static class Rows extends HandOff<RowHandOff> {
        @Override
        RowHandOff receiver(int withPatience) {
            return new RowHandOff(CAPACITY, withPatience);
        }
    }

    /** JCTools' queue. */
    public static class Objects extends HandOff<ObjectHandOff> {
        @Override
        ObjectHandOff receiver(int withPatience) {
            return new ObjectHandOff(CAPACITY, withPatience);
        }
    }

    /** JCTools' queue, and the objects. */
    public static class KeptObjects extends Objects {
        private final Payment[] payments = payments(stream.rows());

        private static Payment[] payments(long[] rows) {
            Payment[] payments = new Payment[rows.length / EventStream.STRIDE];
            for (int i = 0; i < payments.length; i++) {
                payments[i] = Payment.of(rows, i * EventStream.STRIDE);
            }
            return payments;
        }
    }

    /** Runs these benchmarks; takes JMH's options. */
    public static void main(String[] arguments) throws Exception {
        SelfRun.run(RingBenchmark.class, arguments);
    }
}
