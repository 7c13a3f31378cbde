package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregator;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What late events on wide windows hold, and how much work that is. */
class LateTotalsTest {
    private static final int SLIDES = 100;

    /** The largest value, in an accumulator of its own, counting how often two are combined. */
    private static final class Largest implements Aggregator<Object, long[], Long> {
        private long combined;

        @Override
        public long[] create() {
            return new long[] {Long.MIN_VALUE};
        }

        @Override
        public void accumulate(long[] accumulator, Object event) {
            accumulator[0] = Math.max(accumulator[0], ((Row) event).value());
        }

        @Override
        public long[] combine(long[] left, long[] right) {
            combined++;
            left[0] = Math.max(left[0], right[0]);
            return left;
        }

        @Override
        public Long export(long[] accumulator) {
            return accumulator[0];
        }
    }

    /** Pairs of keys with an event in every slide, one pair unless said, and a watermark that has closed all windows over 5,001 but the last. */
    private static final class Filled {
        private final Largest largest = new Largest();
        private final List<String> given = new ArrayList<>();
        private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());
        private final TreeMap<Long, Row> ofKeyOne = new TreeMap<>();

        Filled(long lateEvery, long seed) {
            this(lateEvery, seed, 1);
        }

        Filled(long lateEvery, long seed, int eventsPerSlide) {
            Stream stream = Stream.of("largest", Windows.sliding(Duration.ofMillis(SLIDES * 10), Duration.ofMillis(10)))
                    .lateness(SLIDES * 10)
                    .lateEvery(lateEvery);
            harness.streams.add(harness.chain.add(stream.spec(
                    largest,
                    List.of(),
                    result -> given.add(result.pane().timing() + " " + result.start() + " " + result.count() + ":"
                            + result.value()),
                    late -> {
                        throw new AssertionError("nothing is too late here");
                    })));
            Random random = Seeds.random(seed);
            for (long time = 3_000; time < 7_000; time += 10) {
                for (int i = 0; i < eventsPerSlide; i++) {
                    add(Row.of(time, 1 + i * 2L + random.nextInt(2), random.nextInt(1_000_000)));
                }
            }
            harness.chain.advanceTo(harness.sources.get(0), 5_995);
            given.clear();
            largest.combined = 0;
        }

        void add(Row row) {
            harness.rows(row);
            if (row.key() == 1) {
                ofKeyOne.put(row.timestamp(), row);
            }
        }

        List<String> expected() {
            List<String> expected = new ArrayList<>();
            for (long end = 5_010; end <= 5_990; end += 10) {
                long start = end - SLIDES * 10;
                List<Row> held = List.copyOf(ofKeyOne.subMap(start, end).values());
                long most = held.stream().mapToLong(Row::value).max().orElseThrow();
                expected.add("LATE " + start + " " + held.size() + ":" + most);
            }
            return expected;
        }
    }

    @Test
    void everyClosedWindowOverALateEvent_givesWhatItHolds() {
        for (long seed = 0; seed < 20; seed++) {
            Filled filled = new Filled(1, seed);
            filled.add(Row.of(5_001, 1, 7));
            assertThat(filled.given).as("seed %d", seed).isEqualTo(filled.expected());
            filled.given.clear();
            filled.add(Row.of(5_002, 1, 2_000_000));
            assertThat(filled.given).as("seed %d", seed).isEqualTo(filled.expected());
            filled.harness.finish();
            assertThat(filled.harness.streams.get(0).liveEntries()).isZero();
        }
    }

    @Test
    void aLateEvent_costsAFewCombinesForEachSlide() {
        Filled filled = new Filled(1, 1);
        filled.add(Row.of(5_001, 1, 7));
        assertThat(filled.given).hasSize(SLIDES - 1);
        assertThat(filled.largest.combined)
                .as("each window from all of its slices: some " + SLIDES * SLIDES / 2)
                .isPositive()
                .isLessThan(6 * SLIDES);
    }

    @Test
    void aLateEventThatGivesNoPane_putsNoWindowTogether() {
        Filled filled = new Filled(3, 1);
        filled.add(Row.of(5_001, 1, 7)); // whether each window had a pane is asked once
        filled.largest.combined = 0;
        filled.add(Row.of(5_002, 1, 8));
        assertThat(filled.given).isEmpty();
        assertThat(filled.largest.combined).as("for windows to come").isLessThan(SLIDES);
    }

    @Test
    void theRestsOfAllWindows_costAFewCombinesForEachSlide() {
        Filled filled = new Filled(9, 1);
        for (long time = 5_001; time < 5_991; time += 10) {
            filled.add(Row.of(time, 1, 7));
            filled.add(Row.of(time + 1, 2, 7));
        }
        filled.largest.combined = 0;
        filled.harness.chain.advanceTo(filled.harness.sources.get(0), 5_990 + SLIDES * 10);
        long rests =
                filled.given.stream().filter(line -> line.startsWith("LATE")).count();
        assertThat(rests).isGreaterThan(SLIDES);
        assertThat(filled.largest.combined)
                .as("for the rests and as many windows that close")
                .isLessThan(24 * SLIDES);
    }

    @Test
    void theRestOfOneKey_costsNothingForTheOthers() {
        long without = combinedAtTheFirstExpiry(false);
        long with = combinedAtTheFirstExpiry(true);
        assertThat(with - without).isPositive().isLessThan(3 * SLIDES);
    }

    private static long combinedAtTheFirstExpiry(boolean late) {
        Filled filled = new Filled(9, 1, 50);
        if (late) {
            filled.add(Row.of(5_001, 1, 7));
        }
        filled.largest.combined = 0;
        filled.harness.chain.advanceTo(filled.harness.sources.get(0), 5_010 + SLIDES * 10);
        return filled.largest.combined;
    }
}
