package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.TimeWindow;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows that follow the events of a key. */
class ReferenceFollowingTest {

    private static ReferenceModel<String, Integer> tenBack() {
        return ReferenceModel.following(10);
    }

    @Test
    void everyCombinationOfNeighbours_isOneWindow() {
        var model = tenBack();
        model.event(0, "a", 0);
        model.event(6, "a", 6);
        model.event(12, "a", 12);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "3 a [-10, 1) [0] ON_TIME 0 last",
                        "3 a [-4, 7) [0, 6] ON_TIME 0 last",
                        "3 a [1, 12) [6] ON_TIME 0 last",
                        "3 a [2, 13) [6, 12] ON_TIME 0 last",
                        "3 a [7, 18) [12] ON_TIME 0 last");
    }

    @Test
    void eventsExactlyTheDifferenceApart_shareAWindow() {
        var model = tenBack();
        model.event(0, "a", 1);
        model.event(10, "a", 2);
        model.event(21, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + "" + pane.values())
                .containsExactly("[-10, 1)[1]", "[0, 11)[1, 2]", "[1, 12)[2]", "[11, 22)[3]");
    }

    @Test
    void eventInDisorder_fillsTheWindowsAroundIt_andDefinesThoseOfItsOwn() {
        var model = tenBack();
        model.event(12, "a", 12);
        model.event(6, "a", 6); // [-4, 7) and, with 12 in it, [7, 18); 12's own [2, 13) takes it
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [-4, 7) [6] ON_TIME 0 last",
                        "2 a [2, 13) [12, 6] ON_TIME 0 last",
                        "2 a [7, 18) [12] ON_TIME 0 last");
    }

    @Test
    void twoEventsOfOneTime_defineOneWindow() {
        var model = tenBack();
        model.event(5, "a", 1);
        model.event(5, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [-5, 6) [1, 2] ON_TIME 0 last");
    }

    @Test
    void event_isLateOnlyWhenTheLastWindowItCouldLieInIsExpired() {
        var model = tenBack().allowedLateness(2);
        model.watermark(12);
        model.event(0, "a", 1); // [0, 11) expires at 13; its own ended at 1
        model.watermark(13);
        model.event(0, "a", 2);

        assertThat(model.late()).containsExactly(new ExpectedLate(3, new TimeWindow(0, 11), 13));
        assertThat(model.windowsMissed()).containsExactly(Map.entry(1, 1));
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void eventWhoseOwnWindowIsExpired_countsInThoseThatOthersDefine() {
        var model = tenBack();
        model.event(9, "a", 9);
        model.watermark(5);
        model.event(3, "a", 3); // [-7, 4) is expired, [-1, 10) takes it, [4, 15) comes to be
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("3 a [-1, 10) [9, 3] ON_TIME 0 last", "3 a [4, 15) [9] ON_TIME 0 last");
    }

    @Test
    void windowRightAfterAnEvent_comesToBeOneUnitAfterTheEventsLastWindow() {
        var model = tenBack();
        model.event(0, "a", 0);
        model.watermark(11); // [0, 11) is expired, [1, 12) is not
        model.event(5, "a", 5);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [-10, 1) [0] ON_TIME 0 last", "3 a [1, 12) [5] ON_TIME 0 last");
    }

    @Test
    void windowBornLate_givesItsPaneAtOnce() {
        var model = tenBack().allowedLateness(100);
        model.event(30, "a", 1);
        model.watermark(50);
        model.event(25, "a", 2);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [20, 31) [1] ON_TIME 0",
                        "2 a [15, 26) [2] LATE 0",
                        "2 a [20, 31) [1, 2] LATE 1",
                        "2 a [26, 37) [1] LATE 0");
    }

    @Test
    void keys_doNotMeet() {
        var model = tenBack();
        model.event(0, "a", 1);
        model.event(5, "b", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).extracting(ExpectedPane::values).allMatch(values -> values.size() == 1);
    }

    @Test
    void windowsAtTheEndsOfTime_areCutOffThere() {
        var model = tenBack();
        model.event(Long.MIN_VALUE + 1, "a", 1);
        model.event(Long.MAX_VALUE - 1, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(ExpectedPane::window)
                .containsExactly(
                        new TimeWindow(Long.MIN_VALUE, Long.MIN_VALUE + 2),
                        new TimeWindow(Long.MAX_VALUE - 11, Long.MAX_VALUE));
    }

    @Test
    void negativeDifference_isRefused() {
        assertThatThrownBy(() -> ReferenceModel.following(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
