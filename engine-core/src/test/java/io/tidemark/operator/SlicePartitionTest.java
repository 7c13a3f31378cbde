package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random blocks, one after the other, against one pass over the block per slice. */
class SlicePartitionTest {
    private static final FailureHandler NO_FAILURES = (stage, name, cause) -> {
        throw new AssertionError(cause);
    };

    /** Rows of random longs somewhere in a ring; each of them tells where it came from. */
    private static RowBatch rows(Random random, int longStride, int count, int from) {
        int slot = random.nextInt(5);
        long[] longs =
                random.longs((long) (slot + from + count + 3) * longStride).toArray();
        @Nullable Object[] objects = new Object[0];
        RowBatch rows = new RowBatch(longs, longStride, objects, 0, -1);
        rows.startAt(slot);
        return rows;
    }

    private static List<Slice> slices(int count) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            KeyTable table = new KeyTable(AggregateColumns.none(NO_FAILURES), null, false);
            slices.add(new Slice(10L * i, 10L * i + 10, 10L * i + 10, table));
        }
        return slices;
    }

    private static List<Slice> assign(SlicePartition partition, List<Slice> slices, int count, Random random) {
        int kinds = 1 + random.nextInt(slices.size());
        List<Slice> sliceOf = new ArrayList<>();
        long earliest = random.nextInt(10);
        partition.begin(earliest, 10L * kinds - 1);
        for (int place = 0; place < count; place++) {
            long timestamp = random.nextLong(earliest, 10L * kinds);
            Slice slice = slices.get((int) timestamp / 10);
            sliceOf.add(slice);
            if (!partition.add(timestamp)) {
                partition.add(timestamp, slice);
            }
        }
        partition.sort();
        return sliceOf;
    }

    /** Slices somewhere between two times; between some of them is a gap. */
    private static List<Slice> slicesWithGaps(Random random, long from, long to, int count) {
        long[] edges = random.longs(2L * count, from, to).sorted().distinct().toArray();
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i += random.nextInt(1, 3)) {
            KeyTable table = new KeyTable(AggregateColumns.none(NO_FAILURES), null, false);
            slices.add(new Slice(edges[i], edges[i + 1], edges[i + 1], table));
        }
        return slices;
    }

    /** A time in a slice, often the first or the last one. */
    private static long timeIn(Slice slice, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> slice.start;
            case 1 -> slice.end - 1;
            default -> random.nextLong(slice.start, slice.end);
        };
    }

    private static int[] placesOf(Slice slice, List<Slice> sliceOf) {
        return IntStream.range(0, sliceOf.size())
                .filter(place -> sliceOf.get(place) == slice)
                .toArray();
    }

    @Test
    void eachGroup_isTheRowsOfItsSliceInTheirOrder_blockAfterBlock() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = Seeds.random(seed);
            int longStride = 1 + random.nextInt(6);
            int keyColumn = random.nextInt(longStride);
            SlicePartition partition = new SlicePartition(longStride);
            List<Slice> slices = slices(1 + random.nextInt(WindowOperator.RUN));
            for (int block = 0; block < 10; block++) {
                String about = "seed " + seed + " block " + block;
                int count = block == 0 ? WindowOperator.RUN : 1 + random.nextInt(WindowOperator.RUN);
                int from = random.nextInt(4);
                RowBatch rows = rows(random, longStride, count, from);
                List<Slice> sliceOf = assign(partition, slices, count, random);
                assertThat(partition.groups()).as(about).isEqualTo((int)
                        sliceOf.stream().distinct().count());
                for (int group = 0; group < partition.groups(); group++) {
                    int size = partition.gather(group, rows, from, columns(longStride));
                    partition.gatherKeys(rows.longs, rows.row(from) + keyColumn, rows.longStride, size);
                    int[] places = placesOf(partition.slice(group), sliceOf);
                    assertThat(Arrays.copyOf(partition.places, size)).as(about).isEqualTo(places);
                    for (int i = 0; i < size; i++) {
                        int row = rows.row(from + places[i]);
                        assertThat(partition.keys[i]).as(about).isEqualTo(rows.longs[row + keyColumn]);
                        assertThat(Arrays.copyOfRange(partition.longs, i * longStride, (i + 1) * longStride))
                                .as(about)
                                .isEqualTo(Arrays.copyOfRange(rows.longs, row, row + longStride));
                    }
                }
                for (int place = 0; place < count; place++) {
                    assertThat(partition.sliceAt(place)).as(about).isSameAs(sliceOf.get(place));
                }
            }
        }
    }

    private static int[] columns(int count) {
        return IntStream.range(0, count).toArray();
    }

    @Test
    void columnsThatNobodyAskedFor_areLeftAlone() {
        Random random = new Random(3);
        SlicePartition partition = new SlicePartition(3);
        assign(partition, slices(7), 100, random);
        RowBatch rows = rows(random, 3, 100, 0);
        int size = partition.gather(0, rows, 0, new int[] {2});
        for (int i = 0; i < size; i++) {
            long input = rows.longs[rows.row(partition.places[i]) + 2];
            assertThat(Arrays.copyOfRange(partition.longs, 3 * i, 3 * i + 3)).containsExactly(0, 0, input);
        }
    }

    @Test
    void keysMayLieInAColumnOfTheirOwn() {
        Random random = new Random(1);
        SlicePartition partition = new SlicePartition(3);
        List<Slice> sliceOf = assign(partition, slices(7), 100, random);
        RowBatch rows = rows(random, 3, 100, 0);
        long[] numbers = random.longs(100).toArray();
        for (int group = 0; group < partition.groups(); group++) {
            int size = partition.gather(group, rows, 0, columns(1));
            partition.gatherKeys(numbers, 0, 1, size);
            assertThat(Arrays.copyOf(partition.keys, size))
                    .isEqualTo(Arrays.stream(placesOf(partition.slice(group), sliceOf))
                            .mapToLong(place -> numbers[place])
                            .toArray());
        }
    }

    @Test
    void entriesOfABlock_comeToTheRowsOfEachGroup() {
        Random random = new Random(2);
        SlicePartition partition = new SlicePartition(3);
        List<Slice> sliceOf = assign(partition, slices(7), 100, random);
        RowBatch rows = rows(random, 3, 100, 0);
        int[] found = random.ints(100).toArray();
        for (int group = 0; group < partition.groups(); group++) {
            int size = partition.gather(group, rows, 0, columns(1));
            assertThat(Arrays.copyOf(partition.gatherPositions(found, size), size))
                    .isEqualTo(Arrays.stream(placesOf(partition.slice(group), sliceOf))
                            .map(place -> found[place])
                            .toArray());
        }
    }

    @Test
    void positions_areFoundAgainByPlace() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = Seeds.random(seed);
            int count = 1 + random.nextInt(WindowOperator.RUN);
            SlicePartition partition = new SlicePartition(2);
            List<Slice> sliceOf = assign(partition, slices(20), count, random);
            RowBatch rows = rows(random, 2, count, 0);
            for (int group = 0; group < partition.groups(); group++) {
                int size = partition.gather(group, rows, 0, columns(1));
                int[] found = new int[WindowOperator.RUN];
                for (int i = 0; i < size; i++) {
                    found[i] = 1_000 * (int) partition.slice(group).start + i;
                }
                partition.keepPositions(found, size);
            }
            int[] next = new int[20];
            for (int place = 0; place < count; place++) {
                int start = (int) sliceOf.get(place).start;
                assertThat(partition.position(place))
                        .as("seed %d place %d", seed, place)
                        .isEqualTo(1_000 * start + next[start / 10]++);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000",
        "-1000, 0",
        "-1000, 1000",
        "-9223372036854775808, -9223372036854770000",
        "9223372036854770000, 9223372036854775807",
        "-5000000000000000000, 5000000000000000000",
        "-9223372036854775808, 9223372036854775807"
    })
    void slicesWithGaps_areToldApart_whereverTheyLie(long from, long to) {
        for (long seed = 0; seed < 50; seed++) {
            Random random = Seeds.random(seed);
            SlicePartition partition = new SlicePartition(1);
            List<Slice> slices = slicesWithGaps(random, from, to, 1 + random.nextInt(40));
            for (int block = 0; block < 5; block++) {
                List<Slice> sliceOf = random.ints(1 + random.nextInt(WindowOperator.RUN), 0, slices.size())
                        .mapToObj(slices::get)
                        .toList();
                long[] times = sliceOf.stream()
                        .mapToLong(slice -> timeIn(slice, random))
                        .toArray();
                partition.begin(
                        Arrays.stream(times).min().orElseThrow(),
                        Arrays.stream(times).max().orElseThrow());
                Set<Slice> known = new HashSet<>();
                for (int place = 0; place < times.length; place++) {
                    String about = "seed " + seed + " block " + block + " place " + place;
                    if (partition.add(times[place])) {
                        assertThat(known).as(about).contains(sliceOf.get(place));
                    } else {
                        partition.add(times[place], sliceOf.get(place));
                        known.add(sliceOf.get(place));
                    }
                    assertThat(partition.sliceAt(place)).as(about).isSameAs(sliceOf.get(place));
                }
                assertThat(partition.groups()).isEqualTo(known.size());
                partition.end();
            }
        }
    }
}
