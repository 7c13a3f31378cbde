package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import org.junit.jupiter.api.Test;

/** What is taken back, named as replaced, or left out as unchanged. Tumbling windows and session gaps of 10. */
class RetractionTest {
    private static final Trigger EARLY_1 = Trigger.afterWatermark().early(Firing.everyEvents(1));
    private static final Trigger EARLY_2 = Trigger.afterWatermark().early(Firing.everyEvents(2));

    private static PaneHarness tumbling(Trigger trigger) {
        return PaneHarness.of(Windows.tumbling(millis(10))).lateness(5).trigger(trigger);
    }

    private static PaneHarness sessions() {
        return PaneHarness.of(Windows.session(millis(10))).lateness(50);
    }

    @Test
    void aRetraction_showsWhatItTakesBack_directlyBeforeWhatReplacesIt() {
        PaneHarness harness = tumbling(EARLY_2)
                .retracting()
                .event(1, 1, 1)
                .event(2, 1, 2)
                .event(3, 1, 4)
                .watermark(10)
                .event(4, 1, 8);
        assertThat(harness.take())
                .containsExactly(
                        "1 [0,10) EARLY0 2:3",
                        "not 1 [0,10) EARLY0 2:3",
                        "1 [0,10) ON_TIME1 3:7",
                        "not 1 [0,10) ON_TIME1 3:7",
                        "1 [0,10) LATE2 4:15");
        assertThat(harness.counters().panes()).isEqualTo(3);
        assertThat(harness.counters().retractions()).isEqualTo(2);
    }

    @Test
    void aWindowThatSimplyExpires_takesNothingBack() {
        PaneHarness harness =
                tumbling(Trigger.afterWatermark()).retracting().event(1).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.watermark(15).take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void theLastPane_takesBackTheOneBefore_ofEachKeyItsOwn() {
        PaneHarness harness = tumbling(Trigger.afterWatermark())
                .retracting()
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1, 1, 1)
                .event(1, 2, 2)
                .watermark(10);
        assertThat(harness.take()).hasSize(2);
        assertThat(harness.watermark(15).take())
                .containsExactly(
                        "not 1 [0,10) ON_TIME0 1:1",
                        "1 [0,10) LATE1 1:1 last",
                        "not 2 [0,10) ON_TIME0 1:2",
                        "2 [0,10) LATE1 1:2 last");
    }

    @Test
    void updates_tellBeforeAndAfterTogether() {
        PaneHarness harness = tumbling(Trigger.afterWatermark())
                .updates()
                .event(1)
                .watermark(10)
                .event(2);
        assertThat(harness.take())
                .containsExactly("none -> 1 [0,10) ON_TIME0 1:1", "not 1 [0,10) ON_TIME0 1:1 -> 1 [0,10) LATE1 2:2");
        assertThat(harness.counters().panes()).isEqualTo(2);
        assertThat(harness.counters().retractions()).isEqualTo(1);
    }

    @Test
    void whatIsKeptToBeTakenBack_countsAsAnEntry_untilTheWindowExpires() {
        PaneHarness harness = tumbling(EARLY_2).retracting().event(1);
        assertThat(harness.counters().liveEntries()).as("window and key").isEqualTo(2);
        harness.event(2);
        assertThat(harness.counters().liveEntries()).as("and a pane").isEqualTo(3);
        harness.event(3).event(4);
        assertThat(harness.counters().liveEntries()).isEqualTo(3);
        assertThat(harness.watermark(15).isEmpty()).isTrue();
    }

    // sessions

    @Test
    void aMergedSession_takesBackItsParts_andBeginsAtNumberZero() {
        PaneHarness harness =
                sessions().retracting().event(0, 1, 1).event(20, 1, 2).watermark(30);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1", "1 [20,30) ON_TIME0 1:2");
        harness.event(10, 1, 4);
        assertThat(harness.take())
                .containsExactly(
                        "not 1 [0,10) ON_TIME0 1:1",
                        "not 1 [20,30) ON_TIME0 1:2",
                        "1 [0,30) LATE0 3:7 for [0, 10) and [20, 30)");
        assertThat(harness.event(5, 1, 8).take()).containsExactly("not 1 [0,30) LATE0 3:7", "1 [0,30) LATE1 4:15");
        assertThat(harness.watermark(80).isEmpty()).isTrue();
    }

    @Test
    void accumulating_aMergedSessionNamesWhatItReplaces_onItsFirstPaneOnly() {
        for (boolean discarding : new boolean[] {false, true}) {
            PaneHarness harness = sessions();
            if (discarding) {
                harness.discarding();
            }
            harness.event(0).event(20).watermark(30);
            assertThat(harness.take()).hasSize(2);
            harness.event(10).event(11);
            assertThat(harness.take())
                    .containsExactly(
                            "1 [0,30) LATE0 " + (discarding ? "1:1" : "3:3") + " for [0, 10) and [20, 30)",
                            "1 [0,30) LATE1 " + (discarding ? "1:1" : "4:4"));
            assertThat(harness.watermark(80).isEmpty()).isTrue();
        }
    }

    @Test
    void aSessionThatGrows_replacesItself() {
        PaneHarness harness =
                sessions().retracting().event(0, 1, 1).watermark(10).event(5, 1, 2);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.watermark(15).take())
                .containsExactly("not 1 [0,10) ON_TIME0 1:1", "1 [0,15) ON_TIME0 2:3 for [0, 10)");
    }

    @Test
    void aPartThatGaveNothing_isNeitherTakenBackNorNamed() {
        PaneHarness harness =
                sessions().retracting().event(0).watermark(10).event(20).event(10);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.watermark(30).take())
                .containsExactly("not 1 [0,10) ON_TIME0 1:1", "1 [0,30) ON_TIME0 3:3 for [0, 10)");
    }

    @Test
    void partsOfParts_areKeptUntilAPaneComes() {
        PaneHarness harness =
                sessions().retracting().event(0).event(20).event(40).watermark(50);
        assertThat(harness.take()).hasSize(3);
        harness.event(45).event(30).event(10);
        assertThat(harness.take()).as("the merged sessions end at 55").isEmpty();
        assertThat(harness.watermark(55).take())
                .containsExactly(
                        "not 1 [0,10) ON_TIME0 1:1",
                        "not 1 [20,30) ON_TIME0 1:1",
                        "not 1 [40,50) ON_TIME0 1:1",
                        "1 [0,55) ON_TIME0 6:6 for [0, 10) and [20, 30) and [40, 50)");
    }

    @Test
    void aMergedSessionThatExpiresWithoutAPane_takesItsPartsBackAlone() {
        PaneHarness harness = sessions()
                .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
                .closing(ClosingBehavior.DISCARD)
                .retracting()
                .event(0)
                .event(1)
                .event(20)
                .event(21)
                .watermark(5);
        assertThat(harness.take()).containsExactly("1 [0,11) EARLY0 2:2", "1 [20,31) EARLY0 2:2");
        assertThat(harness.event(11).take()).as("one new event").isEmpty();
        assertThat(harness.watermark(80).take()).isEmpty();
        assertThat(harness.watermark(81).take()).containsExactly("not 1 [0,11) EARLY0 2:2", "not 1 [20,31) EARLY0 2:2");
        assertThat(harness.counters().retractions()).isEqualTo(2);
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void accumulating_aMergedSessionThatExpiresWithoutAPane_saysNothing() {
        PaneHarness harness = sessions()
                .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
                .closing(ClosingBehavior.DISCARD)
                .event(0)
                .event(1)
                .event(5)
                .watermark(100);
        assertThat(harness.take()).containsExactly("1 [0,11) EARLY0 2:2");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void updates_tellThatThePartsAreGone_andThenTheMergedOne() {
        PaneHarness harness =
                sessions().updates().event(0).event(20).watermark(30).event(10);
        assertThat(harness.take())
                .containsExactly(
                        "none -> 1 [0,10) ON_TIME0 1:1",
                        "none -> 1 [20,30) ON_TIME0 1:1",
                        "not 1 [0,10) ON_TIME0 1:1 -> none",
                        "not 1 [20,30) ON_TIME0 1:1 -> none",
                        "none -> 1 [0,30) LATE0 3:3 for [0, 10) and [20, 30)");
    }

    @Test
    void equalPartsOfOtherKeys_stayApart() {
        PaneHarness harness = sessions()
                .retracting()
                .event(0, 1, 1)
                .event(0, 2, 2)
                .watermark(10)
                .event(5, 2, 4)
                .watermark(15);
        assertThat(harness.take())
                .containsExactly(
                        "1 [0,10) ON_TIME0 1:1",
                        "2 [0,10) ON_TIME0 1:2",
                        "not 2 [0,10) ON_TIME0 1:2",
                        "2 [0,15) ON_TIME0 2:6 for [0, 10)");
    }

    // unchanged panes

    @Test
    void anUnchangedEarlyPane_isLeftOut_andTakesNoNumber() {
        PaneHarness harness =
                tumbling(EARLY_1).suppressUnchanged().event(1, 1, 5).event(2, 1, 0);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 1:5");
        assertThat(harness.event(3, 1, 1).take()).containsExactly("1 [0,10) EARLY1 3:6");
        assertThat(harness.counters().panes()).isEqualTo(2);
    }

    @Test
    void anUnchangedLatePane_isLeftOut_theLastOneToo() {
        PaneHarness harness = tumbling(Trigger.afterWatermark())
                .suppressUnchanged()
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1, 1, 5)
                .watermark(10)
                .event(2, 1, 0)
                .watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:5");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void anUnchangedOnTimePane_isGiven() {
        PaneHarness harness =
                tumbling(EARLY_1).suppressUnchanged().event(1, 1, 5).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 1:5", "1 [0,10) ON_TIME1 1:5");
    }

    @Test
    void whatWasLeftOut_isNotNewAnyMore() {
        PaneHarness harness = tumbling(EARLY_1)
                .suppressUnchanged()
                .onTimeIfNonEmpty()
                .event(1, 1, 5)
                .event(2, 1, 0)
                .watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 1:5");
    }

    @Test
    void theFirstPane_isNeverLeftOut() {
        PaneHarness harness =
                tumbling(EARLY_1).suppressUnchanged().event(1, 1, 0).event(2, 2, 0);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 1:0", "2 [0,10) EARLY0 1:0");
    }

    @Test
    void theFirstPaneOfAMergedSession_isNeverLeftOut() {
        PaneHarness harness =
                sessions().suppressUnchanged().event(0, 1, 5).watermark(12).event(-5, 1, 0);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:5", "1 [-5,10) LATE0 2:5 for [0, 10)");
        assertThat(harness.event(-5, 1, 0).take()).isEmpty();
    }

    @Test
    void retracting_whatWasLeftOutTakesNothingBack() {
        PaneHarness harness = tumbling(EARLY_1)
                .suppressUnchanged()
                .retracting()
                .event(1, 1, 5)
                .event(2, 1, 0)
                .event(3, 1, 1);
        assertThat(harness.take())
                .containsExactly("1 [0,10) EARLY0 1:5", "not 1 [0,10) EARLY0 1:5", "1 [0,10) EARLY1 3:6");
    }

    @Test
    void whatWasLeftOut_unsetsBoundaryAndClock() {
        Firing firing = Firing.firstOf(Firing.everyEvents(2), Firing.everyEventTime(millis(5)));
        PaneHarness harness = tumbling(Trigger.afterWatermark().early(firing))
                .suppressUnchanged()
                .event(1, 1, 5)
                .event(1, 1, 0)
                .event(2, 1, 0)
                .event(3, 1, 0)
                .watermark(5);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:5");
    }
}
