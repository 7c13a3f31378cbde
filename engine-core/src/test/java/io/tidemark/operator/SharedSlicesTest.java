package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.testing.Seeds;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Windows of one key and one aggregator, some of which divide others, say what they say with an aggregator each. */
class SharedSlicesTest {
    private static final int SEEDS = 200;

    /** Sums and maxima, the one with an inverse, the other without. */
    private static Supplier<Aggregation<Object, Long>> aggregator(Random random) {
        return random.nextBoolean() ? () -> Aggregators.sumExact(row -> 0) : () -> Aggregators.max(row -> 0);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    /** Windows whose edges mostly lie on a common grid, some finer, some coarser, some aside of it. */
    private static WindowAssigner<Object> windows(Random random, long grid, long offset) {
        long slide = grid * List.of(1, 1, 2, 3, 6).get(random.nextInt(5));
        long aside = random.nextInt(6) == 0 ? random.nextInt((int) grid) : 0;
        return switch (random.nextInt(6)) {
            case 0 -> Windows.sliding(millis(slide + aside), millis(slide), millis(offset));
            case 1, 2 -> Windows.sliding(millis(slide * (1 + random.nextInt(6))), millis(slide), millis(offset));
            default -> Windows.tumbling(millis(slide), millis((offset + slide - grid + aside) % slide));
        };
    }

    private static Stream stream(Random random, String name, WindowAssigner<Object> windows, KeyLocation.Kind key) {
        Stream stream = Stream.of(name, windows).by(key).lateness(random.nextBoolean() ? 0 : random.nextInt(150));
        stream = random.nextInt(4) == 0 ? stream.emptyWindows(1 + random.nextInt(200)) : stream;
        stream =
                stream.emptyHorizon() == 0 && random.nextInt(3) == 0 ? stream.lateEvery(1 + random.nextInt(4)) : stream;
        stream = random.nextInt(4) == 0 ? stream.discarding() : stream;
        stream = random.nextInt(8) == 0 ? stream.silent() : stream;
        stream = random.nextInt(4) == 0 ? stream.closing(ClosingBehavior.DISCARD) : stream;
        return random.nextInt(10) == 0 ? stream.inOrder() : stream;
    }

    private static List<Stream> streams(Random random) {
        long grid = 1 + random.nextInt(12);
        long offset = random.nextInt((int) grid);
        KeyLocation.Kind key = KeyLocation.Kind.values()[random.nextInt(3)];
        List<Stream> streams = new ArrayList<>();
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            KeyLocation.Kind ownKey = random.nextInt(8) == 0 ? KeyLocation.Kind.NONE : key;
            streams.add(stream(random, "w" + i, windows(random, grid, offset), ownKey));
        }
        return streams;
    }

    private static List<Step> steps(Random random) {
        long line =
                List.of(0L, -700L, Long.MIN_VALUE + 60, Long.MAX_VALUE - 900).get(random.nextInt(4));
        int disorder = 1 + random.nextInt(150);
        int keys = 1 + random.nextInt(12);
        List<Step> steps = new ArrayList<>();
        for (int i = 50 + random.nextInt(400); i > 0; i--) {
            line += random.nextInt(50) == 0 ? random.nextInt(300) : random.nextInt(3);
            if (random.nextInt(60) == 0) {
                steps.add(Step.advance(0, line));
            }
            long timestamp = Math.min(line + random.nextInt(disorder), Long.MAX_VALUE - 1);
            steps.add(Step.event(new Row(0, timestamp, random.nextInt(keys), random.nextInt(1_000))));
        }
        return steps;
    }

    private static ChainHarness harness(
            List<Stream> streams, Supplier<Aggregation<Object, Long>> aggregator, long delay) {
        ChainHarness harness = new ChainHarness().source(WatermarkStrategy.boundedOutOfOrderness(millis(delay)));
        streams.forEach(stream -> harness.stream(stream, aggregator.get()));
        return harness;
    }

    /** Which keys of a window come first may differ: neighbours that are told of one window are sorted. */
    private static List<String> byWindow(List<String> said) {
        List<String> sorted = new ArrayList<>();
        List<String> run = new ArrayList<>();
        for (String line : said) {
            if (!run.isEmpty() && !window(line).equals(window(run.get(0)))) {
                run.stream().sorted().forEach(sorted::add);
                run.clear();
            }
            run.add(line);
        }
        run.stream().sorted().forEach(sorted::add);
        return sorted;
    }

    private static String window(String line) {
        int start = line.indexOf(" [");
        return line.substring(0, line.indexOf(' ')) + line.substring(start, line.indexOf(')', start) + 1);
    }

    private static String books(StreamCounters stream) {
        return stream.name() + " " + stream.handedOn() + " = " + stream.aggregated() + " + " + stream.late() + " + "
                + stream.unassigned() + " + " + stream.failed() + ", missed " + stream.windowsMissed() + ", panes "
                + stream.panes() + ", open " + stream.liveWindows() + " from " + stream.oldestOpenEnd();
    }

    private static long countShared(ChainHarness harness) {
        return harness.streams.stream()
                .filter(stream -> stream.operatorName().startsWith("sliced, from the slices of "))
                .count();
    }

    private static void assertNothingIsLeft(ChainHarness harness, long seed) {
        assertThat(harness.failures).as("seed %d", seed).isEmpty();
        for (StreamCounters stream : harness.streams) {
            assertThat(stream.liveEntries())
                    .as("seed %d, %s", seed, stream.name())
                    .isZero();
            assertThat(stream.oldestOpenEnd()).as("seed %d", seed).isEqualTo(Timestamps.END_OF_TIME);
        }
    }

    @Test
    void streamsThatShare_sayAndCountWhatTheySayApart() {
        AtomicLong shared = new AtomicLong();
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = Seeds.random(seed);
            List<Stream> streams = streams(random);
            Supplier<Aggregation<Object, Long>> aggregator = aggregator(random);
            Aggregation<Object, Long> one = aggregator.get();
            long delay = random.nextInt(60);
            ChainHarness together = harness(streams, () -> one, delay);
            ChainHarness apart = harness(streams, aggregator, delay);
            shared.addAndGet(countShared(together));
            assertThat(countShared(apart)).isZero();
            List<Step> steps = steps(random);
            for (int i = 0; i < steps.size(); ) {
                int next = Math.min(steps.size(), i + 1 + random.nextInt(40));
                together.run(steps.subList(i, next), any -> 20);
                apart.run(steps.subList(i, next), any -> 20);
                i = next;
                assertSame(together, apart, seed, streams);
            }
            together.finish();
            apart.finish();
            assertSame(together, apart, seed, streams);
            assertNothingIsLeft(together, seed);
        }
        assertThat(shared.get()).isGreaterThan(SEEDS / 2);
    }

    private static void assertSame(ChainHarness together, ChainHarness apart, long seed, List<Stream> streams) {
        assertThat(byWindow(together.take())).as("seed %d, %s", seed, streams).isEqualTo(byWindow(apart.take()));
        assertThat(together.streams.stream().map(SharedSlicesTest::books))
                .as("seed %d, %s", seed, streams)
                .isEqualTo(apart.streams.stream().map(SharedSlicesTest::books).toList());
    }

    @Test
    void streamsThatShare_doNotDependOnBatches() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = Seeds.random(seed);
            List<Stream> streams = streams(random);
            Aggregation<Object, Long> one = aggregator(random).get();
            long delay = random.nextInt(60);
            List<Step> steps = steps(random);
            List<String> rowByRow = harness(streams, () -> one, delay)
                    .run(steps, any -> 1)
                    .finish()
                    .take();
            for (int largest : new int[] {3, 600}) {
                ChainHarness inBatches = harness(streams, () -> one, delay)
                        .run(steps, any -> 1 + random.nextInt(largest))
                        .finish();
                assertThat(inBatches.take())
                        .as("seed %d, batches up to %d, %s", seed, largest, streams)
                        .isEqualTo(rowByRow);
            }
        }
    }

    private static ChainHarness pair(Stream one, Stream other) {
        Aggregation<Object, Long> sum = Aggregators.sumExact(row -> 0);
        return new ChainHarness().source(WatermarkStrategy.manual()).stream(one, sum).stream(other, sum);
    }

    private static Stream fine() {
        return Stream.of("fine", Windows.tumbling(millis(10)));
    }

    private static Stream coarse() {
        return Stream.of("coarse", Windows.sliding(millis(60), millis(20)));
    }

    @Test
    void aCoarserStream_isPutTogetherFromAFinerOne_whicheverIsDeclaredFirst() {
        assertThat(pair(fine(), coarse()).streams)
                .extracting(StreamCounters::operatorName)
                .containsExactly("sliced", "sliced, from the slices of fine");
        assertThat(pair(coarse(), fine()).streams)
                .extracting(StreamCounters::operatorName)
                .containsExactly("sliced, from the slices of fine", "sliced");
        assertThat(pair(fine(), fine()).streams)
                .extracting(StreamCounters::operatorName)
                .containsExactly("sliced", "sliced, from the slices of fine");
    }

    @Test
    void theCoarsestOfTheFiner_isChosen() {
        Aggregation<Object, Long> sum = Aggregators.sumExact(row -> 0);
        for (List<Long> sizes : List.of(List.of(60L, 1L, 20L, 70L), List.of(20L, 1L, 60L, 70L))) {
            ChainHarness harness = new ChainHarness();
            sizes.forEach(size -> harness.stream(Stream.of("w" + size, Windows.tumbling(millis(size))), sum));
            assertThat(harness.streams)
                    .extracting(stream -> stream.name() + " " + stream.operatorName())
                    .containsExactlyInAnyOrder(
                            "w1 sliced",
                            "w20 sliced, from the slices of w1",
                            "w60 sliced, from the slices of w20",
                            "w70 sliced, from the slices of w1");
        }
    }

    @Test
    void nothingIsShared_ifTheKeyOrTheOrderAskedForOrTheEdgesDiffer() {
        assertThat(countShared(pair(fine(), coarse().by(KeyLocation.Kind.NONE))))
                .isZero();
        assertThat(countShared(pair(fine().by(KeyLocation.Kind.OBJECT), coarse().by(KeyLocation.Kind.OBJECT))))
                .isZero();
        assertThat(countShared(pair(fine().inOrder(), coarse()))).isZero();
        assertThat(countShared(pair(fine(), coarse().inOrder()))).isZero();
        assertThat(countShared(pair(fine(), Stream.of("aside", Windows.tumbling(millis(20), millis(5))))))
                .isZero();
        Stream gaps = Stream.of("gaps", Windows.sliding(millis(10), millis(20)));
        assertThat(countShared(pair(fine(), gaps))).isZero();
        assertThat(countShared(pair(gaps, Stream.of("at their ends", Windows.tumbling(millis(20), millis(10))))))
                .isZero();
    }

    private static <R> StreamCounters add(
            ChainHarness harness, Stream stream, Aggregation<Object, R> aggregation, Integer... inputs) {
        return harness.chain.add(stream.spec(aggregation, List.of(inputs), result -> {}, late -> {}));
    }

    @Test
    void compositesOfTheSameParts_share() {
        ChainHarness harness = new ChainHarness();
        Aggregation<Object, Long> count = Aggregators.count();
        Aggregation<Object, Long> sum = Aggregators.sumExact(row -> 0);
        add(harness, fine(), Aggregators.all(count, sum), Row.VALUE_COLUMN);
        assertThat(add(harness, coarse(), Aggregators.all(count, sum), Row.VALUE_COLUMN)
                        .operatorName())
                .isEqualTo("sliced, from the slices of fine");
        assertThat(add(harness, coarse(), Aggregators.all(sum, count), Row.VALUE_COLUMN)
                        .operatorName())
                .isEqualTo("sliced");
        assertThat(add(harness, coarse(), sum, Row.VALUE_COLUMN).operatorName()).isEqualTo("sliced");
    }

    @Test
    void nothingIsShared_overOtherInputs_orStateThatIsNoLongs() {
        ChainHarness harness = new ChainHarness();
        Aggregation<Object, Long> sum = Aggregators.sumExact(row -> 0);
        add(harness, fine(), sum, Row.VALUE_COLUMN);
        assertThat(add(harness, coarse(), sum, Row.KEY_COLUMN).operatorName()).isEqualTo("sliced");
        Aggregation<Object, List<Object>> list = Aggregators.list(row -> row);
        add(harness, fine(), list);
        assertThat(add(harness, coarse(), list).operatorName()).isEqualTo("sliced");
    }

    @Test
    void aRowAtTheFinerEnd_isAddedOnce_byWhomeverItReaches() {
        ChainHarness harness = pair(fine(), coarse().lateness(100));
        harness.rows(Row.of(9, 1, 1), Row.of(10, 1, 2), Row.of(-1, 1, 4));
        harness.chain.advanceTo(harness.sources.get(0), 10);
        harness.rows(
                Row.of(9, 1, 8), Row.of(10, 1, 16)); // late for the finer, whose slice is taken over; not so the other
        harness.take();
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "coarse 1 [-40,20) ON_TIME0 last 5:31",
                        "fine 1 [10,20) ON_TIME0 last 2:18",
                        "coarse 1 [-20,40) ON_TIME0 last 5:31",
                        "coarse 1 [0,60) ON_TIME0 last 4:27");
        assertThat(harness.streams.get(0).late()).isEqualTo(1);
    }

    @Test
    void keysThatWaitForTheNextWindow_giveNothingWhereTheirTablesAreTakenOver() {
        ChainHarness harness = pair(fine(), Stream.of("forties", Windows.tumbling(millis(40))));
        for (long time = 5; time < 95; time += 10) {
            for (long key = 0; key < (time < 85 ? 64 : 16); key++) {
                harness.rows(Row.of(time, key, 1));
            }
            harness.chain.advanceTo(harness.sources.get(0), time - 5);
        }
        assertThat(harness.streams.get(0).liveEntries())
                .as("keys of the windows before")
                .isEqualTo(64);
        harness.take();
        harness.finish();
        List<String> said = harness.take();
        assertThat(said).hasSize(32).contains("fine 15 [80,90) ON_TIME0 last 1:1");
        assertThat(said).contains("forties 0 [80,120) ON_TIME0 last 1:1", "forties 15 [80,120) ON_TIME0 last 1:1");
    }
}
