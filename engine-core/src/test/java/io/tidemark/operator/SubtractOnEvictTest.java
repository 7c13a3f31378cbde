package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.aggregate.InvertibleLongAggregator;
import io.tidemark.testing.Seeds;
import io.tidemark.time.Timestamps;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowCursor;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sums carried from window to window against {@link TwoStacks}, and against all rows of the window added up anew. */
class SubtractOnEvictTest {
    /** The aggregator throws on it, having spoilt the sum. */
    private static final long POISON = 1_313_131_313;

    /** The sum of the values; no more than that, so wrong sums show. */
    private static class Sum implements InvertibleLongAggregator<Object, Long> {
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
        }

        @Override
        public void accumulate(
                long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
            for (int i = 0; i < n; i++) {
                long value = rows[first + i * stride + columns[0]];
                state[positions[i] + offset] += value;
                if (value == POISON) {
                    throw new IllegalStateException("poison");
                }
            }
        }

        @Override
        public void combine(long[] into, int intoAt, long[] from, int fromAt) {
            into[intoAt] += from[fromAt];
        }

        @Override
        public void deduct(long[] from, int fromAt, long[] part, int partAt) {
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

    /** What a window holds of a key. */
    private record Held(long count, long sum, boolean incomplete) {
        Held plus(Row row) {
            return new Held(count + 1, sum + row.value(), incomplete || row.value() == POISON);
        }
    }

    /** Slices, both kinds of totals over them, and the rows themselves. */
    private static final class Sides {
        private final List<RuntimeException> failures = new ArrayList<>();
        private final FailureHandler handler = (stage, name, cause) -> failures.add(cause);
        private final AggregateColumns<Object, Long> sums =
                new AggregateColumns<>(new Sum(), List.of(Row.VALUE_COLUMN), "sums", handler);
        final SlicedWindows windows;
        final SliceList slices;
        final SlidingTotals totals;
        final SlidingTotals stacks;
        private final KeyTable single = new KeyTable(sums, null, false);
        private final List<Row> rows = new ArrayList<>();
        private long arrivals;
        /** Whether keys lie in slices to come where they lie in the totals, if most are there. */
        private boolean follows;

        Sides(long size, long slide) {
            windows = (SlicedWindows) Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide))
                    .in(TimeUnit.MILLISECONDS);
            slices = new SliceList(windows, () -> new KeyTable(sums, null, false));
            totals = SlidingTotals.of(slices, sums, AggregateColumns.none(handler), false);
            stacks = SlidingTotals.of(slices, sums, AggregateColumns.none(handler), true);
            assertThat(totals).isInstanceOf(SubtractOnEvict.class);
            assertThat(stacks).isInstanceOf(TwoStacks.class);
        }

        private int accumulate(KeyTable table, Row row) {
            @Nullable Object[] objects = new Object[Row.OBJECTS];
            long[] longs = new long[Row.LONGS];
            row.write(longs, objects, 0);
            int[] positions = new int[1];
            table.claimAll(longs, Row.KEY_COLUMN, Row.LONGS, 1, positions, arrivals, new int[1]);
            RowBatch batch = new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE);
            sums.accumulate(table, batch, 0, 1, positions);
            return positions[0];
        }

        /** Adds a row as the operator does: also to totals that have taken in its slice. */
        void add(Row row) {
            Slice slice = slices.claim(row.timestamp());
            if (slice == null) {
                return; // between two windows
            }
            long arrival = arrivals;
            rows.add(row);
            accumulate(slice.table, row);
            arrivals++;
            for (SlidingTotals side : List.of(totals, stacks)) {
                if (side.holds(slice)) {
                    single.clear();
                    side.addLate(slice, single, accumulate(single, row), arrival);
                }
            }
        }

        void add(long timestamp, long key, long value) {
            add(Row.of(timestamp, key, value));
        }

        void moveTo(long start, long end) {
            totals.moveTo(start, end);
            stacks.moveTo(start, end);
            if (follows) {
                totals.shareKeys();
            }
        }

        /** Slices whose tables follow another. */
        long following() {
            return IntStream.range(0, slices.size())
                    .filter(i -> slices.get(i).table.followsAnother())
                    .count();
        }

        /** Frees the slices before a time, as expiry does. */
        void free(long time) {
            int count = slices.firstFrom(time);
            totals.leaveBefore(time);
            stacks.leaveBefore(time);
            slices.removeFirst(count, false);
        }

        Map<Long, Held> addedUp(long start, long end) {
            Map<Long, Held> held = new TreeMap<>();
            for (Row row : rows) {
                if (row.timestamp() >= start && row.timestamp() < end) {
                    held.put(
                            row.key(),
                            held.getOrDefault(row.key(), new Held(0, 0, false)).plus(row));
                }
            }
            return held;
        }

        Map<Long, Held> held(SlidingTotals side) {
            Map<Long, Held> held = new TreeMap<>();
            for (int position = side.first(); position < side.limit(); position += side.step()) {
                if (side.isOccupied(position)) {
                    int entry = side.entryAt(position);
                    long key = side.keyAt(position);
                    assertThat(side.entries().key(entry)).isEqualTo(key);
                    assertThat(side.find(key)).isEqualTo(position);
                    long sum = sums.exportLongPart(0, side.entries(), entry);
                    boolean incomplete = side.entries().incomplete(entry);
                    held.put(key, new Held(side.entries().count(entry), sum, incomplete));
                }
            }
            return held;
        }

        Map<Long, Held> window(long start, long end) {
            moveTo(start, end);
            Map<Long, Held> held = held(totals);
            assertThat(held).as("[%d, %d)", start, end).isEqualTo(addedUp(start, end));
            return held;
        }

        void assertEqual(String about, long start, long end) {
            Map<Long, Held> expected = addedUp(start, end);
            assertThat(held(totals)).as(about).isEqualTo(expected);
            assertThat(held(stacks)).as(about).isEqualTo(expected);
            assertThat(totals.takenInUpTo()).as(about).isEqualTo(end);
            if (!follows) { // else keys of windows to come are there too
                assertThat(totals.liveEntries()).as(about).isLessThanOrEqualTo(2L * expected.size() + 16);
            }
        }
    }

    private static Held held(long count, long sum) {
        return new Held(count, sum, false);
    }

    @Test
    void whateverComesAndLeaves_itHoldsWhatIsInTheWindow() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = Seeds.random(seed);
            long slide = 1 + random.nextInt(12);
            long size = random.nextInt(5) == 0 ? 1 + random.nextInt((int) slide) : slide + random.nextInt(80);
            Sides sides = new Sides(size, slide);
            sides.follows = seed % 2 == 1;
            int kinds = 1 + random.nextInt(60);
            long time = List.of(0L, -500L, Long.MIN_VALUE + 200, Long.MAX_VALUE - 3_000)
                    .get(random.nextInt(4));
            sides.add(time, 1, 1);
            WindowCursor window = new WindowCursor();
            boolean more = sides.windows.firstWindow(time, Long.MIN_VALUE, window);
            for (int step = 0; step < 60 && more; step++) {
                for (int i = random.nextInt(12); i > 0; i--) {
                    // at, before and behind the window, also where slices have left the totals but are not freed
                    long timestamp = Math.max(
                            Timestamps.add(window.start(), random.nextInt((int) (2 * size + slide))),
                            Timestamps.subtract(time, size));
                    if (random.nextInt(6) == 0) {
                        timestamp = Timestamps.subtract(timestamp, random.nextInt((int) (size + slide)));
                    }
                    if (Timestamps.isValid(timestamp) && timestamp >= freed(sides, window, size)) {
                        sides.add(timestamp, Keys.any(random, kinds), random.nextInt(1_000) - 300);
                    }
                }
                String about = "seed " + seed + " window " + window.start() + " to " + window.end();
                sides.moveTo(window.start(), window.end());
                sides.assertEqual(about, window.start(), window.end());
                sides.add(window.end() - 1, random.nextInt(kinds), 7);
                sides.add(Math.max(window.start(), Long.MIN_VALUE + 1), random.nextInt(kinds), 8);
                sides.assertEqual(about + ", two late", window.start(), window.end());
                if (random.nextInt(4) == 0) {
                    sides.free(freed(sides, window, size));
                }
                for (int skip = random.nextInt(8) == 0 ? random.nextInt(30) : 1; skip > 0 && more; skip--) {
                    more = sides.windows.nextWindow(window);
                }
            }
            sides.free(Long.MAX_VALUE);
            assertThat(sides.totals.liveEntries()).as("seed %d", seed).isZero();
            assertThat(sides.stacks.liveEntries()).as("seed %d", seed).isZero();
            assertThat(sides.failures).as("seed %d", seed).isEmpty();
        }
    }

    /** A slice edge: no window from this one on goes back behind it. */
    private static long freed(Sides sides, WindowCursor window, long size) {
        return sides.windows.sliceStart(Math.max(Timestamps.subtract(window.start(), size), Long.MIN_VALUE + 1));
    }

    @Test
    void slicesOfSeveralBlocks_enterAndLeaveWhole() {
        for (int keys : new int[] {255, 256, 257, 512, 1_000}) {
            Sides sides = new Sides(30, 10);
            Random random = new Random(keys);
            for (int slice = 0; slice < 8; slice++) {
                for (int key = 0; key < keys; key++) {
                    // all keys, half of them, none: the totals grow, and keys leave
                    if (slice % 4 < 2 || (slice % 4 == 2 && key % 2 == 0)) {
                        boolean poisoned = keys % 2 == 1 && slice == 1 && key == keys - 1;
                        sides.add(10L * slice + random.nextInt(10), key, poisoned ? POISON : random.nextInt(1_000));
                    }
                }
                sides.window(10L * slice - 20, 10L * slice + 10);
            }
            sides.free(1_000);
            assertThat(sides.totals.liveEntries()).as("%d keys", keys).isZero();
        }
    }

    @Test
    void whereKeysComeAgain_slicesFollowTheTotals_throughEveryChangeOfKeys() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = Seeds.random(seed);
            Sides sides = new Sides(60, 10);
            sides.follows = true;
            long followed = 0;
            for (int slice = 0; slice < 120; slice++) {
                // the same keys for a while, then others, few, or none
                int kind = (slice / 20 + (int) seed) % 4;
                int keys = kind == 3 ? 0 : kind == 2 ? 3 : 40;
                for (int i = 0; i < 2 * keys; i++) {
                    long timestamp = 10L * slice + random.nextInt(30); // also for slices to come
                    boolean poisoned = random.nextInt(2_000) == 0;
                    sides.add(timestamp, 100L * kind + random.nextInt(keys), poisoned ? POISON : random.nextInt(9));
                }
                sides.moveTo(10L * slice - 50, 10L * slice + 10);
                sides.assertEqual("seed " + seed + " slice " + slice, 10L * slice - 50, 10L * slice + 10);
                sides.free(10L * slice - 60);
                followed += sides.following();
            }
            assertThat(followed).as("seed %d", seed).isGreaterThan(100);
            sides.free(100_000);
            assertThat(sides.totals.liveEntries()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void whereAnAggregatorCannotBegin_slicesHaveTheirOwn() {
        Sum never = new Sum() {
            @Override
            public void initialize(long[] state, int at) {
                throw new IllegalStateException("it cannot begin");
            }
        };
        for (Sum sum : List.of(new Sum(), never)) {
            AggregateColumns<Object, Long> sums =
                    new AggregateColumns<>(sum, List.of(Row.VALUE_COLUMN), "sums", (stage, name, cause) -> {});
            SliceList slices = new SliceList(new Sides(30, 10).windows, () -> new KeyTable(sums, null, false));
            SubtractOnEvict totals = new SubtractOnEvict(slices, sums);
            for (long timestamp : new long[] {5, 15}) {
                KeyTable table = Objects.requireNonNull(slices.claim(timestamp)).table;
                table.longs[table.claim(1, 0) + Entries.COUNT]++;
            }
            totals.moveTo(0, 30);
            totals.shareKeys();
            assertThat(slices.leader() == null).isEqualTo(sum == never);
        }
    }

    @Test
    void slicesWithFewOfManyKeys_haveTheirOwn() {
        Sides sides = new Sides(1_200, 10);
        sides.follows = true;
        for (int slice = 0; slice < 240; slice++) {
            for (int key = 0; key < 20; key++) {
                sides.add(10L * slice, 20L * (slice % 60) + key, 1); // each comes twice in a window
            }
            sides.moveTo(10L * slice - 1_190, 10L * slice + 10);
            sides.free(10L * slice - 1_190);
            if (slice > 60) {
                assertThat(sides.following()).as("slice %d", slice).isZero();
            }
        }
    }

    @Test
    void slicesWhoseKeysDoNotComeAgain_haveTheirOwn() {
        Sides sides = new Sides(40, 10);
        sides.follows = true;
        for (int slice = 0; slice < 50; slice++) {
            for (int key = 0; key < 20; key++) {
                sides.add(10L * slice + 20, 10L * slice + key, 1); // half of them came once before
            }
            sides.window(10L * slice - 30, 10L * slice + 10);
            sides.free(10L * slice - 30);
            assertThat(sides.following()).as("slice %d", slice).isZero();
        }
    }

    @Test
    void slicesFarAhead_andThoseBehind_haveTheirOwn() {
        Sides sides = new Sides(40, 10);
        sides.follows = true;
        for (int slice = 0; slice < 10; slice++) {
            for (int key = 0; key < 20 && slice < 8; key++) {
                sides.add(10L * slice, key, 1);
            }
            sides.moveTo(10L * slice - 30, 10L * slice + 10);
        }
        for (int slice = 10; slice < 1_000; slice++) {
            sides.add(10L * slice, 1, 1);
        }
        assertThat(sides.following()).isEqualTo(6 + 8); // slices 2 to 7, and the next ones
        sides.add(85, 1, 1);
        sides.add(95, 1, 1);
        assertThat(sides.following()).isEqualTo(6 + 8);
        sides.assertEqual("late", 60, 100);
    }

    @Test
    void tablesOfFreedSlices_letGoOfTotalsOfBefore_keptForUseOrNot() {
        Sides sides = new Sides(40, 10);
        sides.follows = true;
        for (int slice = 0; slice < 100; slice++) { // more than are kept for use
            for (int key = 0; key < 20; key++) {
                sides.add(10L * slice, key, 1);
            }
            sides.moveTo(10L * slice - 30, 10L * slice + 10);
        }
        KeyTable leader = Objects.requireNonNull(sides.slices.leader());
        for (int key = 1_000; key < 1_100; key++) {
            sides.add(1_000, key, 1);
        }
        sides.free(900);
        sides.moveTo(970, 1_010);
        assertThat(sides.slices.leader())
                .as("none, now that keys do not come again")
                .isNull();
        assertThat(leader.isFollowed()).as("by slices in the window").isTrue();
        sides.free(1_010);
        assertThat(leader.isFollowed()).isFalse();
    }

    @Test
    void whatSlicesFollowed_isForgottenWithThem_andUsedAgain() {
        Sides sides = new Sides(40, 10);
        sides.follows = true;
        Set<KeyTable> leaders = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int burst = 0; burst < 50; burst++) {
            for (int slice = 0; slice < 10; slice++) {
                long time = 1_000L * burst + 10L * slice;
                for (int key = 0; key < 100; key++) {
                    sides.add(time, key, 1);
                }
                sides.moveTo(time - 30, time + 10);
                sides.free(time - 30);
                KeyTable leader = sides.slices.leader();
                if (leader != null) {
                    leaders.add(leader);
                }
            }
            assertThat(sides.following()).isPositive();
            sides.free(1_000L * burst + 500);
            sides.moveTo(1_000L * burst + 500, 1_000L * burst + 540);
            for (KeyTable leader : leaders) {
                assertThat(leader.isFollowed()).isFalse();
                assertThat(leader.size()).isZero();
            }
        }
        assertThat(leaders).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void entriesEnterAndLeaveWithTheirSlices() {
        Sides sides = new Sides(30, 10);
        sides.add(-15, 1, 1);
        sides.add(-5, 1, 2);
        sides.add(-5, 2, 20);
        sides.add(5, 1, 4);
        sides.add(15, 3, 30);
        assertThat(sides.window(-20, 10)).containsExactly(Map.entry(1L, held(3, 7)), Map.entry(2L, held(1, 20)));
        assertThat(sides.window(-10, 20)).hasSize(3);
        assertThat(sides.window(0, 30)).containsExactly(Map.entry(1L, held(1, 4)), Map.entry(3L, held(1, 30)));
        assertThat(sides.window(10, 40)).containsExactly(Map.entry(3L, held(1, 30)));
        assertThat(sides.window(20, 50)).isEmpty();
        assertThat(sides.totals.liveEntries()).isZero();
    }

    @Test
    void aSumOfZero_isHeldWhileItsEventsAre() {
        Sides sides = new Sides(30, 10);
        sides.add(5, 1, 50);
        sides.add(15, 1, -50);
        sides.add(25, 2, 0);
        assertThat(sides.window(0, 30)).containsExactly(Map.entry(1L, held(2, 0)), Map.entry(2L, held(1, 0)));
        assertThat(sides.window(20, 50)).containsExactly(Map.entry(2L, held(1, 0)));
    }

    @Test
    void aKeyThatHadLeft_comesBackFromNothing() {
        Sides sides = new Sides(20, 10);
        sides.add(5, 1, 5);
        sides.add(15, 2, 6);
        sides.add(25, 2, 7);
        assertThat(sides.window(0, 20)).hasSize(2);
        assertThat(sides.window(10, 30)).containsExactly(Map.entry(2L, held(2, 13)));
        sides.add(35, 1, 9);
        assertThat(sides.window(20, 40)).containsExactly(Map.entry(1L, held(1, 9)), Map.entry(2L, held(1, 7)));
        sides.add(22, 1, 100); // late
        assertThat(sides.held(sides.totals)).containsEntry(1L, held(2, 109));
    }

    @Test
    void aLateSlice_thatDidNotExistWhenItsTimeWasTakenIn_countsAndLeaves() {
        Sides sides = new Sides(40, 10);
        sides.add(5, 1, 1);
        sides.add(35, 1, 2);
        assertThat(sides.window(0, 40)).containsExactly(Map.entry(1L, held(2, 3)));
        sides.add(17, 2, 10);
        sides.add(19, 1, 20);
        assertThat(sides.held(sides.totals)).containsExactly(Map.entry(1L, held(3, 23)), Map.entry(2L, held(1, 10)));
        assertThat(sides.window(10, 50)).containsExactly(Map.entry(1L, held(2, 22)), Map.entry(2L, held(1, 10)));
        assertThat(sides.window(20, 60)).containsExactly(Map.entry(1L, held(1, 2)));
    }

    @Test
    void holds_isSaidOfSlicesBetweenItsEdgesAlone() {
        Sides sides = new Sides(30, 10);
        for (long timestamp = -5; timestamp < 60; timestamp += 10) {
            sides.add(timestamp, 1, 1);
        }
        assertThat(sides.totals.holds(sides.slices.get(0))).as("nothing yet").isFalse();
        sides.window(0, 30);
        List<Boolean> held = new ArrayList<>();
        for (int i = 0; i < sides.slices.size(); i++) {
            held.add(sides.totals.holds(sides.slices.get(i)));
        }
        assertThat(held).containsExactly(false, true, true, true, false, false, false);
        sides.totals.leaveBefore(10);
        assertThat(sides.totals.holds(sides.slices.get(1))).isFalse();
        assertThat(sides.totals.holds(sides.slices.get(2))).isTrue();
        assertThat(sides.totals.entriesUpTo(10, 60)).isEqualTo(3);
    }

    @Test
    void aJumpOverTheWindow_startsAnew() {
        Sides sides = new Sides(30, 10);
        sides.add(5, 1, 1);
        sides.add(25, 2, 1);
        sides.window(0, 30);
        sides.add(1_005, 3, 1);
        sides.add(2_005, 4, 1);
        assertThat(sides.window(1_000, 1_030)).containsOnlyKeys(3L);
        assertThat(sides.totals.liveEntries()).isEqualTo(1);
        assertThat(sides.window(1_500, 1_530)).isEmpty();
        assertThat(sides.totals.liveEntries()).isZero();
        assertThat(sides.window(2_000, 2_030)).containsOnlyKeys(4L);
    }

    @Test
    void keysThatHaveLeft_takeNoMoreRoomThanThoseThatAreThere() {
        Sides sides = new Sides(30, 10);
        for (int i = 0; i < 200; i++) {
            int fresh = i % 50 < 25 ? 40 : 1; // the window's keys become few, and many again
            for (int key = 0; key < fresh; key++) {
                sides.add(10L * i, 1_000L * i + key, key);
            }
            sides.add(10L * i, -1, 1);
            Map<Long, Held> window = sides.window(10L * i - 20, 10L * i + 10);
            assertThat(window).containsKey(-1L);
            assertThat(sides.totals.liveEntries()).isBetween((long) window.size(), 2L * window.size() + 16);
        }
        sides.free(2_000);
        assertThat(sides.totals.liveEntries()).isZero();
        assertThat(sides.totals.limit()).as("nothing to walk over").isEqualTo(sides.totals.first());
    }

    @Test
    void onceAnIncompleteEntryHasLeft_sumsAreWholeAgain() {
        Sides sides = new Sides(30, 10);
        sides.add(5, 1, 1);
        sides.add(5, 2, 2);
        sides.add(5, 1, POISON);
        sides.add(15, 1, 10);
        sides.add(15, 3, 30);
        sides.add(25, 2, 20);
        assertThat(sides.window(0, 30))
                .containsExactly(
                        Map.entry(1L, new Held(3, 11 + POISON, true)),
                        Map.entry(2L, held(2, 22)),
                        Map.entry(3L, held(1, 30)));
        sides.add(35, 1, 100);
        assertThat(sides.window(10, 40))
                .containsExactly(Map.entry(1L, held(2, 110)), Map.entry(2L, held(1, 20)), Map.entry(3L, held(1, 30)));
        assertThat(sides.window(20, 50)).containsExactly(Map.entry(1L, held(1, 100)), Map.entry(2L, held(1, 20)));
        assertThat(sides.failures).hasSize(1);
    }

    @Test
    void aLateIncompleteEntry_leavesWithItsSliceToo() {
        Sides sides = new Sides(30, 10);
        sides.add(5, 1, 1);
        sides.add(25, 1, 2);
        sides.window(0, 30);
        sides.add(15, 1, POISON); // the slice did not exist
        assertThat(sides.held(sides.totals)).containsExactly(Map.entry(1L, new Held(3, 3 + POISON, true)));
        assertThat(sides.window(10, 40)).containsExactly(Map.entry(1L, new Held(2, 2 + POISON, true)));
        assertThat(sides.window(20, 50)).containsExactly(Map.entry(1L, held(1, 2)));
    }

    @Test
    void incompleteEntriesInRandomSlices_spoilTheWindowsOverThemAlone() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            Sides sides = new Sides(40, 10);
            for (long start = -300; start < 300; start += 10) {
                for (int i = random.nextInt(8); i > 0; i--) {
                    long value = random.nextInt(10) == 0 ? POISON : random.nextInt(100);
                    sides.add(start + random.nextInt(40), random.nextInt(6), value);
                }
                sides.moveTo(start, start + 40);
                assertThat(sides.held(sides.totals))
                        .as("seed %d at %d", seed, start)
                        .isEqualTo(sides.addedUp(start, start + 40));
            }
            sides.free(10_000);
            assertThat(sides.totals.liveEntries()).as("seed %d", seed).isZero();
        }
    }

    @Test
    void atBothEndsOfTime_windowsMoveOn() {
        Sides low = new Sides(30, 10);
        long first = low.windows.sliceEnd(Long.MIN_VALUE + 1);
        low.add(Long.MIN_VALUE + 1, 1, 1);
        low.add(first, 1, 2);
        assertThat(low.window(Long.MIN_VALUE, first)).containsExactly(Map.entry(1L, held(1, 1)));
        assertThat(low.window(Long.MIN_VALUE, first + 10)).containsExactly(Map.entry(1L, held(2, 3)));
        assertThat(low.window(first, first + 30)).containsExactly(Map.entry(1L, held(1, 2)));
        Sides high = new Sides(30, 10);
        long last = high.windows.sliceStart(Long.MAX_VALUE - 1);
        high.add(Long.MAX_VALUE - 1, 1, 1);
        high.add(last - 1, 1, 2);
        assertThat(high.window(last - 10, Long.MAX_VALUE)).containsExactly(Map.entry(1L, held(2, 3)));
        assertThat(high.window(last, Long.MAX_VALUE)).containsExactly(Map.entry(1L, held(1, 1)));
        high.free(Long.MAX_VALUE);
        assertThat(high.totals.liveEntries()).isZero();
    }

    @Test
    void whichArrivalWasTheFirst_isNotKnown() {
        Sides sides = new Sides(30, 10);
        sides.add(5, 1, 1);
        sides.window(0, 30);
        int position = sides.totals.find(1);
        assertThatThrownBy(() -> sides.totals.arrival(position)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keysOnWhichHashingIsHard_areNotConfused() {
        Random random = new Random(7);
        Sides sides = new Sides(50, 10);
        for (int i = 0; i < 100; i++) {
            for (int row = 0; row < 30; row++) {
                sides.add(10L * i + random.nextInt(10), Keys.any(random, 200), random.nextInt(100));
            }
            sides.window(10L * i - 40, 10L * i + 10);
        }
        long[] keys = sides.held(sides.totals).keySet().stream()
                .mapToLong(Objects::requireNonNull)
                .toArray();
        assertThat(Arrays.stream(keys).distinct().count()).isEqualTo(keys.length);
    }
}
