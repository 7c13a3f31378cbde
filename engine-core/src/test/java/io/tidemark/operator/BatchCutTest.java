package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A window that begins within a batch, and ends as early as it can, closes at the very row that lifts the watermark to its end. */
class BatchCutTest {

    /** W lies 100 behind the newest timestamp; allowed lateness 50. */
    private static ChainHarness harness(WindowAssigner<Object> windows) {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(100))).stream(
                        Stream.of("w", windows).lateness(50));
        harness.rows(Row.of(100, 1, 1)); // W = 0
        return harness;
    }

    @Test
    void aSessionThatBeginsAtTheWatermark_closesAGapLater() {
        ChainHarness harness = harness(Windows.session(Duration.ofMillis(10)));
        harness.batch(List.of(Row.of(0, 2, 1), Row.of(110, 3, 1), Row.of(5, 2, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,10) ON_TIME0 1:1");
    }

    @Test
    void aSessionThatIsCut_closesWhereTheNextBegins() {
        ChainHarness harness = harness(Windows.session(Duration.ofMillis(10), Duration.ofMillis(12)));
        harness.rows(Row.of(4, 2, 1));
        harness.batch(List.of(Row.of(1, 2, 1), Row.of(104, 3, 1), Row.of(2, 2, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [1,4) ON_TIME0 1:1", "w 2 [1,4) LATE1 2:2");
    }

    @Test
    void anAssignedWindowOfOneUnit_closesAUnitLater() {
        ChainHarness harness =
                harness(Windows.custom((timestamp, input, windows) -> windows.add(timestamp, timestamp + 1)));
        harness.batch(List.of(Row.of(0, 2, 1), Row.of(101, 3, 1), Row.of(0, 2, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,1) ON_TIME0 1:1", "w 2 [0,1) LATE1 2:2");
    }

    @Test
    void aWindowThatEndsWithItsEvent_closesAUnitLater() {
        ChainHarness harness = harness(Windows.following(Duration.ofMillis(10)));
        harness.batch(List.of(Row.of(0, 2, 1), Row.of(101, 3, 1), Row.of(0, 2, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [-10,1) ON_TIME0 1:1", "w 2 [-10,1) LATE1 2:2");
    }
}
