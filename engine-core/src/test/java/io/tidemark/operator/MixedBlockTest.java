package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.CompositeAggregator;
import io.tidemark.aggregate.InvertibleLongAggregator;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rows so far out of order that a block of them belongs to many slices: the same panes, in the same order, and the same counts as of
 * rows that come one by one.
 */
class MixedBlockTest {
    /** The key whose {@code hashCode} throws. */
    private static final long BAD_KEY = 5;

    private static final Object BAD = new Object() {
        @Override
        public int hashCode() {
            throw new IllegalStateException("no hash");
        }
    };

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** One chain with one stream, and everything it says. */
    private static final class Side {
        private final WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
        private final List<RuntimeException> failures = new ArrayList<>();
        private final OperatorChain chain = new OperatorChain(tracker, (stage, name, cause) -> failures.add(cause));
        private final List<String> said = new ArrayList<>();
        private final SourceWatermark source;
        private final StreamCounters counters;
        private int stamped;

        // the list tells in which order the rows came to it, whatever slice they belong to
        private final Aggregation<Object, ?> list =
                Aggregators.list((Object row) -> stamped++ + "=" + ((Row) row).value());
        private final InvertibleLongAggregator<Object, Long> sum = Aggregators.sumExact(row -> 0);
        private final Aggregation<Object, ?> last = Aggregators.last(row -> 0);
        private final Aggregation<Object, ?> again = Aggregators.list((Object row) -> ((Row) row).value());
        private final CompositeAggregator<Object> all = Aggregators.all(list, sum, last, again);

        Side(Stream stream, long delay, boolean onlySum) {
            source = new SourceWatermark(
                    "s",
                    WatermarkStrategy.boundedOutOfOrderness(millis(delay)),
                    TimeUnit.MILLISECONDS,
                    Row.VALUE_COLUMN,
                    0);
            tracker.open(source, false, 0);
            counters = onlySum
                    ? chain.add(stream.spec(sum, List.of(Row.VALUE_COLUMN), this::onlySum, this::late))
                    : chain.add(stream.spec(all, List.of(Row.VALUE_COLUMN, Row.VALUE_COLUMN), this::all, this::late));
        }

        private void onlySum(WindowResult<Object, Long> result) {
            pane(result, result.value());
        }

        private void all(WindowResult<Object, Aggregates> result) {
            Aggregates values = result.value();
            pane(result, values.get(list) + " " + values.get(sum) + " " + values.get(last) + " " + values.get(again));
        }

        private void pane(WindowResult<Object, ?> result, Object values) {
            said.add(result.key() + " " + result.window() + " " + result.pane() + " " + result.count() + ": " + values
                    + (result.incomplete() ? " incomplete" : ""));
        }

        private void late(LateEvent<Object, Object> event) {
            said.add(event + " " + event.values());
        }

        /** Rows in one batch somewhere in a ring, told to the chain as a whole or already measured. */
        private void batch(List<Row> rows, int slot, boolean measured) {
            long[] longs = new long[(slot + rows.size()) * Row.LONGS];
            @Nullable Object[] objects = new Object[(slot + rows.size()) * Row.OBJECTS];
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                row.write(longs, objects, slot + i);
                if (row.key() == BAD_KEY) {
                    objects[(slot + i) * Row.OBJECTS + Row.KEY_LANE] = BAD;
                }
            }
            RowBatch batch = new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE);
            batch.startAt(slot);
            if (measured) {
                batch.measure(0, rows.size());
                chain.processMeasured(batch, 0, rows.size(), source);
            } else {
                chain.process(batch, 0, rows.size(), source);
            }
            assertThat(chain.reached()).isPositive();
        }

        /** Everything said of all rows, and the books before and after the end. */
        List<String> run(List<Row> rows, int size, boolean measured) {
            for (int from = 0; from < rows.size(); from += size) {
                batch(rows.subList(from, Math.min(rows.size(), from + size)), from % 3, measured);
            }
            books();
            said.add("live " + counters.liveEntries() + " in " + counters.liveWindows() + " windows, the first ends at "
                    + counters.oldestOpenEnd());
            chain.finish();
            books();
            assertThat(counters.liveEntries()).as("after the end").isZero();
            assertThat(counters.handedOn()).isEqualTo(rows.size());
            return said;
        }

        private void books() {
            said.add(counters.handedOn() + " = " + counters.aggregated() + " + " + counters.late() + " + "
                    + counters.unassigned() + " + " + counters.failed() + ", missed " + counters.windowsMissed()
                    + ", panes " + counters.panes() + ", failures " + failures.size() + ", watermark "
                    + tracker.watermark());
            assertThat(counters.handedOn())
                    .isEqualTo(counters.aggregated() + counters.late() + counters.unassigned() + counters.failed());
        }
    }

    /** Some rows per unit of time, each up to {@code jitter} early; values tell them apart. */
    private static List<Row> rows(Random random, int count, int jitter, int keys, long origin) {
        List<Row> rows = new ArrayList<>();
        int perUnit = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            long timestamp = origin + i / perUnit + random.nextInt(jitter);
            rows.add(Row.of(timestamp, random.nextInt(keys), i));
        }
        return rows;
    }

    private static void assertBlocksDoNotMatter(
            long seed, Stream stream, long delay, boolean onlySum, List<Row> rows, Set<String> seen) {
        List<String> rowByRow = new Side(stream, delay, onlySum).run(rows, 1, false);
        for (int size : new int[] {2, 37, WindowOperator.RUN, 1_000}) {
            assertThat(new Side(stream, delay, onlySum).run(rows, size, false))
                    .as("seed %d, batches of %d, delay %d, %s", seed, size, delay, stream)
                    .isEqualTo(rowByRow);
        }
        assertThat(new Side(stream, delay, onlySum).run(rows, 300, true))
                .as("seed %d, measured blocks, delay %d, %s", seed, delay, stream)
                .isEqualTo(rowByRow);
        seen.addAll(rowByRow);
    }

    private static void assertBlocksDoNotMatter(WindowsOf windows, KeyLocation.Kind kind, boolean onlySum) {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 60; seed++) {
            Random random = Seeds.random(seed);
            int jitter = 2 + random.nextInt(100);
            long delay = random.nextInt(jitter + 20);
            Stream stream = Stream.of("w", windows.random(random)).by(kind).lateness(random.nextInt(2) * jitter);
            stream = random.nextInt(4) == 0 ? stream.discarding() : stream;
            stream = random.nextInt(4) == 0 ? stream.inOrder() : stream;
            stream = random.nextInt(4) == 0 ? stream.lateEvery(3) : stream;
            long origin = List.of(0L, -150L, Long.MIN_VALUE + 200, Long.MAX_VALUE - 2_000)
                    .get(random.nextInt(4));
            List<Row> rows = rows(random, 200 + random.nextInt(900), jitter, 1 + random.nextInt(12), origin);
            assertBlocksDoNotMatter(seed, stream, delay, onlySum, rows, seen);
        }
        assertThat(seen).as("on time").anyMatch(line -> line.contains("ON_TIME"));
        assertThat(seen).as("late").anyMatch(line -> line.contains("LATE"));
    }

    private interface WindowsOf {
        WindowAssigner<Object> random(Random random);
    }

    private static WindowAssigner<Object> overlapping(Random random) {
        int slide = 1 + random.nextInt(8);
        return Windows.sliding(millis(slide + random.nextInt(40)), millis(slide), millis(random.nextInt(slide)));
    }

    private static WindowAssigner<Object> shortTumbling(Random random) {
        return Windows.tumbling(millis(1 + random.nextInt(8)));
    }

    private static WindowAssigner<Object> withGaps(Random random) {
        int size = 1 + random.nextInt(8);
        return Windows.sliding(millis(size), millis(size + 1 + random.nextInt(8)));
    }

    @Test
    void slidesShorterThanTheJitter_sums() {
        assertBlocksDoNotMatter(MixedBlockTest::overlapping, KeyLocation.Kind.LONG, true);
    }

    @Test
    void slidesShorterThanTheJitter_keysThatComeAgainAndKeysThatDoNot() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < 60; seed++) {
            Random random = Seeds.random(seed);
            int jitter = 2 + random.nextInt(60);
            List<Row> rows = new ArrayList<>();
            int phase = 50 + random.nextInt(200);
            for (int i = 0; i < 1_200; i++) {
                // some slices have most of the window's keys, and of those around them each has but few
                long key = i / phase % 2 == 0 ? random.nextInt(8) : 100 + random.nextInt(2_000);
                rows.add(Row.of(i / 3 + random.nextInt(jitter), key, i));
            }
            Stream stream = Stream.of("w", overlapping(random)).by(KeyLocation.Kind.LONG);
            assertBlocksDoNotMatter(seed, stream, random.nextInt(jitter), true, rows, seen);
        }
        assertThat(seen).as("on time").anyMatch(line -> line.contains("ON_TIME"));
    }

    @Test
    void slidesShorterThanTheJitter_aggregatorsThatDependOnTheOrderOfArrival() {
        assertBlocksDoNotMatter(MixedBlockTest::overlapping, KeyLocation.Kind.LONG, false);
    }

    @Test
    void tumblingWindowsShorterThanTheJitter_aggregatorsThatDependOnTheOrderOfArrival() {
        assertBlocksDoNotMatter(MixedBlockTest::shortTumbling, KeyLocation.Kind.LONG, false);
    }

    @Test
    void windowsWithGaps_longKeys() {
        assertBlocksDoNotMatter(MixedBlockTest::withGaps, KeyLocation.Kind.LONG, false);
    }

    @Test
    void windowsWithGaps_objectKeysOneOfWhichThrows() {
        assertBlocksDoNotMatter(MixedBlockTest::withGaps, KeyLocation.Kind.OBJECT, false);
    }

    @Test
    void objectKeysOneOfWhichThrows_sums() {
        assertBlocksDoNotMatter(MixedBlockTest::overlapping, KeyLocation.Kind.OBJECT, true);
    }

    @Test
    void objectKeysOneOfWhichThrows_aggregatorsThatDependOnTheOrderOfArrival() {
        assertBlocksDoNotMatter(MixedBlockTest::shortTumbling, KeyLocation.Kind.OBJECT, false);
    }

    @Test
    void aKeyThatThrowsInTheMidstOfAMixedBlock_failsAlone() {
        Side side = new Side(Stream.of("w", Windows.tumbling(millis(10))).by(KeyLocation.Kind.OBJECT), 1_000, true);
        List<Row> rows =
                List.of(Row.of(15, 1, 1), Row.of(5, 1, 2), Row.of(25, BAD_KEY, 3), Row.of(16, 2, 4), Row.of(6, 1, 5));
        assertThat(side.run(rows, 5, false))
                .filteredOn(line -> line.contains("ON_TIME"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("k1 ").endsWith(" 2: 7"),
                        line -> assertThat(line).startsWith("k1 ").endsWith(" 1: 1"),
                        line -> assertThat(line).startsWith("k2 ").endsWith(" 1: 4"));
        assertThat(side.counters.failed()).isEqualTo(1);
        assertThat(side.failures).hasSize(1);
    }

    @Test
    void acrossSlices_objectsAreAddedInTheOrderOfArrival() {
        Side side = new Side(Stream.of("w", Windows.tumbling(millis(10))), 1_000, false);
        List<Row> rows = List.of(Row.of(15, 1, 50), Row.of(5, 1, 60), Row.of(16, 1, 70), Row.of(6, 1, 80));
        assertThat(side.run(rows, 4, false))
                .filteredOn(line -> line.contains("ON_TIME"))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(" 2: [1=60, 3=80] 140 80 [60, 80]"),
                        line -> assertThat(line).endsWith(" 2: [0=50, 2=70] 120 70 [50, 70]"));
    }
}
