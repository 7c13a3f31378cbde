package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Windows without events, reported on request. */
class ReferenceEmptyWindowsTest {

    private static ReferenceModel<String, Integer> tens(long horizon) {
        return ReferenceModel.<String, Integer>tumbling(10, 0).emptyWindows(horizon);
    }

    @Test
    void keyWithoutEvents_isReportedUpToItsHorizon() {
        var model = tens(20);
        model.event(1, "a", 1);
        model.watermark(19);
        model.watermark(20);
        model.watermark(100);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [1] ON_TIME 0 last",
                        "2 a [10, 20) [] ON_TIME 0 last",
                        "3 a [20, 30) [] ON_TIME 0 last");
    }

    @Test
    void oneJump_givesTheSameAsManySteps() {
        var model = tens(20);
        model.event(1, "a", 1);
        model.event(51, "a", 2);
        model.watermark(100);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + "" + pane.values())
                .containsExactly("[0, 10)[1]", "[10, 20)[]", "[20, 30)[]", "[50, 60)[2]", "[60, 70)[]", "[70, 80)[]");
    }

    @Test
    void keysOfAnEmptyWindow_comeByFirstArrival_afterThoseWithEvents() {
        var model = tens(10);
        model.event(1, "a", 1);
        model.event(2, "b", 2);
        model.event(3, "c", 3);
        model.event(11, "b", 4);
        model.watermark(20);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + pane.key())
                .containsExactly("[0, 10)a", "[0, 10)b", "[0, 10)c", "[10, 20)b", "[10, 20)a", "[10, 20)c");
    }

    @Test
    void lateEventForAnEmptyWindow_givesTheNextNumber_andMovesTheHorizon() {
        var model = tens(10).allowedLateness(100);
        model.event(1, "a", 1);
        model.watermark(20);
        model.event(12, "a", 2);
        model.watermark(30);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [1] ON_TIME 0",
                        "1 a [10, 20) [] ON_TIME 0",
                        "2 a [10, 20) [2] LATE 1",
                        "3 a [20, 30) [] ON_TIME 0");
    }

    @Test
    void emptyWindow_hasHadItsEnd_soLateEventsAreCounted() {
        var model = tens(10).allowedLateness(100).lateEvery(2);
        model.event(1, "a", 1);
        model.watermark(20);
        model.event(12, "a", 2);
        model.event(13, "a", 3);

        assertThat(ExpectedTexts.of(model).subList(2, 3)).containsExactly("3 a [10, 20) [2, 3] LATE 1");
    }

    @Test
    void windowWithLateEventsOnly_startsAHorizonToo() {
        var model = tens(20).allowedLateness(100);
        model.watermark(15);
        model.event(1, "a", 1);
        model.watermark(40);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [0, 10) [1] LATE 0", "2 a [10, 20) [] ON_TIME 0", "2 a [20, 30) [] ON_TIME 0");
    }

    @Test
    void slidingWindowsWithGaps_areReportedAcrossThem() {
        var model = ReferenceModel.<String, Integer>sliding(2, 10, 0).emptyWindows(20);
        model.event(1, "a", 1);
        model.watermark(50);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + "" + pane.values())
                .containsExactly("[0, 2)[1]", "[10, 12)[]", "[20, 22)[]");
    }

    @Test
    void cumulatingWindows_areReportedEachByItself() {
        var model =
                ReferenceModel.<String, Integer>tumbling(10, 0).cumulating(6).emptyWindows(10);
        model.event(1, "a", 1);
        model.watermark(50);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + "" + pane.values())
                .containsExactly("[0, 6)[1]", "[0, 10)[1]", "[10, 16)[]", "[10, 20)[]");
    }

    @Test
    void nothingLastsForEver_atTheEndOfInput() {
        var model = tens(30);
        model.event(1, "a", 1);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).hasSize(4);
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void windowsThatAreNotAligned_orFireEarly_areRefused() {
        var sessions = ReferenceModel.<String, Integer>session(10).emptyWindows(10);
        assertThatThrownBy(() -> sessions.event(1, "a", 1)).isInstanceOf(IllegalStateException.class);
        var early = tens(10).earlyEvery(1);
        assertThatThrownBy(() -> early.event(1, "a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tens(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
