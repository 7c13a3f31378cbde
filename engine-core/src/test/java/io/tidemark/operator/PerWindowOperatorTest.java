package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.time.Timestamps;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a window gives which pane: what events, its end and its expiry do. Windows of 10, allowed lateness 5, key 1. */
class PerWindowOperatorTest {
    private static final Firing EVERY_2 = Firing.everyEvents(2);
    private static final Trigger EARLY_2 = Trigger.afterWatermark().early(EVERY_2);

    /** Tumbling as a user's own, because for some triggers slices would do. */
    private static final WindowAssigner<Object> TEN = Windows.custom((timestamp, input, windows) ->
            windows.add(Timestamps.floor(timestamp, 10, 0), Timestamps.next(timestamp, 10, 0)));

    private static PaneHarness tumbling(Trigger trigger) {
        return PaneHarness.of(TEN).lateness(5).trigger(trigger);
    }

    // before the end

    @Test
    void everySoManyNewEvents_giveAnEarlyPane() {
        PaneHarness harness =
                tumbling(EARLY_2).event(1).event(2).event(3).event(4).event(5);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) EARLY1 4:4");
        assertThat(harness.watermark(10).take()).containsExactly("1 [0,10) ON_TIME2 5:5");
    }

    @Test
    void eventsAreCountedForEachKeyAndWindow() {
        PaneHarness harness = tumbling(EARLY_2).event(1, 1, 1).event(2, 2, 1).event(11, 1, 1);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.event(3, 2, 1).take()).containsExactly("2 [0,10) EARLY0 2:2");
    }

    @Test
    void allWindowsTakeTheEvent_andThenGiveByEndAndStart() {
        PaneHarness harness = PaneHarness.of(Windows.sliding(millis(30), millis(10)))
                .trigger(EARLY_2)
                .event(25)
                .event(5);
        assertThat(harness.take()).containsExactly("1 [0,30) EARLY0 2:2");
        assertThat(harness.event(16).take()).containsExactly("1 [-10,20) EARLY0 2:2", "1 [10,40) EARLY0 2:2");
    }

    @Test
    void eventsInOneBatch_giveTheSamePanes() {
        PaneHarness harness = tumbling(EARLY_2).events(Row.of(1, 1, 1), Row.of(2, 1, 1), Row.of(3, 1, 1));
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
    }

    // the end

    @Test
    void justBelowTheEnd_panesAreEarly_andAtTheEndItComes() {
        PaneHarness harness = tumbling(EARLY_2).event(1).watermark(9).event(1);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
        assertThat(harness.watermark(10).take()).containsExactly("1 [0,10) ON_TIME1 2:2");
    }

    @Test
    void theEnd_givesItsPane_evenIfNothingIsNew() {
        PaneHarness harness = tumbling(EARLY_2).event(1).event(2).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) ON_TIME1 2:2");
    }

    @Test
    void ifNonEmpty_anEndWithNothingNewGivesNoPane_andItsChanceIsUsedUp() {
        PaneHarness harness =
                tumbling(EARLY_2).onTimeIfNonEmpty().event(1).event(2).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
        assertThat(harness.event(3).take()).containsExactly("1 [0,10) LATE1 3:3");
        assertThat(harness.watermark(15).take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void ifNonEmpty_anEndWithSomethingNewGivesItsPane() {
        PaneHarness harness = tumbling(EARLY_2).onTimeIfNonEmpty().event(1).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
    }

    @Test
    void oneStepOverEndAndExpiry_givesOnePane() {
        PaneHarness harness =
                tumbling(EARLY_2).closing(ClosingBehavior.FIRE_ALWAYS).event(1).watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void oneStepOverEndAndExpiry_ifNonEmpty_leavesTheWordToTheClosing() {
        PaneHarness silent =
                tumbling(EARLY_2).onTimeIfNonEmpty().event(1).event(2).watermark(15);
        assertThat(silent.take()).containsExactly("1 [0,10) EARLY0 2:2");
        PaneHarness always = tumbling(EARLY_2)
                .onTimeIfNonEmpty()
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1)
                .event(2)
                .watermark(15);
        assertThat(always.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) ON_TIME1 2:2 last");
    }

    @Test
    void justBelowTheExpiry_theEndStillHasItsOwnPane() {
        PaneHarness harness = tumbling(EARLY_2)
                .onTimeIfNonEmpty()
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1)
                .event(2)
                .watermark(14);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
        assertThat(harness.watermark(15).take()).containsExactly("1 [0,10) LATE1 2:2 last");
    }

    // late events

    @Test
    void everySoManyLateEvents_giveALatePane_theRestAtTheExpiry() {
        PaneHarness harness =
                tumbling(Trigger.afterWatermark().lateEvery(2)).event(1).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.event(2).take()).isEmpty();
        assertThat(harness.event(3).take()).containsExactly("1 [0,10) LATE1 3:3");
        assertThat(harness.event(4).watermark(14).take()).isEmpty();
        assertThat(harness.watermark(15).take()).containsExactly("1 [0,10) LATE2 4:4 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void earlyFiringsAreNoLateOnes() {
        PaneHarness harness =
                tumbling(EARLY_2.lateEvery(3)).event(1).watermark(10).event(2).event(3);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.event(4).take()).containsExactly("1 [0,10) LATE1 4:4");
    }

    @Test
    void aWindowBornLate_givesItsFirstPaneAtOnce() {
        PaneHarness harness =
                tumbling(Trigger.afterWatermark().lateEvery(3)).watermark(10).event(1);
        assertThat(harness.take()).containsExactly("1 [0,10) LATE0 1:1");
        assertThat(harness.event(2).event(3).take()).isEmpty();
        assertThat(harness.event(4).take()).containsExactly("1 [0,10) LATE1 4:4");
    }

    @Test
    void theExpiryIsExact() {
        PaneHarness harness = tumbling(Trigger.afterWatermark().lateEvery(9))
                .event(1)
                .watermark(14)
                .event(2);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        harness.watermark(15).event(3);
        assertThat(harness.take()).containsExactly("1 [0,10) LATE1 2:2 last", "late 3 LATE missed [0, 10)");
    }

    // the expiry

    @Test
    void closingAlways_endsEveryWindowWithALastPane() {
        PaneHarness harness = tumbling(Trigger.afterWatermark())
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1)
                .watermark(10)
                .watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1", "1 [0,10) LATE1 1:1 last");
    }

    @Test
    void closingDiscard_dropsWhatNoPaneHasShown() {
        PaneHarness harness = tumbling(Trigger.afterWatermark().lateEvery(9))
                .closing(ClosingBehavior.DISCARD)
                .event(1)
                .watermark(10)
                .event(2)
                .watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.isEmpty()).isTrue();
        PaneHarness repeatedly = tumbling(Trigger.repeatedly(EVERY_2))
                .closing(ClosingBehavior.DISCARD)
                .event(1)
                .watermark(15);
        assertThat(repeatedly.take()).isEmpty();
        assertThat(repeatedly.isEmpty()).isTrue();
    }

    @Test
    void closingDiscard_leavesTheEndItsPane() {
        PaneHarness harness = tumbling(EARLY_2)
                .closing(ClosingBehavior.DISCARD)
                .event(1)
                .event(2)
                .watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) ON_TIME1 2:2 last");
    }

    // repeatedly

    @Test
    void repeatedly_theEndAsSuchGivesNoPane_butTheFirstOneAfterItIsOnTime() {
        PaneHarness harness =
                tumbling(Trigger.repeatedly(EVERY_2)).event(1).event(2).event(3).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
        assertThat(harness.event(4).take()).containsExactly("1 [0,10) ON_TIME1 4:4");
        assertThat(harness.event(5).event(6).take()).containsExactly("1 [0,10) LATE2 6:6");
        assertThat(harness.event(7).watermark(15).take()).containsExactly("1 [0,10) LATE3 7:7 last");
    }

    @Test
    void repeatedly_ofAWindowBornLate_noPaneIsOnTime() {
        PaneHarness harness =
                tumbling(Trigger.repeatedly(EVERY_2)).watermark(10).event(1);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.event(2).take()).containsExactly("1 [0,10) LATE0 2:2");
        assertThat(harness.watermark(15).take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void repeatedly_whatIsLeftComesAtTheExpiry() {
        PaneHarness harness = tumbling(Trigger.repeatedly(EVERY_2)).event(1).watermark(14);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.watermark(15).take()).containsExactly("1 [0,10) ON_TIME0 1:1 last");
    }

    @Test
    void repeatedly_theExpiryGivesThePaneThatIsDueOnTime_butNotIfNonEmpty() {
        PaneHarness always =
                tumbling(Trigger.repeatedly(EVERY_2)).event(1).event(2).watermark(15);
        assertThat(always.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) ON_TIME1 2:2 last");
        PaneHarness ifNonEmpty = tumbling(Trigger.repeatedly(EVERY_2))
                .onTimeIfNonEmpty()
                .event(1)
                .event(2)
                .watermark(15);
        assertThat(ifNonEmpty.take()).containsExactly("1 [0,10) EARLY0 2:2");
        PaneHarness discarded = tumbling(Trigger.repeatedly(EVERY_2))
                .closing(ClosingBehavior.DISCARD)
                .event(1)
                .event(2)
                .watermark(15);
        assertThat(discarded.take()).containsExactly("1 [0,10) EARLY0 2:2");
    }

    @Test
    void repeatedly_onceThatPaneWasGiven_theExpiryGivesNoneWithoutNews() {
        PaneHarness harness = tumbling(Trigger.repeatedly(EVERY_2))
                .event(1)
                .watermark(10)
                .event(2)
                .watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 2:2");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void repeatedlyOnTheGlobalWindow_theRestComesAtTheEndOfInput() {
        PaneHarness harness = PaneHarness.of(Windows.global())
                .trigger(Trigger.repeatedly(EVERY_2))
                .discarding();
        harness.event(1).event(-5).event(7).watermark(Long.MAX_VALUE - 1);
        String window = "1 [" + Long.MIN_VALUE + "," + Long.MAX_VALUE + ") ";
        assertThat(harness.take()).containsExactly(window + "EARLY0 2:2");
        assertThat(harness.finish().take()).containsExactly(window + "ON_TIME1 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    // never

    @Test
    void never_givesNothing_andFreesItAll() {
        PaneHarness harness =
                tumbling(Trigger.never()).discarding().event(1).watermark(10).event(2);
        assertThat(harness.watermark(15).take()).isEmpty();
        assertThat(harness.counters().aggregated()).isEqualTo(2);
        assertThat(harness.counters().panes()).isZero();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void never_withAClosing_givesTheLastPaneAlone() {
        for (ClosingBehavior closing : List.of(ClosingBehavior.FIRE_IF_NON_EMPTY, ClosingBehavior.FIRE_ALWAYS)) {
            PaneHarness harness = tumbling(Trigger.never())
                    .closing(closing)
                    .event(1)
                    .watermark(10)
                    .event(2);
            assertThat(harness.watermark(14).take()).isEmpty();
            assertThat(harness.watermark(15).take()).containsExactly("1 [0,10) ON_TIME0 2:2 last");
            PaneHarness bornLate =
                    tumbling(Trigger.never()).closing(closing).watermark(10).event(2);
            assertThat(bornLate.take()).isEmpty();
            assertThat(bornLate.watermark(15).take()).containsExactly("1 [0,10) LATE0 1:1 last");
        }
    }

    // what panes hold

    @Test
    void discarding_eachPaneHoldsWhatIsNew_nothingIfNothingIs() {
        PaneHarness harness = tumbling(EARLY_2)
                .discarding()
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(1, 1, 1)
                .event(2, 1, 2)
                .watermark(10)
                .event(3, 1, 4)
                .watermark(15);
        assertThat(harness.take())
                .containsExactly(
                        "1 [0,10) EARLY0 2:3",
                        "1 [0,10) ON_TIME1 0:0",
                        "1 [0,10) LATE2 1:4",
                        "1 [0,10) LATE3 0:0 last");
    }

    @Test
    void discarding_theNumberOfNewEventsBeginsAtZeroAgain() {
        PaneHarness harness =
                tumbling(EARLY_2).discarding().event(1).event(2).event(3).event(4);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [0,10) EARLY1 2:2");
    }

    // conditions

    @Test
    void aCondition_seesTheWindowWithTheEvent() {
        List<String> seen = new ArrayList<>();
        Firing when = Firing.when(window -> {
            seen.add("[" + window.start() + "," + window.end() + ") " + window.watermark() + " " + window.fresh() + "/"
                    + window.count() + ":" + window.longValue());
            return window.longValue() >= 10;
        });
        PaneHarness harness = tumbling(Trigger.afterWatermark().early(when))
                .event(1, 1, 4)
                .watermark(3)
                .event(2, 1, 6)
                .event(5, 1, 1);
        assertThat(seen).containsExactly("[0,10) " + Long.MIN_VALUE + " 1/1:4", "[0,10) 3 2/2:10", "[0,10) 3 1/3:11");
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:10", "1 [0,10) EARLY1 3:11");
    }

    @Test
    void aCondition_ofAfterWatermark_isNotAskedAfterTheEnd() {
        List<Long> asked = new ArrayList<>();
        Firing when = Firing.when(window -> asked.add(window.count()) && false);
        tumbling(Trigger.afterWatermark().early(when)).event(1).watermark(10).event(2);
        assertThat(asked).containsExactly(1L);
        tumbling(Trigger.repeatedly(when)).event(1).watermark(10).event(2);
        assertThat(asked).containsExactly(1L, 1L, 2L);
    }

    @Test
    void aConditionThatThrows_meansNotNow_andTheNextIsAsked() {
        Firing throwing = Firing.when(window -> {
            throw new IllegalStateException("no");
        });
        Firing third = Firing.when(window -> window.fresh() == 3);
        PaneHarness harness = tumbling(Trigger.afterWatermark().early(Firing.firstOf(throwing, third)));
        harness.event(1).event(2).event(3);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 3:3");
        assertThat(harness.failures).containsOnly(Stage.CONDITION).hasSize(3);
        assertThat(harness.counters().aggregated()).isEqualTo(3);
        assertThat(harness.counters().failed()).isZero();
        assertThat(harness.watermark(10).take()).containsExactly("1 [0,10) ON_TIME1 3:3");
    }

    @Test
    void firstOf_afterAnyPaneAllBeginAnew() {
        Firing when = Firing.when(window -> window.longValue() % 100 == 0);
        PaneHarness harness = tumbling(Trigger.afterWatermark().early(Firing.firstOf(Firing.everyEvents(3), when)));
        harness.event(1, 1, 1).event(2, 1, 99).event(3, 1, 1).event(4, 1, 1);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:100");
        assertThat(harness.event(5, 1, 1).take()).containsExactly("1 [0,10) EARLY1 5:103");
    }

    // order and place

    @Test
    void oneStep_givesByEndThenStartThenAge() {
        PaneHarness harness = PaneHarness.of(Windows.sliding(millis(20), millis(10)))
                .trigger(EARLY_2)
                .event(15, 2, 1)
                .event(5, 1, 1)
                .event(5, 2, 1)
                .watermark(100);
        assertThat(harness.take())
                .containsExactly(
                        "2 [0,20) EARLY0 2:2",
                        "1 [-10,10) ON_TIME0 1:1 last",
                        "2 [-10,10) ON_TIME0 1:1 last",
                        "2 [0,20) ON_TIME1 2:2 last",
                        "1 [0,20) ON_TIME0 1:1 last",
                        "2 [10,30) ON_TIME0 1:1 last");
    }

    @Test
    void aStepOverEverything_costsTheLiveWindowsOnly() {
        PaneHarness harness = tumbling(EARLY_2).event(Long.MIN_VALUE + 1).event(Long.MAX_VALUE - 1);
        long firstEnd = Math.floorDiv(Long.MIN_VALUE, 10) * 10 + 10;
        harness.watermark(0).finish();
        assertThat(harness.take())
                .containsExactly(
                        "1 [" + Long.MIN_VALUE + "," + firstEnd + ") ON_TIME0 1:1 last",
                        "1 [" + (Long.MAX_VALUE - 7) + "," + Long.MAX_VALUE + ") ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void nearTheEndOfTime_expiryIsHeldThere() {
        long last = Long.MAX_VALUE - 1;
        PaneHarness harness = tumbling(Trigger.afterWatermark().lateEvery(9)).event(last - 10);
        long end = Long.MAX_VALUE - 7;
        harness.watermark(end).event(end - 1);
        assertThat(harness.take()).containsExactly("1 [" + (end - 10) + "," + end + ") ON_TIME0 1:1");
        assertThat(harness.watermark(end + 4).take()).isEmpty();
        assertThat(harness.watermark(end + 5).take())
                .containsExactly("1 [" + (end - 10) + "," + end + ") LATE1 2:2 last");
    }

    @Test
    void belowZero_everyEdgeIsTheSame() {
        PaneHarness harness =
                tumbling(EARLY_2.lateEvery(2)).event(-1).event(-10).watermark(-1);
        assertThat(harness.take()).containsExactly("1 [-10,0) EARLY0 2:2");
        assertThat(harness.watermark(0).take()).containsExactly("1 [-10,0) ON_TIME1 2:2");
        assertThat(harness.event(-1).watermark(4).take()).isEmpty();
        assertThat(harness.watermark(5).take()).containsExactly("1 [-10,0) LATE2 3:3 last");
    }

    @Test
    void withoutAKey_thereIsOneEntryPerWindow() {
        PaneHarness harness = tumbling(EARLY_2).withoutKey().event(1, 7, 1).event(2, 8, 2);
        assertThat(harness.take()).containsExactly("- [0,10) EARLY0 2:3");
        assertThat(harness.finish().take()).containsExactly("- [0,10) ON_TIME1 2:3 last");
    }
}
