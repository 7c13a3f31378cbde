package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.TimeWindow;
import org.junit.jupiter.api.Test;

/** What a merge does to firings, and sessions with a gap per event or a longest length. */
class ReferenceSessionsTest {

    @Test
    void merge_addsTheCountsUp_andFiresAtOnceWhenTheyReachTheNumber() {
        var model = ReferenceModel.<String, Integer>session(10).earlyEvery(3);
        model.event(0, "a", 1);
        model.event(20, "a", 2);
        model.event(10, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("2 a [0, 30) [1, 2, 3] EARLY 0", "3 a [0, 30) [1, 2, 3] ON_TIME 1 last");
    }

    @Test
    void mergeWithEndedPart_thatEndsLater_isOpenAgain() {
        var model =
                ReferenceModel.<String, Integer>session(10).allowedLateness(100).lateEvery(9);
        model.event(0, "a", 1);
        model.watermark(10);
        model.event(8, "a", 2); // [0, 18)
        model.watermark(18);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [0, 10) [1] ON_TIME 0", "3 a [0, 18) [1, 2] ON_TIME 0 for [0, 10)");
    }

    @Test
    void mergeOfEndedParts_thatEndsNoLater_firesLateByCount() {
        var model =
                ReferenceModel.<String, Integer>session(10).allowedLateness(100).lateEvery(2);
        model.event(0, "a", 1);
        model.event(20, "a", 2);
        model.watermark(30);
        model.event(10, "a", 3); // one new event in [0, 30)
        model.event(11, "a", 4);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [0, 10) [1] ON_TIME 0",
                        "2 a [20, 30) [2] ON_TIME 0",
                        "4 a [0, 30) [1, 2, 3, 4] LATE 0 for [0, 10) [20, 30)");
    }

    @Test
    void mergedSession_isAsOldAsItsOldestPart() {
        var model = ReferenceModel.<String, Integer>session(10);
        model.event(0, "a", 1);
        model.event(0, "b", 2);
        model.event(20, "a", 3);
        model.event(10, "b", 4);
        model.event(20, "b", 5);
        model.event(10, "a", 6);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("6 a [0, 30) [1, 3, 6] ON_TIME 0 last", "6 b [0, 30) [2, 4, 5] ON_TIME 0 last");
    }

    @Test
    void mergedSession_showsWhatIsNewInOrderOfArrival() {
        var model = ReferenceModel.<String, Integer>session(10).discarding();
        model.event(20, "a", 1);
        model.event(0, "a", 2);
        model.event(21, "a", 3);
        model.event(10, "a", 4);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("4 a [0, 31) [1, 2, 3, 4] ON_TIME 0 last");
    }

    @Test
    void mergeThatEndsNoLaterThanTheWatermark_startsLate_whateverThePartsWere() {
        var model =
                ReferenceModel.<String, Integer>session(10).repeatedlyEvery(2).allowedLateness(100);
        model.event(0, "a", 1);
        model.watermark(20);
        model.event(5, "a", 2);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [0, 15) [1, 2] LATE 0");
    }

    @Test
    void mergedSession_keepsTheEarliestClock() {
        var model = ReferenceModel.<String, Integer>session(10).earlyClock(100);
        model.event(0, "a", 1);
        model.clock(50);
        model.event(15, "a", 2);
        model.event(8, "a", 3); // joins both; due at 100 still
        model.clock(100);

        assertThat(ExpectedTexts.of(model)).containsExactly("4 a [0, 25) [1, 2, 3] EARLY 0");
    }

    @Test
    void mergedSession_isArmedForItsOwnBoundaries() {
        var model = ReferenceModel.<String, Integer>session(10).earlyStep(7);
        model.event(5, "a", 1); // due at 12
        model.event(0, "a", 2); // [0, 15): due at 7
        model.watermark(7);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [0, 15) [1, 2] EARLY 0");
    }

    @Test
    void gapOfEachEvent_opensItsOwnSpan() {
        var model = ReferenceModel.<String, Integer>sessionBy(0);
        model.event(0, "a", 1, 5);
        model.event(6, "a", 2, 20);
        model.event(7, "a", 3, 1); // inside [6, 26)
        model.event(4, "a", 4, 2); // [4, 6) touches both
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("4 a [0, 26) [1, 2, 3, 4] ON_TIME 0 last");
    }

    @Test
    void longGap_takesInTheSessionsThatEndBeforeIt() {
        var model = ReferenceModel.<String, Integer>sessionBy(0);
        model.event(20, "a", 1, 10);
        model.event(40, "a", 2, 10);
        model.event(0, "a", 3, 100);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("3 a [0, 100) [1, 2, 3] ON_TIME 0 last");
    }

    @Test
    void gapThatIsNotPositive_makesTheEventFail() {
        var model = ReferenceModel.<String, Integer>sessionBy(0);
        model.event(0, "a", 1, 0);
        model.event(0, "a", 1, -4);

        assertThat(model.failed()).containsExactly(0, 1);
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void longestSession_isNeverExceeded_andTheNextBeginsAtItsEnd() {
        var model = ReferenceModel.<String, Integer>session(10, 15);
        for (int i = 0; i < 4; i++) {
            model.event(5L * i, "a", i); // 15 lies at the end of [0, 15)
        }
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("4 a [0, 15) [0, 1, 2] ON_TIME 0 last", "4 a [15, 25) [3] ON_TIME 0 last");
    }

    @Test
    void longestSession_thatAnEventTouches_takesItWhileThereIsRoom() {
        var model = ReferenceModel.<String, Integer>session(10, 15);
        model.event(0, "a", 1);
        model.event(10, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [0, 15) [1, 2] ON_TIME 0 last");
    }

    @Test
    void sessionsTooLongTogether_stayApart_andTheEarlierEndsWhereTheLaterBegins() {
        var model = ReferenceModel.<String, Integer>session(10, 15);
        model.event(6, "a", 1); // [6, 16)
        model.event(0, "a", 2); // would be [0, 16)
        model.event(6, "a", 3); // in the later one, though at the end of the earlier
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("3 a [0, 6) [2] ON_TIME 0 last", "3 a [6, 16) [1, 3] ON_TIME 0 last");
    }

    @Test
    void sessionsJustLongEnoughTogether_becomeOne() {
        var model = ReferenceModel.<String, Integer>session(10, 15);
        model.event(5, "a", 1);
        model.event(0, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [0, 15) [1, 2] ON_TIME 0 last");
    }

    @Test
    void eventCutOffByTheSessionAfterIt_isLateByTheBoundsThatRemain() {
        var model = ReferenceModel.<String, Integer>session(10, 15);
        model.event(6, "a", 1);
        model.watermark(6);
        model.event(0, "a", 2); // [0, 6), expired at 6

        assertThat(model.late()).containsExactly(new ExpectedLate(2, new TimeWindow(0, 6), 6));
    }

    @Test
    void longestSession_atTheEndOfTime_isCutOffThere() {
        var model = ReferenceModel.<String, Integer>session(10, Long.MAX_VALUE);
        model.event(Long.MIN_VALUE + 1, "a", 1);
        model.event(Long.MAX_VALUE - 1, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(ExpectedPane::window)
                .containsExactly(
                        new TimeWindow(Long.MIN_VALUE + 1, Long.MIN_VALUE + 11),
                        new TimeWindow(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void misuse_isRefused() {
        assertThatThrownBy(() -> ReferenceModel.session(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.sessionBy(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
