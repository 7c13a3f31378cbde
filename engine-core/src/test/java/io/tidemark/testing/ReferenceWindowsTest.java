package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.TimeWindow;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Windows that grow inside another, whose size comes with the event, or that the user assigns. */
class ReferenceWindowsTest {

    @Test
    void cumulatingWindows_growStepByStep_untilTheWholeEnds() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).cumulating(4);
        model.event(-10, "a", 1);
        model.event(-6, "a", 2);
        model.event(-1, "a", 3);
        model.watermark(-2);
        model.watermark(0);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "3 a [-10, -6) [1] ON_TIME 0 last",
                        "3 a [-10, -2) [1, 2] ON_TIME 0 last",
                        "4 a [-10, 0) [1, 2, 3] ON_TIME 0 last");
    }

    @Test
    void stepAsLongAsTheWindow_isTheWindow() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 3).cumulating(10);
        model.event(4, "a", 1);
        model.watermark(13);

        assertThat(ExpectedTexts.of(model)).containsExactly("1 a [3, 13) [1] ON_TIME 0 last");
    }

    @Test
    void cumulatingWindowsAtTheEndOfTime_areCutOffThere() {
        // the last window of the grid of ten begins 7 before the end
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).cumulating(4);
        model.event(Long.MAX_VALUE - 1, "a", 1);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(ExpectedPane::window)
                .containsExactly(new TimeWindow(Long.MAX_VALUE - 7, Long.MAX_VALUE));
    }

    @Test
    void sizeOfEachEvent_makesItsWindow() {
        var model = ReferenceModel.<String, Integer>tumblingBy();
        model.event(-1, "a", 1, 10);
        model.event(-1, "b", 2, 3);
        model.event(-1, "c", 3, 0);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("3 a [-10, 0) [1] ON_TIME 0 last", "3 b [-3, 0) [2] ON_TIME 0 last");
        assertThat(model.failed()).containsExactly(2);
    }

    @Test
    void assignedWindows_fireByEndThenStart_andOneGivenTwiceCountsOnce() {
        var model = ReferenceModel.<String, Integer>assigned(at -> List.of(
                        new TimeWindow(at, at + 5),
                        new TimeWindow(at - 5, at + 5),
                        new TimeWindow(at, at + 1),
                        new TimeWindow(at, at + 5)))
                .earlyEvery(1);
        model.event(0, "a", 1);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("0 a [0, 1) [1] EARLY 0", "0 a [-5, 5) [1] EARLY 0", "0 a [0, 5) [1] EARLY 0");
    }

    @Test
    void badAssignment_makesTheEventFail_andNothingElse() {
        var model = ReferenceModel.<String, Integer>assigned(at -> switch ((int) at) {
            case 0 -> List.of(new TimeWindow(1, 5));
            case 1 ->
                LongStream.rangeClosed(2, 1_002)
                        .mapToObj(end -> new TimeWindow(0, end))
                        .toList();
            case 2 -> throw new IllegalArgumentException("no window today");
            case 3 -> List.of();
            default ->
                LongStream.rangeClosed(5, 1_004)
                        .mapToObj(end -> new TimeWindow(0, end))
                        .toList();
        });
        for (int at = 0; at <= 4; at++) {
            model.event(at, "a", at);
        }

        assertThat(model.failed()).containsExactly(0, 1, 2);
        assertThat(model.unassigned()).containsExactly(3);
        assertThat(model.liveWindows()).isEqualTo(1_000);
    }

    @Test
    void failedEvent_movesTheWatermarkAllTheSame() {
        var model = ReferenceModel.<String, Integer>tumblingBy().boundedOutOfOrderness(0);
        model.event(9, "a", 1, 10);
        model.event(10, "a", 2, -1);

        assertThat(ExpectedTexts.of(model)).containsExactly("1 a [0, 10) [1] ON_TIME 0 last");
    }
}
