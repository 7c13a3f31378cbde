package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** However rows are cut into batches, the same is said in the same order. */
class OperatorChainDeterminismTest {

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Stream tumbling(Random random) {
        Stream tumbling = Stream.of("tumbling", Windows.tumbling(millis(1 + random.nextInt(30))));
        return random.nextBoolean() ? tumbling.emptyWindows(1 + random.nextInt(200)) : tumbling;
    }

    private static Stream sliding(Random random) {
        long slide = 1 + random.nextInt(20);
        WindowAssigner<Object> windows =
                Windows.sliding(millis(slide + random.nextInt(60)), millis(slide), millis(random.nextInt((int) slide)));
        Stream sliding = Stream.of("sliding", windows);
        return random.nextBoolean() ? sliding.emptyWindows(1 + random.nextInt(200)) : sliding;
    }

    private static Stream gaps(Random random) {
        long size = 1 + random.nextInt(10);
        return Stream.of("gaps", Windows.sliding(millis(size), millis(size + 1 + random.nextInt(20))));
    }

    private static Stream sessions(Random random) {
        return Stream.of("sessions", Windows.session(millis(1 + random.nextInt(15))));
    }

    private static Stream global(Random random) {
        return Stream.of("global" + random.nextInt(9), Windows.global());
    }

    private static Stream refined(Stream stream, Random random) {
        Stream refined = stream.by(KeyLocation.Kind.values()[random.nextInt(3)])
                .lateness(random.nextBoolean() ? 0 : random.nextInt(60));
        refined = random.nextInt(3) == 0 ? refined.lateEvery(1 + random.nextInt(4)) : refined;
        boolean onSlices =
                refined.emptyHorizon() == 0 || refined.trigger().lateEvery() == 1; // as empty windows ask for
        refined = onSlices && random.nextInt(3) == 0 ? refined.discarding() : refined;
        refined = random.nextInt(8) == 0 ? refined.silent() : refined;
        refined = random.nextInt(3) == 0 ? refined.closing(ClosingBehavior.DISCARD) : refined;
        return random.nextInt(3) == 0 ? refined.inOrder() : refined;
    }

    private static WatermarkStrategy<Object> strategy(Random random) {
        WatermarkStrategy<Object> bounded = WatermarkStrategy.boundedOutOfOrderness(millis(random.nextInt(40)));
        return switch (random.nextInt(6)) {
            case 0 -> bounded.everyEvents(1 + random.nextInt(5));
            case 1 -> bounded.everyStep(millis(1 + random.nextInt(20)));
            case 2 -> WatermarkStrategy.punctuated(row -> 0);
            case 3 -> WatermarkStrategy.manual();
            default -> bounded;
        };
    }

    /** Rows around a rising line, in disorder, now and then far ahead; sometimes a command, or a source closes. */
    private static List<Step> steps(Random random, int sources, int count) {
        long origin = List.of(0L, -2_000L, Long.MIN_VALUE + 100, Long.MAX_VALUE - 10_000)
                .get(random.nextInt(4));
        int disorder = 1 + random.nextInt(120);
        int keys = 1 + random.nextInt(40);
        List<Step> steps = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            open.add(source);
        }
        long line = origin;
        for (int i = 0; i < count; i++) {
            line += random.nextInt(40) == 0 ? random.nextInt(400) : random.nextInt(3);
            long timestamp = line + random.nextInt(disorder);
            int source = open.get(random.nextInt(open.size()));
            int choice = random.nextInt(60);
            if (choice == 0) {
                steps.add(Step.advance(source, line));
            } else if (choice == 1 && open.size() > 1 && random.nextInt(4) == 0) {
                open.remove((Integer) source);
                steps.add(Step.close(source));
            } else {
                steps.add(Step.event(new Row(source, timestamp, random.nextInt(keys), timestamp - 5)));
            }
        }
        return steps;
    }

    private static void assertBatchesDoNotMatter(int rounds, int maxSources, Function<Random, List<Stream>> declare) {
        for (long seed = 0; seed < rounds; seed++) {
            Random random = Seeds.random(seed);
            List<Stream> streams = declare.apply(random).stream()
                    .map(each -> refined(each, random))
                    .toList();
            int sources = 1 + random.nextInt(maxSources);
            List<WatermarkStrategy<Object>> strategies = new ArrayList<>();
            for (int i = 0; i < sources; i++) {
                strategies.add(strategy(random));
            }
            List<Step> steps = steps(random, sources, 50 + random.nextInt(500));
            List<String> rowByRow = said(streams, strategies, steps, Seeds.random(seed), 1);
            for (int largest : new int[] {2, 7, 600}) {
                assertThat(said(streams, strategies, steps, Seeds.random(seed + largest), largest))
                        .as("seed %d, batches up to %d, %s", seed, largest, streams)
                        .isEqualTo(rowByRow);
            }
        }
    }

    private static List<String> said(
            List<Stream> streams,
            List<WatermarkStrategy<Object>> strategies,
            List<Step> steps,
            Random random,
            int largest) {
        ChainHarness harness = new ChainHarness();
        strategies.forEach(harness::source);
        streams.forEach(harness::stream);
        harness.run(steps, any -> 1 + random.nextInt(largest)).finish();
        assertThat(harness.failures).isEmpty();
        harness.said.add("watermark " + harness.tracker.watermark());
        for (StreamCounters stream : harness.streams) {
            harness.said.add(stream.name() + " " + stream.handedOn() + " = " + stream.aggregated() + " + "
                    + stream.late() + " + " + stream.unassigned() + ", missed " + stream.windowsMissed() + ", panes "
                    + stream.panes());
            assertThat(stream.handedOn()).isEqualTo(stream.aggregated() + stream.late() + stream.unassigned());
            assertThat(stream.liveEntries())
                    .as("%s after the end", stream.name())
                    .isZero();
            assertThat(stream.liveWindows()).isZero();
        }
        return harness.said;
    }

    @Test
    void tumbling_doesNotDependOnBatches() {
        assertBatchesDoNotMatter(80, 1, random -> List.of(tumbling(random)));
    }

    @Test
    void sliding_doesNotDependOnBatches() {
        assertBatchesDoNotMatter(80, 1, random -> List.of(sliding(random)));
    }

    @Test
    void slidingWithGaps_doesNotDependOnBatches() {
        assertBatchesDoNotMatter(80, 1, random -> List.of(gaps(random)));
    }

    @Test
    void sessions_doNotDependOnBatches() {
        assertBatchesDoNotMatter(80, 1, random -> List.of(sessions(random)));
    }

    @Test
    void manyStreamsAndSources_doNotDependOnBatches() {
        assertBatchesDoNotMatter(
                60,
                3,
                random -> List.of(
                        sessions(random),
                        gaps(random),
                        sliding(random),
                        tumbling(random),
                        global(random),
                        sessions(random)));
    }
}
