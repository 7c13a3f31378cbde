package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The order of what one watermark step gives: window end, then start, then streams as added, then keys. */
class OperatorChainOrderTest {
    private static final WindowAssigner<Object> TENS = Windows.tumbling(Duration.ofMillis(10));

    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());

    private void advance(long watermark) {
        harness.chain.advanceTo(harness.sources.get(0), watermark);
    }

    @Test
    void endThenStartThenStream() {
        harness.stream(Stream.of("wide", Windows.tumbling(Duration.ofMillis(20)))).stream(
                Stream.of("sessions", Windows.session(Duration.ofMillis(6))))
                .stream(Stream.of("narrow", TENS))
                .stream(Stream.of("again", TENS));
        harness.rows(Row.of(14, 1, 1), Row.of(3, 1, 1));
        advance(30);
        assertThat(harness.take())
                .containsExactly(
                        "sessions 1 [3,9) ON_TIME0 last 1:1",
                        "narrow 1 [0,10) ON_TIME0 last 1:1",
                        "again 1 [0,10) ON_TIME0 last 1:1",
                        "wide 1 [0,20) ON_TIME0 last 2:2",
                        "narrow 1 [10,20) ON_TIME0 last 1:1",
                        "again 1 [10,20) ON_TIME0 last 1:1",
                        "sessions 1 [14,20) ON_TIME0 last 1:1");
    }

    @Test
    void theOrderDoesNotDependOnHowTheWatermarkGotThere() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            List<Row> rows = IntStream.range(0, 60)
                    .mapToObj(i -> Row.of(random.nextInt(200), random.nextInt(5), 1))
                    .toList();
            ChainHarness atOnce = declared();
            ChainHarness inSteps = declared();
            rows.forEach(atOnce::rows);
            rows.forEach(inSteps::rows);
            for (long watermark = 0; watermark < 300; watermark += 1 + random.nextInt(5)) {
                inSteps.chain.advanceTo(inSteps.sources.get(0), watermark);
            }
            assertThat(inSteps.finish().said).as("seed %d", seed).isEqualTo(atOnce.finish().said);
        }
    }

    private static ChainHarness declared() {
        return new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(
                        Stream.of("a", Windows.sliding(Duration.ofMillis(25), Duration.ofMillis(10)))
                                .inOrder())
                        .stream(Stream.of("b", TENS).inOrder())
                        .stream(Stream.of("c", Windows.session(Duration.ofMillis(10)))
                                .inOrder())
                        .stream(Stream.of("d", Windows.sliding(Duration.ofMillis(5), Duration.ofMillis(10)))
                        .inOrder());
    }

    @Test
    void anEventIsAdded_beforeTheWatermarkItCauses() {
        ChainHarness ascending = new ChainHarness()
                        .source(WatermarkStrategy.punctuated(row -> 0)) // the value column
                        .stream(Stream.of("sums", TENS));
        ascending.batch(List.of(Row.of(3, 1, 5), Row.of(4, 1, 10), Row.of(5, 1, 11)), 0);
        assertThat(ascending.take())
                .containsExactly(
                        "sums 1 [0,10) ON_TIME0 last 2:15",
                        "LateEvent[sums from s0, LATE, timestamp 5, missed [0, 10), watermark 10] 1[11]");
    }

    @Test
    void ordered_isByFirstArrivalInTheWindow() {
        harness.stream(Stream.of("sums", TENS).inOrder());
        List<Row> rows = IntStream.range(0, 500)
                .mapToObj(i -> Row.of(3, (i * 7919L) % 401, 1))
                .toList();
        harness.batch(rows, 0);
        advance(10);
        assertThat(harness.take())
                .extracting(line -> Long.parseLong(line.split(" ")[1]))
                .containsExactlyElementsOf(
                        rows.stream().map(Row::key).distinct().toList());
    }

    @Test
    void ordered_overSeveralSlices_isByTheEarliestArrivalInAny() {
        harness.stream(Stream.of("sums", Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
                .inOrder());
        harness.rows(
                Row.of(25, 7, 1),
                Row.of(15, 8, 1),
                Row.of(5, 9, 1),
                Row.of(5, 7, 1),
                Row.of(15, 6, 1),
                Row.of(25, 5, 1));
        advance(30);
        assertThat(harness.take().stream().filter(line -> line.contains("[0,30)")))
                .extracting(line -> line.split(" ")[1])
                .containsExactly("7", "8", "9", "6", "5");
    }

    @Test
    void ordered_sessionsOfTheSameBounds_areByTheEarliestArrivalInEach() {
        harness.stream(Stream.of("sums", Windows.session(Duration.ofMillis(60))).inOrder());
        // the session of key 1 began with the very first row, though later rows set its bounds and bridged it
        harness.rows(
                Row.of(200, 1, 1),
                Row.of(100, 2, 1),
                Row.of(150, 2, 1),
                Row.of(200, 2, 1),
                Row.of(100, 1, 1),
                Row.of(150, 1, 1));
        advance(1_000);
        assertThat(harness.take())
                .containsExactly("sums 1 [100,260) ON_TIME0 last 3:3", "sums 2 [100,260) ON_TIME0 last 3:3");
    }
}
