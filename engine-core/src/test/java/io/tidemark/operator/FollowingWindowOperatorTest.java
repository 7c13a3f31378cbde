package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Windows that follow each event by a difference of 10: {@code [t - 10, t + 1)} and {@code [t + 1, t + 12)}. */
class FollowingWindowOperatorTest {

    private static PaneHarness following() {
        return PaneHarness.of(Windows.following(millis(10)));
    }

    @Test
    void anEvent_makesTheWindowThatEndsWithIt_andNoneThatHoldsNothing() {
        PaneHarness harness = following().event(5);
        assertThat(harness.watermark(5).take()).isEmpty();
        assertThat(harness.watermark(6).take()).containsExactly("1 [-5,6) ON_TIME0 1:1 last");
        assertThat(harness.finish().take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    /** The example of Kafka Streams' documentation, whose inclusive ends lie one unit before these. */
    @Test
    void everyCombinationOfEventsNoFurtherApart_isOneWindow() {
        PaneHarness harness = PaneHarness.of(Windows.following(millis(5_000)))
                .event(8_000, 1, 1)
                .event(9_200, 1, 2)
                .event(12_400, 1, 4);
        assertThat(harness.finish().take())
                .containsExactly(
                        "1 [3000,8001) ON_TIME0 1:1 last",
                        "1 [4200,9201) ON_TIME0 2:3 last",
                        "1 [7400,12401) ON_TIME0 3:7 last",
                        "1 [8001,13002) ON_TIME0 2:6 last",
                        "1 [9201,14202) ON_TIME0 1:4 last");
    }

    @Test
    void eventsExactlyTheDifferenceApart_areInOneWindow_oneMoreAndTheyAreNot() {
        assertThat(following().event(0).event(10).finish().take())
                .containsExactly(
                        "1 [-10,1) ON_TIME0 1:1 last", "1 [0,11) ON_TIME0 2:2 last", "1 [1,12) ON_TIME0 1:1 last");
        assertThat(following().event(0).event(11).finish().take())
                .containsExactly("1 [-10,1) ON_TIME0 1:1 last", "1 [1,12) ON_TIME0 1:1 last");
        assertThat(following().event(0).event(12).finish().take())
                .containsExactly("1 [-10,1) ON_TIME0 1:1 last", "1 [2,13) ON_TIME0 1:1 last");
    }

    @Test
    void aWindowExistsOnce_howeverManyEventsDefineIt() {
        assertThat(following().event(0).event(0).event(11).event(11).finish().take())
                .containsExactly("1 [-10,1) ON_TIME0 2:2 last", "1 [1,12) ON_TIME0 2:2 last");
    }

    @Test
    void keysAreApart() {
        assertThat(following().event(0, 1, 1).event(5, 2, 2).finish().take())
                .containsExactly("1 [-10,1) ON_TIME0 1:1 last", "2 [-5,6) ON_TIME0 1:2 last");
    }

    @Test
    void aWindowThatIsMadeLater_holdsWhatCameBefore() {
        assertThat(following().event(5).event(0).finish().take())
                .containsExactly(
                        "1 [-10,1) ON_TIME0 1:1 last", "1 [-5,6) ON_TIME0 2:2 last", "1 [1,12) ON_TIME0 1:1 last");
    }

    @Test
    void atTheEnds_timesAreHeld() {
        long first = Long.MIN_VALUE + 1;
        long last = Long.MAX_VALUE - 1;
        PaneHarness harness =
                following().event(first).event(first + 3).event(last - 3).event(last);
        assertThat(harness.finish().take())
                .containsExactly(
                        "1 [" + Long.MIN_VALUE + "," + (first + 1) + ") ON_TIME0 1:1 last",
                        "1 [" + Long.MIN_VALUE + "," + (first + 4) + ") ON_TIME0 2:2 last",
                        "1 [" + (first + 1) + "," + (first + 12) + ") ON_TIME0 1:1 last",
                        "1 [" + (last - 13) + "," + (last - 2) + ") ON_TIME0 1:1 last",
                        "1 [" + (last - 10) + "," + Long.MAX_VALUE + ") ON_TIME0 2:2 last",
                        "1 [" + (last - 2) + "," + Long.MAX_VALUE + ") ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    // lateness

    @Test
    void anEventIsLate_whenTheLastWindowThatCouldHoldItHasExpired() {
        PaneHarness harness = following().lateness(3).event(0).watermark(13).event(0);
        assertThat(harness.take()).containsExactly("1 [-10,1) ON_TIME0 1:1 last", "partly 0 LATE missed [-10, 1)");
        harness.watermark(14).event(0);
        assertThat(harness.take()).containsExactly("late 0 LATE missed [0, 11)");
        assertThat(harness.counters().late()).isEqualTo(1);
        assertThat(harness.counters().aggregated()).isEqualTo(2);
        assertThat(harness.counters().windowsMissed()).isEqualTo(1);
    }

    @Test
    void anEventThatMissedItsOwnWindow_isPartlyLate_exactlyFromItsExpiryOn() {
        PaneHarness inTime = following().lateness(3).watermark(3).event(0);
        assertThat(inTime.take()).containsExactly("1 [-10,1) LATE0 1:1");
        PaneHarness missed = following().lateness(3).watermark(4).event(0);
        assertThat(missed.take()).containsExactly("partly 0 LATE missed [-10, 1)");
    }

    @Test
    void anEvent_isRememberedAsLongAsAWindowMayNeedIt_andNoLonger() {
        // [1, 12) of the event at 0 ends after the last window that can hold that
        PaneHarness harness = following().event(0).watermark(11).event(11, 1, 8);
        assertThat(harness.take()).containsExactly("1 [-10,1) ON_TIME0 1:1 last");
        assertThat(harness.watermark(12).take()).containsExactly("1 [1,12) ON_TIME0 1:8 last");

        PaneHarness forgotten = following().event(0);
        assertThat(forgotten.watermark(11).isEmpty()).isFalse();
        assertThat(forgotten.watermark(12).isEmpty()).isTrue();
    }

    @Test
    void theAllowedLateness_keepsEventsLonger() {
        PaneHarness harness = following().lateness(3).event(0).watermark(14);
        assertThat(harness.isEmpty()).isFalse();
        assertThat(harness.watermark(15).isEmpty()).isTrue();
    }

    @Test
    void aWindowBornLate_givesItsFirstPaneAtOnce_withAllThatIsInIt() {
        PaneHarness harness =
                following().lateness(20).event(5, 1, 1).event(9, 1, 2).watermark(24);
        assertThat(harness.take()).hasSize(3);
        harness.event(4, 1, 4);
        assertThat(harness.take())
                .containsExactly(
                        "1 [-6,5) LATE0 1:4", "1 [-5,6) LATE1 2:5", "1 [-1,10) LATE1 3:7", "1 [5,16) LATE0 2:3");
    }

    @Test
    void expiredWindows_areNotMade() {
        PaneHarness harness = following().lateness(3).event(20).watermark(9).event(5);
        assertThat(harness.take()).containsExactly("partly 5 LATE missed [-5, 6)");
        assertThat(harness.finish().take()).containsExactly("1 [10,21) ON_TIME0 1:1 last");
    }

    // triggers

    @Test
    void anEvent_countsInAllItsWindows_andTheyGiveByEnd() {
        PaneHarness harness = following()
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                .event(3)
                .event(1);
        assertThat(harness.take()).containsExactly("1 [-7,4) EARLY0 2:2");
        assertThat(harness.event(2).take())
                .as("[-7, 4) has one new event")
                .containsExactly("1 [-8,3) EARLY0 2:2", "1 [2,13) EARLY0 2:2");
    }

    @Test
    void everythingSaid_isForgottenAfterExpiry() {
        PaneHarness harness = following()
                .byObject()
                .retracting()
                .lateness(5)
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .event(0)
                .event(3)
                .watermark(8)
                .event(1);
        assertThat(harness.take()).isNotEmpty();
        harness.watermark(1 + 10 + 1 + 5 + 3);
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void anEventAmongThoseThatAreForgotten_keepsTheOthers() {
        PaneHarness harness = following().event(0).event(30).event(15).watermark(27);
        assertThat(harness.take()).containsExactly("1 [-10,1) ON_TIME0 1:1 last", "1 [5,16) ON_TIME0 1:1 last");
        harness.event(35);
        assertThat(harness.finish().take())
                .containsExactly(
                        "1 [20,31) ON_TIME0 1:1 last", "1 [25,36) ON_TIME0 2:2 last", "1 [31,42) ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    /** More windows around one event than fit into the first working space. */
    @Test
    void anEventAmongAThousand_countsInAllTheirWindows() {
        PaneHarness harness = PaneHarness.of(Windows.following(millis(5_000)));
        for (int i = 0; i < 1_050; i++) {
            harness.event(i * 2L, 1, 0);
        }
        assertThat(harness.counters().liveWindows()).isEqualTo(2 * 1_050 - 1);
        harness.event(1_049, 1, 7);
        // those that end with one of the 525 events behind it, those that begin after one of the 525 before, its own
        assertThat(harness.finish().take().stream().filter(line -> line.endsWith(":7 last")))
                .hasSize(525 + 525 + 1);
    }

    @Test
    void eventsAtOneInstant_areRememberedTogether() {
        PaneHarness harness = following().event(0);
        assertThat(harness.counters().liveEntries())
                .as("a window, an instant, and the key of each")
                .isEqualTo(4);
        harness.event(0).event(0);
        assertThat(harness.counters().liveEntries()).isEqualTo(4);
    }

    @Test
    void atTheEndOfTime_whereAllWindowsEndTogether_theirStartsDecide() {
        long last = Long.MAX_VALUE - 1;
        PaneHarness harness = following()
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(1)))
                .event(last - 3)
                .event(last);
        assertThat(harness.take()).hasSize(3);
        assertThat(harness.event(last).take())
                .containsExactly(
                        "1 [" + (last - 10) + "," + Long.MAX_VALUE + ") EARLY1 3:3",
                        "1 [" + (last - 2) + "," + Long.MAX_VALUE + ") EARLY1 2:2");
    }

    /** Against the definition: every window that two events define, with what is in it. */
    @Test
    void withoutAWatermark_theWindowsAreThoseOfTheDefinition_inWhateverOrderEventsCome() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            List<Long> times = new ArrayList<>();
            PaneHarness harness = following();
            for (int i = 0; i < 25; i++) {
                long time = random.nextInt(80) - 40;
                times.add(time);
                harness.event(time);
            }
            TreeSet<Long> starts = new TreeSet<>();
            for (long time : times) {
                starts.add(time - 10);
                if (times.stream().anyMatch(other -> other > time && other <= time + 11)) {
                    starts.add(time + 1);
                }
            }
            List<String> expected = starts.stream()
                    .map(start -> {
                        long count = times.stream()
                                .filter(time -> time >= start && time <= start + 10)
                                .count();
                        return "1 [" + start + "," + (start + 11) + ") ON_TIME0 " + count + ":" + count + " last";
                    })
                    .toList();
            assertThat(harness.finish().take()).as("seed %d", seed).isEqualTo(expected);
        }
    }
}
