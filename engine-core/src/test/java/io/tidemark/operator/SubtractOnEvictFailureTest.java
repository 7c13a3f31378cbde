package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregator;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.InvertibleLongAggregator;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Invertible aggregators that throw once, in one of their calls: what has left is gone, and later windows are whole. */
class SubtractOnEvictFailureTest {
    private enum Call {
        INITIALIZE,
        COMBINE,
        DEDUCT
    }

    /** A sum that throws at one of its calls. */
    private static final class Failing implements InvertibleLongAggregator<Object, Long> {
        private final Call call;
        private int left;

        Failing(Call call, int left) {
            this.call = call;
            this.left = left;
        }

        private void reach(Call reached) {
            if (reached == call && left-- == 0) {
                throw new IllegalStateException("failed in " + call);
            }
        }

        @Override
        public List<ToLongFunction<Object>> inputs() {
            return List.of(row -> ((Row) row).value());
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void initialize(long[] state, int at) {
            state[at] = 0;
            reach(Call.INITIALIZE);
        }

        @Override
        public void accumulate(
                long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
            for (int i = 0; i < n; i++) {
                state[positions[i] + offset] += rows[first + i * stride + columns[0]];
            }
        }

        @Override
        public void combine(long[] into, int intoAt, long[] from, int fromAt) {
            reach(Call.COMBINE);
            into[intoAt] += from[fromAt];
        }

        @Override
        public void deduct(long[] from, int fromAt, long[] part, int partAt) {
            reach(Call.DEDUCT);
            from[fromAt] -= part[partAt];
        }

        @Override
        public Long export(long[] state, int at, long count) {
            return state[at];
        }

        @Override
        public long exportLong(long[] state, int at, long count) {
            return state[at];
        }
    }

    /** A list, the first of which it fails to make. */
    private static final class Listing implements Aggregator<Object, List<Object>, Integer> {
        private boolean isFirst = true;

        @Override
        public List<Object> create() {
            if (isFirst) {
                isFirst = false;
                throw new IllegalStateException("failed in create");
            }
            return new ArrayList<>();
        }

        @Override
        public void accumulate(List<Object> accumulator, Object event) {
            accumulator.add(event);
        }

        @Override
        public List<Object> combine(List<Object> left, List<Object> right) {
            left.addAll(right);
            return left;
        }

        @Override
        public Integer export(List<Object> accumulator) {
            return accumulator.size();
        }
    }

    /** Sliding 30 by 10: one event of keys 1 and 2 per slice, and at first one of key 3; the panes. */
    private static List<String> panes(Call call, int calls) {
        List<String> said = new ArrayList<>();
        give(
                new Failing(call, calls),
                1,
                result -> said.add(result.key() + " " + result.window() + " " + result.count() + ":" + result.value()
                        + (result.incomplete() ? " incomplete" : "")));
        return said;
    }

    /** Gives the rows to an aggregation, so many parts of which throw. */
    private static <R> void give(
            Aggregation<Object, R> aggregation, int throwing, Consumer<WindowResult<Object, R>> listener) {
        List<RuntimeException> failures = new ArrayList<>();
        WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
        OperatorChain chain = new OperatorChain(tracker, (stage, name, cause) -> failures.add(cause));
        SourceWatermark source =
                new SourceWatermark("s", WatermarkStrategy.ascending(), TimeUnit.MILLISECONDS, Row.VALUE_COLUMN, 0);
        tracker.open(source, false, 0);
        StreamCounters counters = chain.add(Stream.of(
                        "w", Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
                .spec(aggregation, Collections.nCopies(throwing, Row.VALUE_COLUMN), listener::accept, late -> {}));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(1, 3, 3));
        for (int slice = 0; slice < 12; slice++) {
            rows.add(Row.of(10L * slice + 2, 1, 1));
            rows.add(Row.of(10L * slice + 3, 2, 2));
        }
        long[] longs = new long[rows.size() * Row.LONGS];
        @Nullable Object[] objects = new Object[rows.size() * Row.OBJECTS];
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).write(longs, objects, i);
        }
        chain.process(new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE), 0, rows.size(), source);
        chain.finish();
        assertThat(failures).as("calls").hasSize(throwing);
        assertThat(counters.liveEntries()).as("after the end").isZero();
    }

    private static void assertWholeAgain(Call call, int calls) {
        List<String> said = panes(call, calls);
        assertThat(said).as("panes of no events").noneMatch(line -> line.contains(" 0:"));
        assertThat(said.stream()
                        .filter(line -> line.contains(" [7") || line.contains(" [8"))
                        .toList())
                .as("%s, call %d: slices that came long after", call, calls)
                .containsExactlyInAnyOrder("1 [70, 100) 3:3", "2 [70, 100) 3:6", "1 [80, 110) 3:3", "2 [80, 110) 3:6");
    }

    @Test
    void onceInInitialize_laterWindowsAreWhole() {
        assertWholeAgain(Call.INITIALIZE, 0); // asked once, and again only where it threw
    }

    @Test
    void aPartThatThrowsAtTheBeginning_doesNotKeepOthersFromTheirs() {
        Failing failing = new Failing(Call.INITIALIZE, 0);
        Aggregation<Object, List<Object>> list = Aggregators.list(row -> row);
        List<RuntimeException> failures = new ArrayList<>();
        AggregateColumns<Object, Aggregates> columns = new AggregateColumns<>(
                Aggregators.all(failing, Aggregators.min(row -> 0), new Listing(), list),
                Collections.nCopies(2, Row.VALUE_COLUMN),
                "w",
                (stage, name, cause) -> failures.add(cause));
        EntryArena arena = new EntryArena(columns, 0);
        Arrays.fill(arena.longs, -1); // as in an entry that was used before

        int spoilt = arena.allocate(1);
        assertThat(failures).hasSize(2);
        assertThat(arena.incomplete(spoilt)).isTrue();
        int whole = arena.allocate(2);
        assertThat(failures).hasSize(2);
        assertThat(arena.incomplete(whole)).isFalse();
        assertThat(failing.left).as("asked again, since it threw").isEqualTo(-2);

        int longs = columns.longWidth();
        assertThat(Arrays.copyOfRange(arena.longs, spoilt + Entries.STATE, spoilt + Entries.STATE + longs))
                .isEqualTo(Arrays.copyOfRange(arena.longs, whole + Entries.STATE, whole + Entries.STATE + longs));
        assertThat(columns.export(list, arena, spoilt)).isEqualTo(List.of());
    }

    @Test
    void theIdentity_isAskedForOnce() {
        Failing aggregator = new Failing(Call.INITIALIZE, Integer.MAX_VALUE);
        KeyTable table = new KeyTable(
                new AggregateColumns<>(aggregator, List.of(Row.VALUE_COLUMN), "w", (stage, name, cause) -> {}),
                null,
                false);
        for (int key = 0; key < 100; key++) {
            table.longs[table.claim(key, 0) + Entries.COUNT]++;
        }
        assertThat(Integer.MAX_VALUE - aggregator.left).isEqualTo(1);
    }

    @Test
    void onceInCombine_laterWindowsAreWhole() {
        for (int calls = 0; calls < 12; calls++) {
            assertWholeAgain(Call.COMBINE, calls);
        }
    }

    @Test
    void onceInDeduct_laterWindowsAreWhole() {
        for (int calls = 0; calls < 8; calls++) {
            assertWholeAgain(Call.DEDUCT, calls);
        }
    }

    /** Both add up the same: where only one of them threw, the other's sum shows whether it went on. */
    private static void assertWholeOrMarked(Call call, int firstCalls, int secondCalls) {
        String about = call + " of the one " + firstCalls + ", of the other " + secondCalls;
        Failing first = new Failing(call, firstCalls);
        Failing second = new Failing(call, secondCalls);
        List<String> incomplete = new ArrayList<>();
        give(Aggregators.all(first, second), 2, result -> {
            String line = about + ": key " + result.longKey() + " " + result.window();
            long events = IntStream.range(0, result.longKey() == 3 ? 1 : 12)
                    .filter(slice -> result.start() <= 10L * slice && 10L * slice < result.end())
                    .count();
            assertThat(result.count()).as(line).isEqualTo(events);
            if (result.incomplete()) {
                assertThat(result.end()).as(line).isLessThan(70);
                incomplete.add(line);
            } else {
                assertThat(result.value().getLong(first)).as(line).isEqualTo(events * result.longKey());
                assertThat(result.value().getLong(second)).as(line).isEqualTo(events * result.longKey());
            }
        });
        assertThat(incomplete).as(about).hasSizeLessThan(9);
    }

    @Test
    void severalPartsInCombine_eachEntryIsWholeOrMarked() {
        for (int first = 0; first < 6; first++) {
            for (int second = 0; second < 6; second++) {
                assertWholeOrMarked(Call.COMBINE, first, second);
            }
        }
    }

    @Test
    void severalPartsInDeduct_eachEntryIsWholeOrMarked() {
        for (int first = 0; first < 6; first++) {
            for (int second = 0; second < 6; second++) {
                assertWholeOrMarked(Call.DEDUCT, first, second);
            }
        }
    }
}
