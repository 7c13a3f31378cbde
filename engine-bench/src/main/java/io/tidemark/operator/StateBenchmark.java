package io.tidemark.operator;

import io.tidemark.Column;
import io.tidemark.LongRow;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * The parts of the state of sliced windows, each by itself: the table of a slice, the list of slices, the totals over many slices. It
 * is in this package because they are visible in it alone.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StateBenchmark {
    /** Rows in a block, as many as the operator takes at once. */
    private static final int BATCH = 256;

    private static final int[] PLACES = IntStream.range(0, BATCH).toArray();

    private static final int SLICES = 120;
    private static final long SIZE = 60_000;
    private static final long SLIDE = 1_000;

    private static final FailureHandler NO_FAILURES = (stage, name, thrown) -> {
        throw thrown;
    };

    /** Finding or adding the keys of a batch of rows; the table is emptied after a million events. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void claimAll(Table state) {
        state.claimAll();
    }

    /** Finding the slice of an event by its timestamp, which the operator does where a run of one slice ends. */
    @Benchmark
    @OperationsPerInvocation(Workload.EVENTS)
    public void claimSlice(Slices state) {
        state.claim();
    }

    /** From window to window over 120 slices of all keys, 60 in a window; windows, not results, are counted. */
    @Benchmark
    @OperationsPerInvocation(SLICES)
    public void slideTotals(Totals state) {
        state.slide();
    }

    private static AggregateColumns<LongRow, Long> sum() {
        return new AggregateColumns<>(
                Aggregators.<LongRow>sumExact(Column.of("value")), List.of(EventStream.VALUE), "bench", NO_FAILURES);
    }

    private static SliceList sliceList(AggregateColumns<LongRow, Long> columns) {
        SlicedWindows windows = (SlicedWindows) Windows.sliding(Duration.ofMillis(SIZE), Duration.ofMillis(SLIDE))
                .in(TimeUnit.MILLISECONDS);
        return new SliceList(windows, () -> new KeyTable(columns, null, false));
    }

    /** One slice's table. */
    @State(Scope.Thread)
    public static class Table {
        /** Distinct keys. */
        @Param({"1000", "100000"})
        public int keys;

        private final KeyTable table = new KeyTable(sum(), null, false);
        private final int[] positions = new int[BATCH];
        private long[] rows = new long[0];

        /** Makes the rows. */
        @Setup
        public void setUp() {
            rows = Workload.TUMBLING.stream(keys).rows();
        }

        /** As when a window has closed. */
        @Setup(Level.Invocation)
        public void empty() {
            table.clear();
        }

        void claimAll() {
            for (int row = 0; row < Workload.EVENTS; row += BATCH) {
                int at = row * EventStream.STRIDE + EventStream.KEY;
                int count = Math.min(BATCH, Workload.EVENTS - row);
                table.claimAll(rows, at, EventStream.STRIDE, count, positions, row, PLACES);
            }
        }

        /** Every event must be counted. */
        @TearDown
        public void tearDown() {
            long counted = 0;
            for (int position = table.first(); position < table.limit(); position += table.step()) {
                counted += table.count(position);
            }
            if (counted != Workload.EVENTS) {
                throw new IllegalStateException("counted " + counted + " events, not " + Workload.EVENTS);
            }
        }
    }

    /** Slices, and events of the stream of W2. */
    @State(Scope.Thread)
    public static class Slices {
        private final SliceList slices = sliceList(sum());
        private final long[] rows = Workload.SLIDING.stream(1_000).rows();

        void claim() {
            for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
                long timestamp = rows[row + EventStream.TIMESTAMP];
                Slice slice = Objects.requireNonNull(slices.claim(timestamp));
                if (!slice.contains(timestamp)) {
                    throw new IllegalStateException("the slice of " + timestamp + " begins at " + slice.start);
                }
            }
        }

        /** The stream has 12 s and a little jitter before. */
        @TearDown
        public void tearDown() {
            if (slices.size() != 13) {
                throw new IllegalStateException("there are " + slices.size() + " slices, not 13");
            }
        }
    }

    /** Filled slices, and totals over them. */
    @State(Scope.Thread)
    public static class Totals {
        /** Distinct keys. */
        @Param({"1000", "100000"})
        public int keys;

        /** Whether as for an aggregation without an inverse. */
        @Param({"false", "true"})
        public boolean twoStacks;

        private final AggregateColumns<LongRow, Long> columns = sum();
        private final SliceList slices = sliceList(columns);
        private SlidingTotals totals = totals();

        /** Puts one event of each key, of value 1, into each slice. */
        @Setup
        public void setUp() {
            long[] row = {0, 0, 1};
            int[] positions = new int[1];
            RowBatch batch = new RowBatch(row, EventStream.STRIDE, new Object[0], 0, -1);
            for (int slice = 0; slice < SLICES; slice++) {
                KeyTable table = Objects.requireNonNull(slices.claim(slice * SLIDE)).table;
                for (row[EventStream.KEY] = 0; row[EventStream.KEY] < keys; row[EventStream.KEY]++) {
                    table.claimAll(row, EventStream.KEY, EventStream.STRIDE, 1, positions, 0, PLACES);
                    columns.accumulate(table, batch, 0, 1, positions);
                }
            }
        }

        /** Windows are only ever asked for in their order. */
        @Setup(Level.Invocation)
        public void begin() {
            totals = totals();
        }

        private SlidingTotals totals() {
            return SlidingTotals.of(slices, columns, AggregateColumns.none(NO_FAILURES), twoStacks);
        }

        void slide() {
            long sum = 0;
            for (long end = SLIDE; end <= SLICES * SLIDE; end += SLIDE) {
                totals.moveTo(end - SIZE, end);
                for (int position = totals.first(); position < totals.limit(); position += totals.step()) {
                    if (totals.isOccupied(position)) {
                        sum += totals.entries().longs[totals.entryAt(position) + Entries.STATE];
                    }
                }
            }
            long slicesPerWindow = SIZE / SLIDE;
            long slicesOfAll =
                    slicesPerWindow * (slicesPerWindow + 1) / 2 + (SLICES - slicesPerWindow) * slicesPerWindow;
            if (sum != slicesOfAll * keys) {
                throw new IllegalStateException("the windows hold " + sum + ", not " + slicesOfAll * keys);
            }
        }
    }
}
