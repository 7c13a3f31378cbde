package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a {@link TreeMap}. */
class SliceListTest {
    private int tables;

    private SliceList list(long size, long slide) {
        SlicedWindows windows = (SlicedWindows) Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide))
                .in(TimeUnit.MILLISECONDS);
        return new SliceList(windows, () -> {
            tables++;
            return new KeyTable(AggregateColumns.none((stage, name, cause) -> {}), null, false);
        });
    }

    @Test
    void slicesAreInTheOrderOfTime_andFoundByTheirEdges() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            SliceList list = list(25, 10); // slices of 5
            TreeMap<Long, Slice> model = new TreeMap<>();
            for (int step = 0; step < 200; step++) {
                if (random.nextInt(20) == 0) {
                    int gone = random.nextInt(model.size() + 1);
                    list.removeFirst(gone, false);
                    for (int i = 0; i < gone; i++) {
                        model.pollFirstEntry();
                    }
                } else {
                    long timestamp = random.nextInt(2_000) - 1_000;
                    Slice slice = Objects.requireNonNull(list.claim(timestamp));
                    Slice known = model.putIfAbsent(Math.floorDiv(timestamp, 5) * 5L, slice);
                    assertThat(known == null || known == slice)
                            .as("seed %d", seed)
                            .isTrue();
                    assertThat(slice.contains(timestamp)).isTrue();
                }
                assertThat(list.size()).isEqualTo(model.size());
                long start = random.nextInt(2_200) - 1_100;
                assertThat(list.firstFrom(start)).isEqualTo(model.headMap(start).size());
                assertThat(list.firstNotClosed(start)).isEqualTo((int) model.values().stream()
                        .filter(slice -> slice.lastEnd <= start)
                        .count());
            }
            int index = 0;
            for (Map.Entry<Long, Slice> each : model.entrySet()) {
                Slice slice = list.get(index++);
                assertThat(slice).isSameAs(each.getValue());
                assertThat(slice.start).isEqualTo(each.getKey());
                assertThat(slice.end).isEqualTo(slice.start + 5);
                assertThat(slice.lastEnd).isEqualTo(Math.floorDiv(slice.start, 10) * 10L + 25);
            }
        }
    }

    @Test
    void inAGap_thereIsNoSlice() {
        SliceList list = list(5, 10);
        assertThat(list.claim(5)).isNull();
        assertThat(list.claim(-1)).isNull();
        assertThat(list.size()).isZero();
        assertThat(Objects.requireNonNull(list.claim(-6)).end).isEqualTo(-5);
    }

    @Test
    void tablesOfFreedSlices_areUsedAgain_andComeBackEmpty() {
        SliceList list = list(10, 10);
        for (int i = 0; i < 1_000; i++) {
            KeyTable table = Objects.requireNonNull(list.claim(i * 10L)).table;
            assertThat(table.size()).isZero();
            table.longs[table.claim(i, 0) + Entries.COUNT] = 1;
            if (list.size() > 3) {
                list.removeFirst(2, false);
            }
        }
        assertThat(tables).isLessThanOrEqualTo(5);
        assertThat(list.entries()).isEqualTo(list.size());
    }

    @ParameterizedTest
    @CsvSource({"true, 0, 32", "true, 100, 0", "false, 0, 0"})
    void tablesOfFreedSlices_keepKeysThatComeAgain(boolean keepKeys, int further, int kept) {
        SliceList list = list(10, 10);
        for (int i = 0; i < 2; i++) {
            KeyTable table = Objects.requireNonNull(list.claim(i * 10L)).table;
            for (int key = 0; key < 32; key++) {
                int position =
                        table.claim(i * further + key, 0); // by itself, since it may put another array into table.longs
                table.longs[position + Entries.COUNT] = 1;
            }
        }
        list.removeFirst(1, keepKeys);
        KeyTable table = Objects.requireNonNull(list.claim(20)).table;
        assertThat(table.size()).isEqualTo(kept);
        assertThat(table.find(0)).isNegative();
        list.removeFirst(2, keepKeys);
        assertThat(Objects.requireNonNull(list.claim(30)).table.size())
                .as("nothing stays that could show whether keys come again")
                .isZero();
    }
}
