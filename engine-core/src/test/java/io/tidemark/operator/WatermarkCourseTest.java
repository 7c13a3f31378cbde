package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that ends in the midst of a run is closed behind it: rows of the run that come after its end must not find it. */
class WatermarkCourseTest {
    private static final int SOURCE = 0;
    private static final int OTHER = 1;

    /** Key 2 has the session [0, 10), and W is 5, 100 behind the newest timestamp. */
    private static ChainHarness harness() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(100))).stream(
                        Stream.of("w", Windows.session(Duration.ofMillis(10))));
        harness.rows(row(100, 1), row(0, 2), row(105, 1));
        return harness;
    }

    private static Row row(long timestamp, long key) {
        return Row.of(timestamp, key, 1);
    }

    @Test
    void aRowThatTouchesAnEndedSession_beginsAnother() {
        ChainHarness harness = harness();
        harness.batch(List.of(row(110, 1), row(10, 2), row(14, 2), row(125, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,10) ON_TIME0 last 1:1", "w 2 [10,24) ON_TIME0 last 2:2");
    }

    @Test
    void aRowThatTouchesASessionBeforeItsEnd_joinsIt() {
        ChainHarness harness = harness();
        harness.batch(List.of(row(109, 1), row(10, 2), row(110, 1), row(130, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,20) ON_TIME0 last 2:2");
    }

    @Test
    void aRowInASessionThatHasEnded_beginsAnother() {
        ChainHarness harness = harness();
        harness.batch(List.of(row(112, 1), row(8, 2), row(130, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,10) ON_TIME0 last 1:1", "w 2 [8,18) ON_TIME0 last 1:1");
    }

    @Test
    void aRowBetweenAnEndedSessionAndANewerOne_touchesTheNewerAlone() {
        ChainHarness harness = harness();
        harness.rows(row(20, 2));
        harness.batch(List.of(row(110, 1), row(10, 2), row(130, 1)), 0);
        assertThat(harness.take()).containsExactly("w 2 [0,10) ON_TIME0 last 1:1", "w 2 [10,30) ON_TIME0 last 2:2");
    }

    @Test
    void aSessionThatAnotherSourceKeepsOpen_isJoined() {
        ChainHarness harness = harness().source(WatermarkStrategy.boundedOutOfOrderness(Duration.ZERO));
        harness.rows(new Row(OTHER, 7, 1, 1));
        harness.batch(List.of(new Row(SOURCE, 112, 1, 1), new Row(SOURCE, 8, 2, 1), new Row(SOURCE, 130, 1, 1)), 0);
        harness.rows(new Row(OTHER, 18, 3, 1));
        assertThat(harness.take()).containsExactly("w 1 [7,17) ON_TIME0 last 1:1", "w 2 [0,18) ON_TIME0 last 2:2");
    }

    @Test
    void aSecondStream_seesTheSameCourse() {
        ChainHarness harness = new ChainHarness()
                .source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(100))).stream(
                        Stream.of("a", Windows.session(Duration.ofMillis(10))))
                        .stream(Stream.of("b", Windows.session(Duration.ofMillis(10))));
        harness.rows(row(100, 1), row(0, 2), row(0, 3), row(105, 1));
        harness.batch(List.of(row(10, 2), row(110, 1), row(10, 3), row(130, 1)), 0);
        assertThat(harness.take())
                .containsExactly(
                        "a 3 [0,10) ON_TIME0 last 1:1",
                        "b 3 [0,10) ON_TIME0 last 1:1",
                        "a 2 [0,20) ON_TIME0 last 2:2",
                        "b 2 [0,20) ON_TIME0 last 2:2",
                        "a 3 [10,20) ON_TIME0 last 1:1",
                        "b 3 [10,20) ON_TIME0 last 1:1");
    }
}
