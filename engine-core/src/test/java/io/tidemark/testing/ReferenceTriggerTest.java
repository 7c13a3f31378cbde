package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When the model gives panes, beyond what the recorded scenarios show. */
class ReferenceTriggerTest {

    private static ReferenceModel<String, Integer> tens() {
        return ReferenceModel.tumbling(10, 0);
    }

    @Test
    void earlyAndLateCounts_countAfreshFromPaneToPane() {
        var model = tens().allowedLateness(10).earlyEvery(2).lateEvery(2);
        for (int i = 0; i < 5; i++) {
            model.event(i, "a", i);
        }
        model.watermark(10);
        model.event(1, "a", 5);
        model.event(1, "a", 6);
        model.event(1, "a", 7);
        model.watermark(20);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [0, 1] EARLY 0",
                        "3 a [0, 10) [0, 1, 2, 3] EARLY 1",
                        "5 a [0, 10) [0, 1, 2, 3, 4] ON_TIME 2",
                        "7 a [0, 10) [0, 1, 2, 3, 4, 5, 6] LATE 3",
                        "9 a [0, 10) [0, 1, 2, 3, 4, 5, 6, 7] LATE 4 last");
    }

    @Test
    void windowBornLate_firesAtOnce_thenByCount() {
        var model = tens().allowedLateness(10).lateEvery(3);
        model.watermark(10);
        model.event(1, "a", 1);
        model.event(1, "a", 2);
        model.watermark(20);

        assertThat(ExpectedTexts.of(model)).containsExactly("1 a [0, 10) [1] LATE 0", "3 a [0, 10) [1, 2] LATE 1 last");
    }

    @Test
    void endWithNothingNew_givesAnEmptyPaneWhenDiscarding() {
        var model = tens().earlyEvery(1).discarding().allowedLateness(5);
        model.event(1, "a", 1);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model)).containsExactly("0 a [0, 10) [1] EARLY 0", "1 a [0, 10) [] ON_TIME 1");
    }

    @Test
    void endWithNothingNew_usesTheChanceUp_ifOnlyNewsAreWanted() {
        var model =
                tens().earlyEvery(1).onTime(OnTimeBehavior.FIRE_IF_NON_EMPTY).allowedLateness(5);
        model.event(1, "a", 1);
        model.watermark(10);
        model.event(2, "a", 2);
        model.watermark(15);

        assertThat(ExpectedTexts.of(model)).containsExactly("0 a [0, 10) [1] EARLY 0", "2 a [0, 10) [1, 2] LATE 1");
    }

    @Test
    void closingAlways_givesALastPaneWithoutNews_andOnlyOneInAStep() {
        var model = tens().closing(ClosingBehavior.FIRE_ALWAYS).allowedLateness(5);
        model.event(1, "a", 1);
        model.event(11, "a", 2);
        model.watermark(10);
        model.watermark(25);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [0, 10) [1] ON_TIME 0", "3 a [0, 10) [1] LATE 1 last", "3 a [10, 20) [2] ON_TIME 0 last");
    }

    @Test
    void closingAlways_givesTheOnTimePaneThatTheEndAloneWouldNot() {
        var model =
                tens().earlyEvery(1).onTime(OnTimeBehavior.FIRE_IF_NON_EMPTY).closing(ClosingBehavior.FIRE_ALWAYS);
        model.event(1, "a", 1);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("0 a [0, 10) [1] EARLY 0", "1 a [0, 10) [1] ON_TIME 1 last");
    }

    @Test
    void closingDiscard_losesWhatNoPaneHasShown() {
        var model = tens().repeatedlyEvery(2).closing(ClosingBehavior.DISCARD);
        model.event(1, "a", 1);
        model.event(2, "a", 2);
        model.event(3, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("1 a [0, 10) [1, 2] EARLY 0");
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void repeatedly_passesTheEndInSilence_andGivesOneOnTimePaneAfterIt() {
        var model = tens().repeatedlyEvery(2).allowedLateness(10);
        model.event(1, "a", 1);
        model.watermark(10);
        model.event(2, "a", 2);
        model.event(3, "a", 3);
        model.event(4, "a", 4);
        model.event(5, "a", 5);
        model.watermark(20);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [0, 10) [1, 2] ON_TIME 0",
                        "4 a [0, 10) [1, 2, 3, 4] LATE 1",
                        "6 a [0, 10) [1, 2, 3, 4, 5] LATE 2 last");
    }

    @Test
    void repeatedly_owesAnOnTimePaneAtTheExpiry_ifItHadNone() {
        var model = tens().repeatedlyEvery(1);
        model.event(1, "a", 1);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("0 a [0, 10) [1] EARLY 0", "1 a [0, 10) [1] ON_TIME 1 last");
    }

    @Test
    void never_givesThePaneOfItsClosingBehavior() {
        var model = tens().never().closing(ClosingBehavior.FIRE_IF_NON_EMPTY).allowedLateness(5);
        model.event(1, "a", 1);
        model.watermark(14);
        assertThat(model.panes()).isEmpty();
        model.watermark(15);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [0, 10) [1] ON_TIME 0 last");
    }

    @Test
    void stepOfEventTime_firesOnceAnAdvance_andWaitsForTheNextBoundaryWithNews() {
        var model = tens().earlyStep(3);
        model.event(1, "a", 1); // due at 3
        model.watermark(2);
        model.watermark(3);
        model.watermark(6); // nothing new
        model.event(7, "a", 2); // due at 9
        model.watermark(8);
        model.watermark(9);
        model.event(9, "a", 3); // 12 is beyond the end
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [0, 10) [1] EARLY 0",
                        "6 a [0, 10) [1, 2] EARLY 1",
                        "8 a [0, 10) [1, 2, 3] ON_TIME 2 last");
    }

    @Test
    void stepOfEventTime_onAJumpOverSeveralBoundaries_firesOnce() {
        var model = tens().earlyStep(2);
        model.event(1, "a", 1);
        model.watermark(7);
        model.event(8, "a", 2);
        model.watermark(20);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [0, 10) [1] EARLY 0", "3 a [0, 10) [1, 2] ON_TIME 1 last");
    }

    @Test
    void stepOfEventTime_belowZero_countsFromTheStart() {
        var model = tens().repeatedlyStep(4);
        model.event(-9, "a", 1);
        model.watermark(-7);
        assertThat(model.panes()).isEmpty();
        model.watermark(-6);

        assertThat(ExpectedTexts.of(model)).containsExactly("2 a [-10, 0) [1] EARLY 0");
    }

    @Test
    void clock_firesSoLongAfterTheFirstNewEvent_atItsReadingAndNotBefore() {
        var model = tens().earlyClock(100);
        model.clockAtEvents(50);
        model.event(1, "a", 1); // due at 150
        model.clockAtEvents(140);
        model.event(2, "a", 2);
        model.clock(149);
        model.clock(150);
        model.clock(400); // nothing new
        model.event(3, "a", 3); // due at 500
        model.watermark(10);
        model.clock(500);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("3 a [0, 10) [1, 2] EARLY 0", "6 a [0, 10) [1, 2, 3] ON_TIME 1 last");
    }

    @Test
    void clock_afterTheEnd_firesRepeatedlyButNotEarly() {
        var early = tens().earlyClock(5).lateEvery(9).allowedLateness(100);
        var repeatedly = tens().repeatedlyClock(5).allowedLateness(100);
        for (var model : List.of(early, repeatedly)) {
            model.event(1, "a", 1);
            model.watermark(10);
            model.event(2, "a", 2);
            model.clock(5);
        }

        assertThat(ExpectedTexts.of(early)).containsExactly("1 a [0, 10) [1] ON_TIME 0");
        assertThat(ExpectedTexts.of(repeatedly)).containsExactly("3 a [0, 10) [1, 2] ON_TIME 0");
    }

    @Test
    void clockThatWouldOverflow_staysAtTheEnd() {
        var model = tens().repeatedlyClock(Long.MAX_VALUE);
        model.clock(7);
        model.event(1, "a", 1);
        model.clock(Long.MAX_VALUE - 1);
        assertThat(model.panes()).isEmpty();
        model.clock(Long.MAX_VALUE);

        assertThat(ExpectedTexts.of(model)).containsExactly("3 a [0, 10) [1] EARLY 0");
    }

    @Test
    void firstOfSeveral_firesAndAllBeginAnew() {
        var model = tens().repeatedlyEvery(2).repeatedlyClock(100);
        model.event(1, "a", 1); // due at 100
        model.event(2, "a", 2); // fires by count
        model.clock(60);
        model.event(3, "a", 3); // due at 160
        model.clock(100);
        model.clock(160);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [0, 10) [1, 2] EARLY 0", "5 a [0, 10) [1, 2, 3] EARLY 1");
    }

    @Test
    void condition_isAskedAboutAllAndAboutTheNew() {
        var model = tens().earlyWhen((all, fresh) -> all.size() > 2 && fresh.contains(9));
        model.event(1, "a", 9);
        model.event(1, "a", 1);
        model.event(1, "a", 2); // the 9 is still new
        model.event(1, "a", 3);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("2 a [0, 10) [9, 1, 2] EARLY 0", "4 a [0, 10) [9, 1, 2, 3] ON_TIME 1 last");
    }

    @Test
    void count_givesWindowsOfSoManyEvents_andTheRestAtTheEnd() {
        var model = ReferenceModel.<String, Integer>count(2);
        model.event(50, "a", 1);
        model.event(-3, "a", 2);
        model.event(7, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).extracting(ExpectedPane::values).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void timeOrCount_addsUp() {
        var model = ReferenceModel.<String, Integer>timeOrCount(10, 2);
        model.event(1, "a", 1);
        model.event(2, "a", 2);
        model.event(3, "a", 3);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("1 a [0, 10) [1, 2] EARLY 0", "3 a [0, 10) [3] ON_TIME 1 last");
    }

    @Test
    void misuse_isRefused() {
        assertThatThrownBy(() -> tens().earlyEvery(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tens().lateEvery(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tens().earlyStep(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tens().repeatedlyClock(0)).isInstanceOf(IllegalArgumentException.class);
        var model = tens();
        model.clock(0);
        assertThatThrownBy(() -> model.earlyEvery(1)).isInstanceOf(IllegalStateException.class);
    }
}
