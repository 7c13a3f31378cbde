package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions with a gap of 10. */
class SessionWindowOperatorTest {
    private static final Stream SESSIONS = Stream.of("s", Windows.session(Duration.ofMillis(10)));

    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());

    private void advance(long watermark) {
        harness.chain.advanceTo(harness.sources.get(0), watermark);
    }

    @Test
    void eventsExactlyAGapApart_areOneSession_oneMoreAndTheyAreTwo() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(0, 1, 1), Row.of(10, 1, 1), Row.of(21, 1, 1));
        harness.finish();
        assertThat(harness.take()).containsExactly("s 1 [0,20) ON_TIME0 last 2:2", "s 1 [21,31) ON_TIME0 last 1:1");
    }

    @Test
    void anEarlierEventExactlyAGapBefore_touchesToo() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(0, 1, 1), Row.of(-10, 1, 1), Row.of(-21, 1, 1));
        harness.finish();
        assertThat(harness.take()).containsExactly("s 1 [-21,-11) ON_TIME0 last 1:1", "s 1 [-10,10) ON_TIME0 last 2:2");
    }

    @Test
    void anEventBetween_makesOneOfTwo_andLeavesOtherKeysAlone() {
        harness.stream(SESSIONS);
        harness.batch(
                List.of(Row.of(0, 1, 1), Row.of(20, 1, 2), Row.of(40, 1, 4), Row.of(10, 2, 7), Row.of(10, 1, 8)), 0);
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "s 2 [10,20) ON_TIME0 last 1:7",
                        "s 1 [0,30) ON_TIME0 last 3:11",
                        "s 1 [40,50) ON_TIME0 last 1:4");
    }

    @Test
    void aLiveSessionKeepsALateEvent_andItsPanesAreNumberedOn() {
        harness.stream(SESSIONS.lateness(20));
        harness.rows(Row.of(0, 1, 1), Row.of(5, 1, 1));
        advance(15);
        harness.rows(Row.of(3, 1, 1), Row.of(4, 1, 1));
        advance(34);
        harness.rows(Row.of(3, 1, 1));
        advance(35);
        harness.rows(Row.of(3, 1, 1));
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [0,15) ON_TIME0 2:2",
                        "s 1 [0,15) LATE1 3:3",
                        "s 1 [0,15) LATE2 4:4",
                        "s 1 [0,15) LATE3 5:5",
                        "LateEvent[s from s0, LATE, timestamp 3, missed [3, 13), watermark 35] 1[1]");
    }

    @Test
    void newBounds_areANewWindow() {
        harness.stream(SESSIONS.lateness(20));
        harness.rows(Row.of(0, 1, 1));
        advance(10);
        harness.rows(Row.of(-5, 1, 1)); // still closed, bounds changed
        harness.rows(Row.of(9, 1, 1)); // open again
        advance(19);
        assertThat(harness.take())
                .containsExactly("s 1 [0,10) ON_TIME0 1:1", "s 1 [-5,10) LATE0 2:2", "s 1 [-5,19) ON_TIME0 3:3");
    }

    @Test
    void aSessionBornClosed_beginsWithALatePane() {
        harness.stream(SESSIONS.lateness(20));
        advance(100);
        harness.rows(Row.of(85, 1, 1), Row.of(70, 1, 1));
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [85,95) LATE0 1:1",
                        "LateEvent[s from s0, LATE, timestamp 70, missed [70, 80), watermark 100] 1[1]");
    }

    @Test
    void discarding_givesWhatIsNew() {
        harness.stream(SESSIONS.lateness(20).discarding());
        harness.rows(Row.of(0, 1, 1));
        advance(10);
        harness.rows(Row.of(3, 1, 2));
        harness.rows(Row.of(0, 1, 4));
        advance(13);
        assertThat(harness.take()).containsExactly("s 1 [0,10) ON_TIME0 1:1", "s 1 [0,13) ON_TIME0 2:6");
    }

    @Test
    void atBothEndsOfTime_edgesAreHeld() {
        harness.stream(SESSIONS);
        long first = Long.MIN_VALUE + 1;
        long last = Long.MAX_VALUE - 1;
        harness.rows(Row.of(first, 1, 1), Row.of(last, 1, 1), Row.of(last - 5, 1, 1));
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [" + first + "," + (first + 10) + ") ON_TIME0 last 1:1",
                        "s 1 [" + (last - 5) + "," + Long.MAX_VALUE + ") ON_TIME0 last 2:2");
    }

    // triggers

    private static PaneHarness sessions(Trigger trigger) {
        return PaneHarness.of(Windows.session(Duration.ofMillis(10)))
                .lateness(20)
                .trigger(trigger);
    }

    private static final Trigger EARLY_2 = Trigger.afterWatermark().early(Firing.everyEvents(2));

    @Test
    void theEventIsAddedAfterTheMerge_andThenDecides() {
        PaneHarness early = sessions(EARLY_2).event(0).event(20).event(10);
        assertThat(early.take()).containsExactly("1 [0,30) EARLY0 3:3");
        Trigger third = Trigger.afterWatermark().early(Firing.everyEvents(3));
        assertThat(sessions(third).event(0).event(20).event(10).take()).hasSize(1);
        Trigger fourth = Trigger.afterWatermark().early(Firing.everyEvents(4));
        assertThat(sessions(fourth).event(0).event(20).event(10).take()).isEmpty();
    }

    @Test
    void whatWasSeenOfTheParts_isNotNewInTheMergedSession() {
        PaneHarness harness = sessions(EARLY_2).event(0).event(0).event(20).event(20);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2", "1 [20,30) EARLY0 2:2");
        assertThat(harness.event(10).take()).as("one new event").isEmpty();
        assertThat(harness.event(10).take()).containsExactly("1 [0,30) EARLY0 6:6 for [0, 10) and [20, 30)");
    }

    @Test
    void anEventInsideASession_changesNoNumber() {
        PaneHarness harness = sessions(EARLY_2).event(0).event(5).event(5).event(5);
        assertThat(harness.take()).containsExactly("1 [0,15) EARLY0 2:2", "1 [0,15) EARLY1 4:4");
    }

    @Test
    void aMergedSessionWhoseEndHasPassed_hasHadItsEnd() {
        PaneHarness harness = sessions(Trigger.afterWatermark().lateEvery(2))
                .lateness(50)
                .event(0)
                .event(20)
                .watermark(30);
        assertThat(harness.take()).hasSize(2);
        assertThat(harness.event(10).take()).as("one late event").isEmpty();
        assertThat(harness.event(10).take()).containsExactly("1 [0,30) LATE0 4:4 for [0, 10) and [20, 30)");
    }

    @Test
    void exactlyAtTheEndOfTheMergedSession_itHasPassed_andOneBelowItHasNot() {
        PaneHarness closed =
                sessions(Trigger.afterWatermark()).event(0).watermark(15).event(5);
        assertThat(closed.take()).containsExactly("1 [0,10) ON_TIME0 1:1", "1 [0,15) LATE0 2:2 for [0, 10)");
        PaneHarness open =
                sessions(Trigger.afterWatermark()).event(0).watermark(14).event(5);
        assertThat(open.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(open.watermark(15).take()).containsExactly("1 [0,15) ON_TIME0 2:2 for [0, 10)");
    }

    @Test
    void repeatedly_aSessionThatGrowsPastTheWatermark_isOnTimeAgain() {
        PaneHarness harness = sessions(Trigger.repeatedly(Firing.everyEvents(1)))
                .event(0)
                .watermark(10)
                .event(1)
                .event(1);
        assertThat(harness.take())
                .containsExactly("1 [0,10) EARLY0 1:1", "1 [0,11) EARLY0 2:2 for [0, 10)", "1 [0,11) EARLY1 3:3");
        assertThat(harness.watermark(11).event(2, 1, 0).take()).containsExactly("1 [0,12) EARLY0 4:3 for [0, 11)");
        assertThat(harness.watermark(12).event(2).take()).containsExactly("1 [0,12) ON_TIME1 5:4");
        assertThat(harness.event(2).take()).containsExactly("1 [0,12) LATE2 6:5");
    }

    @Test
    void repeatedly_aMergedSessionWhoseEndHasPassed_isLate() {
        PaneHarness harness = sessions(Trigger.repeatedly(Firing.everyEvents(3)))
                .event(0)
                .watermark(11)
                .event(-5)
                .event(-5);
        assertThat(harness.take()).containsExactly("1 [-5,10) LATE0 3:3");
    }

    @Test
    void newBounds_unsetTheBoundary_andTheEventArmsIt() {
        PaneHarness harness = sessions(Trigger.afterWatermark().early(Firing.everyEventTime(Duration.ofMillis(4))));
        harness.event(0).event(-3);
        assertThat(harness.watermark(0).take()).as("-3 + 4 = 1, not 0 + 4").isEmpty();
        assertThat(harness.watermark(1).take()).containsExactly("1 [-3,10) EARLY0 2:2");
        assertThat(harness.watermark(4).take()).isEmpty();
    }

    @Test
    void theClockOfAMergedSession_isTheSmallestOfItsParts() {
        Trigger clock = Trigger.afterWatermark().early(Firing.everyClock(Duration.ofNanos(100)));
        PaneHarness harness =
                sessions(clock).clock(0).event(20).clock(10).event(0).clock(50).event(10);
        assertThat(harness.clock(99).take()).isEmpty();
        assertThat(harness.clock(100).take()).containsExactly("1 [0,30) EARLY0 3:3");
        assertThat(harness.clock(1_000).take()).isEmpty();
        PaneHarness other =
                sessions(clock).clock(0).event(0).clock(10).event(20).clock(50).event(10);
        assertThat(other.clock(99).take()).isEmpty();
        assertThat(other.clock(100).take()).containsExactly("1 [0,30) EARLY0 3:3");
    }

    @Test
    void theClockOfASessionThatGrows_stays() {
        Trigger clock = Trigger.afterWatermark().early(Firing.everyClock(Duration.ofNanos(100)));
        PaneHarness harness =
                sessions(clock).clock(0).event(0).clock(60).event(5).event(-5);
        assertThat(harness.clock(99).take()).isEmpty();
        assertThat(harness.clock(100).take()).containsExactly("1 [-5,15) EARLY0 3:3");
    }

    @Test
    void sessionsWithTheSameBounds_comeByAge_aMergedOneIsAsOldAsItsOldestPart() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(10, 1, 1), Row.of(0, 2, 1), Row.of(10, 2, 1), Row.of(0, 1, 1), Row.of(20, 1, 1));
        harness.rows(Row.of(20, 2, 1), Row.of(0, 3, 1), Row.of(10, 3, 1), Row.of(20, 3, 1));
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [0,30) ON_TIME0 last 3:3", "s 2 [0,30) ON_TIME0 last 3:3", "s 3 [0,30) ON_TIME0 last 3:3");
    }

    @Test
    void aSessionMergedIntoAYoungerOne_keepsItsAge() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(20, 1, 1), Row.of(0, 2, 1), Row.of(15, 2, 1), Row.of(0, 1, 1));
        harness.rows(Row.of(10, 2, 1), Row.of(20, 2, 1), Row.of(10, 1, 1));
        harness.finish();
        assertThat(harness.take()).containsExactly("s 1 [0,30) ON_TIME0 last 3:3", "s 2 [0,30) ON_TIME0 last 4:4");
    }

    @Test
    void aStepOverEndAndExpiryOfManySessions_givesEachOnePane() {
        PaneHarness harness = sessions(EARLY_2);
        for (int i = 0; i < 100; i++) {
            harness.event(i * 100);
        }
        assertThat(harness.watermark(Long.MAX_VALUE - 1).take()).hasSize(100).allMatch(line -> line.endsWith(" last"));
        assertThat(harness.isEmpty()).isTrue();
    }

    // the longest session

    private static PaneHarness atMost(long longest) {
        return PaneHarness.of(Windows.session(Duration.ofMillis(10), Duration.ofMillis(longest)));
    }

    @Test
    void aSessionGrowsToTheLongest_andNoFurther() {
        PaneHarness harness = atMost(25).event(0).event(10).event(20).event(24);
        assertThat(harness.finish().take()).containsExactly("1 [0,25) ON_TIME0 4:4 last");
    }

    @Test
    void anEventAtTheEndOfAFullSession_beginsTheNext() {
        PaneHarness harness = atMost(25).event(0).event(10).event(20).event(25);
        assertThat(harness.finish().take())
                .containsExactly("1 [0,25) ON_TIME0 3:3 last", "1 [25,35) ON_TIME0 1:1 last");
    }

    @Test
    void atTheEndOfASessionThatIsNotFull_anEventBelongsToIt() {
        PaneHarness harness = atMost(11).event(0).event(10);
        assertThat(harness.finish().take()).containsExactly("1 [0,11) ON_TIME0 2:2 last");
        PaneHarness full = atMost(10).event(0).event(10);
        assertThat(full.finish().take()).containsExactly("1 [0,10) ON_TIME0 1:1 last", "1 [10,20) ON_TIME0 1:1 last");
    }

    @Test
    void sessionsThatFitTogether_areMerged_othersAreCutWhereTheNextBegins() {
        PaneHarness fits = atMost(30).event(20).event(0).event(10);
        assertThat(fits.finish().take()).containsExactly("1 [0,30) ON_TIME0 3:3 last");
        PaneHarness cut = atMost(29).event(20).event(0).event(12);
        assertThat(cut.finish().take()).containsExactly("1 [0,10) ON_TIME0 1:1 last", "1 [12,30) ON_TIME0 2:2 last");
        PaneHarness between = atMost(29).event(20).event(0).event(10);
        assertThat(between.finish().take())
                .containsExactly("1 [0,20) ON_TIME0 2:2 last", "1 [20,30) ON_TIME0 1:1 last");
    }

    @Test
    void anEventAtTheStartOfASession_belongsToIt_evenIfItIsFull() {
        PaneHarness harness = atMost(10).event(5).event(5).event(0).event(0);
        assertThat(harness.finish().take()).containsExactly("1 [0,5) ON_TIME0 2:2 last", "1 [5,15) ON_TIME0 2:2 last");
    }

    @Test
    void aGapThatIsLongerThanTheLongest_isCut() {
        PaneHarness harness = PaneHarness.of(Windows.sessionBy(event -> 0, Duration.ofMillis(12)))
                .event(0, 1, 100)
                .event(12, 1, 3);
        assertThat(harness.finish().take())
                .containsExactly("1 [0,12) ON_TIME0 1:100 last", "1 [12,15) ON_TIME0 1:3 last");
    }

    @Test
    void aLongGapOverAShortSession_keepsItsOwnEnd() {
        PaneHarness harness =
                PaneHarness.of(Windows.sessionBy(event -> 0)).event(5, 1, 2).event(0, 1, 50);
        assertThat(harness.finish().take()).containsExactly("1 [0,50) ON_TIME0 2:52 last");
    }

    @Test
    void anEventBeforeAFullSession_endsWhereThatBegins() {
        PaneHarness harness = atMost(10).event(5).event(0);
        assertThat(harness.finish().take()).containsExactly("1 [0,5) ON_TIME0 1:1 last", "1 [5,15) ON_TIME0 1:1 last");
    }

    @Test
    void lateness_isDecidedOnTheCutSession() {
        PaneHarness harness = atMost(10).event(5).watermark(5).event(0);
        assertThat(harness.take()).containsExactly("late 0 LATE missed [0, 5)");
        PaneHarness open = atMost(10).event(5).watermark(4).event(0);
        assertThat(open.watermark(5).take()).containsExactly("1 [0,5) ON_TIME0 1:1 last");
    }

    @Test
    void theLongestSession_isHeldAtBothEndsOfTime() {
        long first = Long.MIN_VALUE + 1;
        long last = Long.MAX_VALUE - 1;
        PaneHarness harness =
                atMost(15).event(first).event(first + 10).event(last).event(last - 9);
        assertThat(harness.finish().take())
                .containsExactly(
                        "1 [" + first + "," + (first + 15) + ") ON_TIME0 2:2 last",
                        "1 [" + (last - 9) + "," + Long.MAX_VALUE + ") ON_TIME0 2:2 last");
    }

    // gaps from events

    @Test
    void eachEventBringsItsGap_whichIsItsValue() {
        PaneHarness harness = PaneHarness.of(Windows.sessionBy(event -> 0))
                .event(0, 1, 3)
                .event(3, 1, 20)
                .event(5, 1, 1)
                .event(24, 1, 2);
        assertThat(harness.finish().take())
                .containsExactly("1 [0,23) ON_TIME0 3:24 last", "1 [24,26) ON_TIME0 1:2 last");
    }

    @Test
    void aGapThatIsNotPositive_failsTheEvent_inTimeAndLate() {
        PaneHarness harness = PaneHarness.of(Windows.sessionBy(event -> 0))
                .byObject()
                .events(Row.of(0, 1, 3), Row.of(1, 2, 0), Row.of(2, 1, 1))
                .watermark(2)
                .event(1, 3, -1);
        assertThat(harness.failures).containsExactly(FailureHandler.Stage.ASSIGNER, FailureHandler.Stage.ASSIGNER);
        assertThat(harness.counters().failed()).isEqualTo(2);
        assertThat(harness.counters().aggregated()).isEqualTo(2);
        assertThat(harness.counters().handedOn()).isEqualTo(4);
        assertThat(harness.finish().take()).containsExactly("k1 [0,3) ON_TIME0 2:4 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void aLateEventOfAnUnknownKey_leavesNoKeyBehind() {
        PaneHarness harness =
                sessions(Trigger.afterWatermark()).byObject().watermark(100).event(70);
        assertThat(harness.take()).containsExactly("late 70 LATE missed [70, 80)");
        assertThat(harness.isEmpty()).isTrue();
        assertThat(harness.event(71).take()).containsExactly("k1 [71,81) LATE0 1:1");
    }

    /** In whatever order events come, without a watermark between them the sessions are the same. */
    @Test
    void theOrderOfEvents_doesNotMatterBeforeTheWatermark() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                times.add((long) random.nextInt(600));
            }
            ChainHarness shuffled = new ChainHarness().source(WatermarkStrategy.manual()).stream(SESSIONS);
            List<Step> steps = times.stream()
                    .map(time -> Step.event(Row.of(time, 1, time)))
                    .toList();
            shuffled.run(steps, any -> 1 + random.nextInt(60)).finish();
            assertThat(shuffled.said).as("seed %d", seed).isEqualTo(sessionsOf(times));
        }
    }

    private static List<String> sessionsOf(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        List<String> sessions = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i) - sorted.get(i - 1) > 10) {
                List<Long> session = sorted.subList(from, i);
                sessions.add("s 1 [" + session.get(0) + "," + (sorted.get(i - 1) + 10) + ") ON_TIME0 last "
                        + session.size() + ":"
                        + session.stream().mapToLong(Long::longValue).sum());
                from = i;
            }
        }
        return sessions;
    }
}
