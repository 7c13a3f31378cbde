package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against a {@link HashMap}. */
class KeyTableTest {
    private static final FailureHandler NO_FAILURES = (stage, name, cause) -> {
        throw new AssertionError(cause);
    };
    private static final AggregateColumns<Object, Long> SUMS =
            new AggregateColumns<>(Aggregators.sumExact(row -> 0), List.of(Row.VALUE_COLUMN), "sums", NO_FAILURES);

    /** Count and sum of a key. */
    private record Entry(long count, long sum, long arrival) {
        Entry plus(long value) {
            return new Entry(count + 1, sum + value, arrival);
        }
    }

    private static Map<Long, Entry> contents(KeyTable table) {
        Map<Long, Entry> contents = new HashMap<>();
        for (int position = table.first(); position < table.limit(); position += table.step()) {
            if (table.isOccupied(position)) {
                Entry entry = entry(table, position);
                assertThat(contents.put(table.key(position), entry))
                        .as("one entry per key")
                        .isNull();
            }
        }
        return contents;
    }

    private static Entry entry(KeyTable table, int position) {
        long sum = SUMS.exportLongPart(0, table, position);
        return new Entry(table.count(position), sum, table.arrival(position));
    }

    /** Adds rows as the operator does, and to the model. */
    private static void add(KeyTable table, List<Row> rows, Map<Long, Entry> model, long arrival) {
        long[] longs = new long[rows.size() * Row.LONGS];
        @Nullable Object[] objects = new Object[rows.size() * Row.OBJECTS];
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).write(longs, objects, i);
            long number = arrival + i;
            model.put(
                    rows.get(i).key(),
                    model.getOrDefault(rows.get(i).key(), new Entry(0, 0, number))
                            .plus(rows.get(i).value()));
        }
        RowBatch batch = new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE);
        int[] positions = new int[rows.size()];
        int[] places = IntStream.range(0, rows.size()).toArray();
        table.claimAll(longs, batch.row(0) + Row.KEY_COLUMN, Row.LONGS, rows.size(), positions, arrival, places);
        SUMS.accumulate(table, batch, 0, rows.size(), positions);
    }

    private static void addOne(KeyTable table, long key) {
        int position = table.claim(key, 0);
        table.longs[position + Entries.COUNT]++;
    }

    private static List<Row> rows(Random random, int kinds) {
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(60); i >= 0; i--) {
            rows.add(Row.of(0, Keys.any(random, kinds), random.nextInt(1_000)));
        }
        return rows;
    }

    @Test
    void itHoldsWhatAMapHolds_throughGrowthAndReuse() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            KeyTable table = new KeyTable(SUMS, null, true);
            for (int life = 0; life < 4; life++) {
                Map<Long, Entry> model = new HashMap<>();
                int kinds = 1 + random.nextInt(300);
                for (int batch = random.nextInt(20); batch >= 0; batch--) {
                    add(table, rows(random, kinds), model, batch * 100L);
                }
                assertThat(table.size()).as("seed %d", seed).isEqualTo(model.size());
                assertThat(contents(table)).as("seed %d", seed).isEqualTo(model);
                long key = Keys.any(random, 2 * kinds);
                int found = table.find(key);
                assertThat(found < 0 ? null : entry(table, found))
                        .as("seed %d", seed)
                        .isEqualTo(model.get(key));
                table.clear();
                assertThat(table.size()).isZero();
                assertThat(contents(table)).as("seed %d", seed).isEmpty();
                assertThat(table.find(key)).isNegative();
            }
        }
    }

    @Test
    void keysThatAreKept_haveNoEvents_untilSomeCome() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            int kinds = 1 + random.nextInt(300);
            KeyTable table = new KeyTable(SUMS, null, false);
            List<Row> first = rows(random, kinds);
            add(table, first, new HashMap<>(), 0);
            int size = table.size();
            table.clearContents();
            assertThat(table.size()).as("seed %d", seed).isEqualTo(size);
            assertThat(contents(table)).as("seed %d", seed).isEmpty();
            assertThat(first)
                    .as("seed %d", seed)
                    .allSatisfy(row -> assertThat(table.find(row.key())).isNegative());
            Map<Long, Entry> model = new HashMap<>();
            add(table, rows(random, kinds), model, 0);
            model.replaceAll((key, entry) -> new Entry(entry.count, entry.sum, 0));
            assertThat(sums(table)).as("seed %d", seed).isEqualTo(model);
        }
    }

    @Test
    void keysOfWhichTooManyDidNotComeAgain_areForgotten() {
        KeyTable table = new KeyTable(SUMS, null, false);
        LongStream.range(0, 64).forEach(key -> addOne(table, key));
        table.clearContents();
        LongStream.range(0, 56).forEach(key -> addOne(table, key));
        table.clearContents();
        assertThat(table.size()).isEqualTo(64);
        LongStream.range(0, 55).forEach(key -> addOne(table, key));
        table.clearContents();
        assertThat(table.size()).isZero();
    }

    @Test
    void keysOfATableWithAnEntryThatIsNotWhole_areForgotten() {
        KeyTable table = new KeyTable(SUMS, null, false);
        LongStream.range(0, 64).forEach(key -> addOne(table, key));
        table.markIncomplete(table.find(63));
        table.clearContents();
        assertThat(table.size()).isZero();
        assertThat(contents(table)).isEmpty();
    }

    @Test
    void whetherKeysComeAgain_isSeenFromKeysWithEvents() {
        KeyTable table = new KeyTable(SUMS, null, false);
        LongStream.range(0, 10_000).forEach(key -> addOne(table, key));
        KeyTable next = new KeyTable(SUMS, null, false);
        assertThat(SliceList.comeAgain(table, next)).isFalse();
        LongStream.range(5_000, 5_200).forEach(key -> addOne(next, key));
        assertThat(SliceList.comeAgain(table, next)).isTrue();
        next.clearContents();
        assertThat(SliceList.comeAgain(table, next)).as("no key has an event").isFalse();
        LongStream.range(4_990, 5_200).forEach(key -> addOne(next, key));
        assertThat(SliceList.comeAgain(table, next)).isTrue();
        LongStream.range(20_000, 20_050).forEach(key -> addOne(next, key));
        assertThat(SliceList.comeAgain(table, next)).isFalse();
    }

    @Test
    void keysOfATableThatFollows_lieWhereTheyLieThere() {
        KeyTable leader = new KeyTable(SUMS, null, false);
        LongStream.range(0, 20).forEach(key -> addOne(leader, key));
        KeyTable table = new KeyTable(SUMS, null, false);
        table.follow(leader);
        assertThat(table.follows(leader)).isTrue();
        assertThat(contents(table)).isEmpty();
        assertThat(table.find(3)).isEqualTo(-1);
        for (long key = 10; key < 5_000; key += 7) { // new ones too, far beyond the room either has
            addOne(table, key);
            assertThat(table.find(key)).isEqualTo(leader.claim(key, 0));
        }
        assertThat(table.find(18)).as("known there alone").isEqualTo(-1);
        assertThat(contents(leader)).hasSize(20);
        assertThat(contents(table)).hasSize(713).containsEntry(17L, new Entry(1, 0, 17));
        assertThat(contents(table)).doesNotContainKey(18L);
    }

    @Test
    void aTableThatFollows_isClearedAndUsedAgain_behindTheSameOrAnother() {
        KeyTable leader = new KeyTable(SUMS, null, false);
        LongStream.range(0, 5_000).forEach(key -> addOne(leader, key));
        KeyTable table = new KeyTable(SUMS, null, false);
        table.follow(leader);
        LongStream.range(0, 300).forEach(key -> addOne(table, key));
        table.clear();
        assertThat(contents(table)).isEmpty();
        addOne(table, 7);
        assertThat(contents(table)).containsOnlyKeys(7L);
        table.clear();

        KeyTable other = new KeyTable(SUMS, null, false);
        LongStream.range(6, 9).forEach(key -> addOne(other, key));
        table.follow(other);
        assertThat(contents(table)).isEmpty();
        addOne(table, 8);
        assertThat(table.find(8)).isEqualTo(other.find(8));
        assertThat(table.longs.length).as("room for three keys").isLessThan(leader.longs.length / 16);
        table.clear();

        table.follow(null);
        addOne(table, 9);
        assertThat(contents(table)).containsOnlyKeys(9L);
        assertThat(other.find(9)).isEqualTo(-1);
        assertThat(table.find(9)).isEqualTo(table.first());
    }

    @Test
    void keysOfABlock_areFoundForTablesThatFollow_andCountedThere() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = Seeds.random(seed);
            KeyTable leader = new KeyTable(SUMS, null, false);
            KeyTable table = new KeyTable(SUMS, null, false);
            table.follow(leader);
            Map<Long, Long> counts = new HashMap<>();
            for (int block = 0; block < 20; block++) {
                long[] keys = random.longs(1 + random.nextInt(200), 0, 1 + random.nextInt(2_000))
                        .toArray();
                int[] positions = new int[keys.length];
                leader.claimKeys(keys, 0, 1, keys.length, positions);
                table.countAll(positions, keys.length);
                for (int i = 0; i < keys.length; i++) {
                    assertThat(leader.key(positions[i])).isEqualTo(keys[i]);
                    counts.merge(keys[i], 1L, Long::sum);
                }
            }
            assertThat(contents(leader)).as("seed %d", seed).isEmpty();
            Map<Long, Long> counted = new HashMap<>();
            contents(table).forEach((key, entry) -> counted.put(key, entry.count()));
            assertThat(counted).as("seed %d", seed).isEqualTo(counts);
        }
    }

    @Test
    void grownBeyondTheCache_itHoldsWhatAMapHolds() {
        for (long seed = 0; seed < 5; seed++) {
            Random random = Seeds.random(seed);
            KeyTable table = new KeyTable(SUMS, null, true);
            Map<Long, Entry> model = new HashMap<>();
            for (int batch = 0; batch < 400; batch++) {
                List<Row> rows = new ArrayList<>();
                for (int i = 0; i < 256; i++) {
                    rows.add(Row.of(0, random.nextInt(40_000) - 20_000L, random.nextInt(1_000)));
                }
                add(table, rows, model, batch * 256L);
            }
            assertThat(contents(table)).as("seed %d", seed).isEqualTo(model);
        }
    }

    @Test
    void theOrderOfEntries_dependsOnTheEventsAlone() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            KeyTable whole = new KeyTable(SUMS, null, false);
            KeyTable inParts = new KeyTable(SUMS, null, false);
            for (int batch = 0; batch < 10; batch++) {
                List<Row> rows = rows(random, 300);
                int cut = random.nextInt(rows.size());
                add(whole, rows, new HashMap<>(), 0);
                add(inParts, rows.subList(0, cut), new HashMap<>(), 0);
                add(inParts, rows.subList(cut, rows.size()), new HashMap<>(), 0);
            }
            assertThat(inParts.limit()).as("seed %d", seed).isEqualTo(whole.limit());
            assertThat(inParts.longs).as("seed %d", seed).startsWith(Arrays.copyOf(whole.longs, whole.limit()));
        }
    }

    /** An array's first long is 16 bytes behind its beginning, which is that of a line if the array is large. */
    @Test
    void anEntryOfHalfACacheLine_liesOnOneLine() {
        KeyTable table = new KeyTable(SUMS, null, false);
        assertThat(table.step()).isEqualTo(4);
        for (int key = 0; key < 100; key++) {
            int position = table.claim(key, 0);
            table.longs[position + Entries.COUNT]++;
            int firstByte = 16 + position * Long.BYTES;
            assertThat(firstByte / 64).isEqualTo((firstByte + table.step() * Long.BYTES - 1) / 64);
        }
    }

    @Test
    void keysStandInTheOrderInWhichTheyCame_andStayWhereTheyAre() {
        KeyTable table = new KeyTable(SUMS, null, true);
        int[] positions = new int[1_000];
        long[] keys =
                LongStream.range(0, 1_000).map(i -> (i - 500) * 7_919 % 1_009).toArray();
        int[] places = IntStream.range(0, 1_000).map(i -> 2 * i).toArray();
        table.claimAll(keys, 0, 1, 1_000, positions, 50, places);
        for (int i = 0; i < 1_000; i++) {
            assertThat(positions[i]).isEqualTo(table.first() + i * table.step());
            assertThat(table.find(keys[i])).isEqualTo(positions[i]);
            assertThat(table.arrival(positions[i])).isEqualTo(50 + 2 * i);
        }
        int[] again = new int[1_000];
        table.claimAll(keys, 0, 1, 1_000, again, 9_999, places);
        assertThat(again).isEqualTo(positions);
        assertThat(table.size()).isEqualTo(1_000);
    }

    @Test
    void ofMoreThanAFewKeys_anEighthOfTheRoomAtMostIsInReserve() {
        KeyTable table = new KeyTable(SUMS, null, false);
        for (long key = 0; key < 700_000; key++) {
            addOne(table, key * key);
            if (key > 525_000) {
                assertThat(table.longs.length).isLessThan(table.limit() + table.limit() / 8 + 2 * table.step());
            }
        }
    }

    @Test
    void claim_findsOrAdds() {
        KeyTable table = new KeyTable(SUMS, null, false);
        for (long key = 0; key < 1_000; key++) {
            int position = table.claim(key, 0);
            assertThat(table.count(position)).isZero();
            table.longs[position + Entries.COUNT] = key + 1;
            assertThat(table.claim(key, 0)).isEqualTo(position);
            assertThat(table.size()).isEqualTo((int) key + 1);
        }
        for (long key = 0; key < 1_000; key++) {
            assertThat(table.count(table.find(key))).isEqualTo(key + 1);
        }
    }

    @Test
    void afterABurst_theRoomShrinksByAndBy_andInSteadyUseItIsKept() {
        KeyTable table = new KeyTable(SUMS, null, false);
        use(table, 10_000);
        long[] room = table.longs;
        use(table, 10_000);
        use(table, 2_000);
        assertThat(table.longs).isSameAs(room);
        for (int life = 0; life < 20; life++) {
            use(table, 10);
        }
        assertThat(table.longs.length / table.step()).isLessThanOrEqualTo(16 * 16);
        long[] small = table.longs;
        use(table, 10);
        assertThat(table.longs).isSameAs(small);
        use(table, 10_000);
        assertThat(contents(table)).isEmpty();
    }

    @Test
    void afterABurst_ofWhichAFewKeysComeAgain_theRoomShrinksToo() {
        KeyTable table = new KeyTable(SUMS, null, false);
        for (int life = 0; life < 40; life++) {
            LongStream.range(0, life == 0 ? 10_000 : 10).forEach(key -> addOne(table, key));
            table.clearContents();
        }
        assertThat(table.longs.length / table.step()).isLessThanOrEqualTo(16 * 16);
    }

    private static void use(KeyTable table, int keys) {
        for (long key = 0; key < keys; key++) {
            addOne(table, key);
        }
        assertThat(contents(table)).hasSize(keys);
        table.clear();
        assertThat(contents(table)).isEmpty();
    }

    @Test
    void anEntryOnWhichAnAggregatorThrew_staysOccupiedAndCountsRight() {
        KeyTable table = new KeyTable(SUMS, null, false);
        Map<Long, Entry> model = new HashMap<>();
        add(table, List.of(Row.of(0, 5, 50)), model, 0);
        int position = table.find(5);
        table.markIncomplete(position);
        add(table, List.of(Row.of(0, 5, 50)), model, 0);
        assertThat(table.incomplete(position)).isTrue();
        assertThat(table.count(position)).isEqualTo(2);
        KeyTable other = new KeyTable(SUMS, null, false);
        other.combine(other.claim(5, 0), table, position);
        assertThat(other.incomplete(other.find(5))).isTrue();
        assertThat(other.count(other.find(5))).isEqualTo(2);
    }

    @Test
    void itHoldsItsKeysInTheDictionary_untilCleared() {
        KeyDictionary<String> dictionary = new KeyDictionary<>();
        KeyTable one = new KeyTable(SUMS, dictionary, false);
        KeyTable other = new KeyTable(SUMS, dictionary, false);
        for (int i = 0; i < 100; i++) {
            long number = dictionary.intern("key" + i);
            addOne(one, number);
            addOne(other, number);
        }
        one.clear();
        one.clear();
        assertThat(dictionary.size()).isEqualTo(100);
        other.clear();
        assertThat(dictionary.size()).isZero();
    }

    @Test
    void aTableAddedToAnother_addsItsEntries_whateverRoomTheOtherHas() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            KeyTable into = new KeyTable(SUMS, null, false);
            for (int filling = 0; filling < 4; filling++) {
                Map<Long, Entry> model = new HashMap<>();
                for (int part = 0; part < 3; part++) {
                    KeyTable from = new KeyTable(SUMS, null, false);
                    int keys = 1 + random.nextInt(1 << (1 + random.nextInt(9)));
                    List<Row> rows = random.longs(random.nextInt(2 * keys), 0, keys)
                            .mapToObj(key -> Row.of(0, key, key + 1))
                            .toList();
                    add(from, rows, new HashMap<>(), 0);
                    into.addAll(from);
                    rows.forEach(row -> model.merge(row.key(), new Entry(1, row.value(), 0), KeyTableTest::plus));
                }
                assertThat(sums(into)).as("seed %d", seed).isEqualTo(model);
                for (long key : model.keySet()) {
                    assertThat(into.key(into.find(key))).as("seed %d", seed).isEqualTo(key);
                }
                into.clear();
            }
        }
    }

    @Test
    void aTableAddedToAnother_bringsNoKeysWithoutEvents() {
        KeyTable from = new KeyTable(SUMS, null, false);
        for (long key = 0; key < 20; key++) {
            addOne(from, key);
        }
        from.clearContents();
        addOne(from, 5);
        KeyTable into = new KeyTable(SUMS, null, false);
        addOne(into, 100);
        into.addAll(from);
        assertThat(contents(into)).containsOnlyKeys(5L, 100L);
        assertThat(into.knownKeys()).isEqualTo(2);
    }

    private static Entry plus(Entry one, Entry other) {
        return new Entry(one.count + other.count, one.sum + other.sum, 0);
    }

    private static Map<Long, Entry> sums(KeyTable table) {
        Map<Long, Entry> sums = contents(table);
        sums.replaceAll((key, entry) -> new Entry(entry.count, entry.sum, 0));
        return sums;
    }
}
