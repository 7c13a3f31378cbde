package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregator;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The two stacks by hand: windows of 30 by 10, text as the aggregate so that it shows what was added. */
class TwoStacksTest {
    private static final FailureHandler NO_FAILURES = (stage, name, cause) -> {
        throw new AssertionError(cause);
    };

    /** The values of rows, sorted: so it is commutative. */
    private static final class Text implements Aggregator<Object, StringBuilder, String> {
        @Override
        public StringBuilder create() {
            return new StringBuilder();
        }

        @Override
        public void accumulate(StringBuilder accumulator, Object event) {
            accumulator.append((char) ((Row) event).value());
        }

        @Override
        public StringBuilder combine(StringBuilder left, StringBuilder right) {
            return left.append(right);
        }

        @Override
        public String export(StringBuilder accumulator) {
            char[] sorted = accumulator.toString().toCharArray();
            Arrays.sort(sorted);
            return new String(sorted);
        }
    }

    private final AggregateColumns<Object, String> texts =
            new AggregateColumns<>(new Text(), List.of(), "texts", NO_FAILURES);
    private final SliceList slices = new SliceList(
            (SlicedWindows) Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10))
                    .in(TimeUnit.MILLISECONDS),
            () -> new KeyTable(texts, null, true));
    private final SlidingTotals totals = new TwoStacks(slices, texts, AggregateColumns.none(NO_FAILURES));
    private final KeyTable single = new KeyTable(texts, null, false);
    private long arrivals;

    private Slice add(long timestamp, long key, char value) {
        Slice slice = Objects.requireNonNull(slices.claim(timestamp));
        accumulate(slice.table, timestamp, key, value);
        arrivals++;
        return slice;
    }

    private int accumulate(KeyTable table, long timestamp, long key, char value) {
        @Nullable Object[] objects = new Object[Row.OBJECTS];
        long[] longs = new long[Row.LONGS];
        Row.of(timestamp, key, value).write(longs, objects, 0);
        int[] positions = new int[1];
        table.claimAll(longs, Row.KEY_COLUMN, Row.LONGS, 1, positions, arrivals, new int[1]);
        texts.accumulate(table, new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE), 0, 1, positions);
        return positions[0];
    }

    private void addLate(long timestamp, long key, char value) {
        long arrival = arrivals;
        Slice slice = add(timestamp, key, value);
        assertThat(totals.holds(slice)).isTrue();
        single.clear();
        totals.addLate(slice, single, accumulate(single, timestamp, key, value), arrival);
    }

    private Map<Long, String> window(long start) {
        totals.moveTo(start, start + 30);
        Map<Long, String> held = new TreeMap<>();
        for (int position = totals.first(); position < totals.limit(); position += totals.step()) {
            if (totals.isOccupied(position)) {
                int entry = totals.entryAt(position);
                String text = texts.exportSingle(totals.entries(), entry);
                assertThat(totals.entries().count(entry)).isEqualTo(text.length());
                held.put(totals.entries().key(entry), text + totals.arrival(position));
            }
        }
        return held;
    }

    @Test
    void windowsMoveOverSlices() {
        add(5, 1, 'a');
        add(15, 1, 'b');
        add(15, 2, 'x');
        add(35, 1, 'd');
        assertThat(window(-20)).containsExactly(Map.entry(1L, "a0"));
        assertThat(window(-10)).containsExactly(Map.entry(1L, "ab0"), Map.entry(2L, "x2"));
        assertThat(window(0)).containsExactly(Map.entry(1L, "ab0"), Map.entry(2L, "x2"));
        assertThat(window(10)).containsExactly(Map.entry(1L, "bd1"), Map.entry(2L, "x2"));
        assertThat(window(20)).containsExactly(Map.entry(1L, "d3"));
        assertThat(window(30)).containsExactly(Map.entry(1L, "d3"));
        assertThat(window(40)).isEmpty();
    }

    @Test
    void lateEvents_enterFrontAndBackWhereTheyBelong() {
        add(5, 1, 'a');
        add(15, 1, 'b');
        add(25, 1, 'c');
        window(0);
        add(35, 1, 'd');
        window(10); // 10 to 30 are the front now, 30 to 40 the back
        addLate(12, 1, 'B');
        addLate(27, 1, 'C');
        addLate(38, 1, 'D');
        addLate(22, 2, 'x');
        addLate(11, 2, 'y');
        assertThat(window(10)).containsExactly(Map.entry(1L, "BCDbcd1"), Map.entry(2L, "xy7"));
        assertThat(window(20)).containsExactly(Map.entry(1L, "CDcd2"), Map.entry(2L, "x7"));
        assertThat(window(30)).containsExactly(Map.entry(1L, "Dd3"));
        assertThat(totals.holds(slices.get(0))).isFalse();
    }

    @Test
    void entriesUpTo_areThoseNotTakenInYet() {
        add(5, 1, 'a');
        add(15, 1, 'b');
        add(15, 2, 'x');
        add(35, 1, 'd');
        assertThat(totals.entriesUpTo(0, 30)).isEqualTo(3);
        window(0);
        assertThat(totals.entriesUpTo(0, 30)).isZero();
        assertThat(totals.entriesUpTo(10, 40)).isEqualTo(1);
        assertThat(totals.entriesUpTo(40, 70)).isZero();
    }

    @Test
    void theFirstArrival_isTheEarliestInAnySliceOfTheWindow() {
        add(25, 1, 'c');
        add(15, 1, 'b');
        add(5, 1, 'a');
        assertThat(window(0)).containsExactly(Map.entry(1L, "abc0"));
        assertThat(window(10)).as("a new front").containsExactly(Map.entry(1L, "bc0"));
        assertThat(window(20)).containsExactly(Map.entry(1L, "c0"));
    }

    @Test
    void whenAllSlicesHaveLeft_nothingIsHeld() {
        add(5, 1, 'a');
        for (long start = -20; start <= 0; start += 10) {
            assertThat(window(start)).hasSize(1);
        }
        assertThat(totals.liveEntries()).isPositive();
        totals.leaveBefore(10);
        assertThat(totals.liveEntries()).isZero();
        assertThat(totals.entries().objects)
                .as("what the user's aggregator made")
                .allMatch(held -> held == null || ((StringBuilder) held).isEmpty());
    }
}
