package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a window has expired nothing of it is in memory, and its key is forgotten. */
class ExpiryTest {

    static List<Stream> streams() {
        List<WindowAssigner<Object>> windows = List.of(
                Windows.tumbling(Duration.ofMillis(10)),
                Windows.sliding(Duration.ofMillis(60), Duration.ofMillis(10)),
                Windows.sliding(Duration.ofMillis(25), Duration.ofMillis(10)),
                Windows.sliding(Duration.ofMillis(4), Duration.ofMillis(10)),
                Windows.session(Duration.ofMillis(10)));
        return windows.stream()
                .map(each -> Stream.of("sums", each).lateness(30))
                .flatMap(each -> java.util.stream.Stream.of(
                        each,
                        each.by(KeyLocation.Kind.OBJECT),
                        each.by(KeyLocation.Kind.OBJECT).discarding().inOrder(),
                        each.by(KeyLocation.Kind.OBJECT).lateEvery(3),
                        each.lateEvery(3).closing(ClosingBehavior.DISCARD),
                        each.silent()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void afterExpiry_nothingIsLeft(Stream stream) {
        for (long seed = 0; seed < 30; seed++) {
            Random random = Seeds.random(seed);
            ChainHarness harness = new ChainHarness()
                    .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(20))).stream(stream);
            StreamCounters counters = harness.streams.get(0);
            long time = 0;
            for (int i = 0; i < 300; i++) {
                time += random.nextInt(4);
                harness.rows(Row.of(time - random.nextInt(70), random.nextInt(20), 1));
            }
            assertThat(counters.liveEntries()).isPositive();
            // without a further row: the last row's windows have ended at the latest 60 after it, and expire 30 later
            harness.chain.advanceTo(harness.sources.get(0), time + 60 + 30);
            assertThat(counters.liveEntries()).as("seed %d", seed).isZero();
            assertThat(counters.liveWindows()).as("seed %d", seed).isZero();
            assertThat(counters.oldestOpenEnd()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void stateStaysExactlyUntilTheLatenessIsOver() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(Stream.of("sums", Windows.tumbling(Duration.ofMillis(10)))
                        .lateness(5));
        StreamCounters counters = harness.streams.get(0);
        harness.rows(Row.of(3, 1, 1));
        assertThat(counters.liveWindows()).isEqualTo(1);
        assertThat(counters.oldestOpenEnd()).isEqualTo(10);
        harness.chain.advanceTo(harness.sources.get(0), 14);
        harness.rows(Row.of(3, 1, 1));
        assertThat(counters.liveWindows()).as("closed").isZero();
        assertThat(counters.liveEntries())
                .as("contents and the number of panes")
                .isEqualTo(2);
        harness.chain.advanceTo(harness.sources.get(0), 15);
        harness.rows(Row.of(3, 1, 1));
        assertThat(counters.liveEntries()).isZero();
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [0,10) ON_TIME0 1:1",
                        "sums 1 [0,10) LATE1 2:2",
                        "LateEvent[sums from s0, LATE, timestamp 3, missed [0, 10), watermark 15] 1[1]");
    }

    @Test
    void contentsAreFreed_atTheVeryWatermarkAndNotAtTheNextWindowEnd() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(Stream.of("sums", Windows.tumbling(Duration.ofMillis(10)))
                        .lateness(5));
        harness.rows(Row.of(3, 1, 1));
        harness.chain.advanceTo(harness.sources.get(0), 14);
        assertThat(harness.streams.get(0).liveEntries()).isEqualTo(1);
        harness.chain.advanceTo(harness.sources.get(0), 15);
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }

    @Test
    void numbersOfPanesAreFreed_atTheVeryWatermarkAndNotAtTheNextWindowEnd() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(
                        Stream.of("sums", Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
                                .lateness(5));
        harness.chain.advanceTo(harness.sources.get(0), 14);
        harness.rows(Row.of(3, 1, 1));
        assertThat(harness.take()).containsExactly("sums 1 [-20,10) LATE0 1:1");
        long withPaneNumber = harness.streams.get(0).liveEntries();
        harness.chain.advanceTo(harness.sources.get(0), 15);
        assertThat(harness.streams.get(0).liveEntries()).isEqualTo(withPaneNumber - 1);
    }

    @Test
    void liveWindows_areThoseThatHoldSomething() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(
                        Stream.of("sliding", Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10))))
                        .stream(Stream.of("sessions", Windows.session(Duration.ofMillis(10))))
                        .stream(Stream.of("global", Windows.global()));
        harness.rows(Row.of(5, 1, 1), Row.of(15, 2, 1), Row.of(10_005, 1, 1));
        assertThat(harness.streams).extracting(StreamCounters::liveWindows).containsExactly(4L + 3, 3L, 1L);
        harness.chain.advanceTo(harness.sources.get(0), 20);
        assertThat(harness.streams).extracting(StreamCounters::liveWindows).containsExactly(2L + 3, 2L, 1L);
        assertThat(harness.streams).extracting(StreamCounters::oldestOpenEnd).containsExactly(30L, 25L, Long.MAX_VALUE);
    }
}
