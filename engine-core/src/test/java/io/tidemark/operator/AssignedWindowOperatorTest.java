package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowFunction;
import io.tidemark.window.Windows;
import org.junit.jupiter.api.Test;

/** Windows that are known for each event: of a grid under a trigger, by a size that events bring, and a user's own. */
class AssignedWindowOperatorTest {
    private static final Trigger EARLY_2 = Trigger.afterWatermark().early(Firing.everyEvents(2));

    private static PaneHarness custom(WindowFunction function) {
        return PaneHarness.of(Windows.custom(function));
    }

    /** The tumbling window of 10, and one of 30 from it on. */
    private static void shortAndLong(long timestamp, long input, io.tidemark.window.WindowCollector windows) {
        long start = Math.floorDiv(timestamp, 10) * 10;
        windows.add(start, start + 30);
        windows.add(start, start + 10);
    }

    @Test
    void aUsersWindows_comeInTheirOrder_whateverTheOrderTheyWereAddedIn() {
        PaneHarness harness = custom(AssignedWindowOperatorTest::shortAndLong)
                .event(12)
                .event(5)
                .watermark(30);
        assertThat(harness.take())
                .containsExactly(
                        "1 [0,10) ON_TIME0 1:1 last", "1 [10,20) ON_TIME0 1:1 last", "1 [0,30) ON_TIME0 1:1 last");
        assertThat(harness.watermark(40).take()).containsExactly("1 [10,40) ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void aWindowAddedTwice_countsOnce() {
        PaneHarness harness = custom((timestamp, input, windows) -> {
                    windows.add(0, 10);
                    windows.add(0, 10);
                })
                .event(5);
        assertThat(harness.finish().take()).containsExactly("1 [0,10) ON_TIME0 1:1 last");
    }

    @Test
    void anEventThatMissedSomeOfItsWindows_countsInTheOthers() {
        PaneHarness harness = custom(AssignedWindowOperatorTest::shortAndLong)
                .watermark(9)
                .event(5)
                .watermark(10)
                .event(6);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1 last", "partly 6 LATE missed [0, 10)");
        assertThat(harness.counters().windowsMissed()).isEqualTo(1);
        assertThat(harness.watermark(29).event(7).take()).containsExactly("partly 7 LATE missed [0, 10)");
        assertThat(harness.watermark(30).take()).containsExactly("1 [0,30) ON_TIME0 3:3 last");
        assertThat(harness.event(8).take()).containsExactly("late 8 LATE missed [0, 30)");
        assertThat(harness.counters().late()).isEqualTo(1);
        assertThat(harness.counters().windowsMissed()).isEqualTo(2);
    }

    @Test
    void ofSeveralMissedWindows_theLastIsNamed() {
        PaneHarness harness = custom((timestamp, input, windows) -> {
                    for (int i = 1; i <= 4; i++) {
                        windows.add(-i, 10 * i);
                    }
                })
                .watermark(25)
                .event(5);
        assertThat(harness.take()).containsExactly("partly 5 LATE missed [-2, 20)");
        assertThat(harness.counters().windowsMissed()).isEqualTo(2);
        assertThat(harness.watermark(40).event(6).take())
                .containsExactly(
                        "1 [-3,30) ON_TIME0 1:1 last", "1 [-4,40) ON_TIME0 1:1 last", "late 6 LATE missed [-4, 40)");
    }

    @Test
    void aClosedWindowWithinItsLateness_givesALatePane_anOpenOneWaits() {
        PaneHarness harness = custom(AssignedWindowOperatorTest::shortAndLong)
                .lateness(5)
                .event(5)
                .watermark(14)
                .event(6);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1", "1 [0,10) LATE1 2:2");
        assertThat(harness.watermark(30).take()).containsExactly("1 [0,30) ON_TIME0 2:2");
    }

    @Test
    void anEventWithoutAWindow_isUnassigned_andToldOnlyWhenItCameTooLateForAny() {
        PaneHarness harness = custom((timestamp, input, windows) -> {})
                .lateness(5)
                .event(5)
                .watermark(10)
                .event(5);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.event(4).take()).containsExactly("late 4 UNASSIGNED");
        assertThat(harness.counters().unassigned()).isEqualTo(3);
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void gapsOfAGrid_areUnassignedUnderATriggerToo() {
        PaneHarness harness = PaneHarness.of(Windows.sliding(millis(5), millis(10)))
                .trigger(EARLY_2)
                .byObject()
                .events(Row.of(4, 1, 1), Row.of(5, 2, 1), Row.of(9, 3, 1), Row.of(10, 1, 1));
        assertThat(harness.counters().unassigned()).isEqualTo(2);
        assertThat(harness.finish().take())
                .containsExactly("k1 [0,5) ON_TIME0 1:1 last", "k1 [10,15) ON_TIME0 1:1 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void aFunctionThatThrows_failsTheEventAlone_inTimeAndLate() {
        PaneHarness harness = custom((timestamp, input, windows) -> {
                    windows.add(0, 10);
                    if (timestamp % 2 == 1) {
                        throw new IllegalStateException("odd");
                    }
                })
                .byObject()
                .events(Row.of(2, 1, 1), Row.of(3, 2, 2), Row.of(4, 1, 4))
                .watermark(5)
                .event(3, 3, 8);
        assertThat(harness.failures).containsExactly(Stage.ASSIGNER, Stage.ASSIGNER);
        assertThat(harness.counters().failed()).isEqualTo(2);
        assertThat(harness.counters().aggregated()).isEqualTo(2);
        assertThat(harness.counters().handedOn()).isEqualTo(4);
        assertThat(harness.finish().take()).containsExactly("k1 [0,10) ON_TIME0 2:5 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void aWindowThatIsNotAroundTheEvent_failsIt() {
        PaneHarness harness = custom((timestamp, input, windows) -> windows.add(0, 10))
                .event(10)
                .event(-1);
        assertThat(harness.failures).containsExactly(Stage.ASSIGNER, Stage.ASSIGNER);
        assertThat(harness.event(0).event(9).finish().take()).containsExactly("1 [0,10) ON_TIME0 2:2 last");
    }

    @Test
    void aThousandWindowsOfAnEvent_areTheMost() {
        WindowFunction asMany = (timestamp, count, windows) -> {
            for (long i = 1; i <= count; i++) {
                windows.add(0, timestamp + i);
            }
        };
        PaneHarness harness = PaneHarness.of(Windows.custom(event -> 0, asMany)).event(0, 1, 1_000);
        assertThat(harness.counters().liveWindows()).isEqualTo(1_000);
        harness.event(1, 1, 1_001);
        assertThat(harness.failures).containsExactly(Stage.ASSIGNER);
        assertThat(harness.counters().aggregated()).isEqualTo(1);
        assertThat(harness.finish().take()).hasSize(1_000).allMatch(line -> line.endsWith(" 1:1000 last"));
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void aGridWithMoreThanAThousandWindowsForAnEvent_isRefused_butOnlyUnderATrigger() {
        PaneHarness.of(Windows.sliding(millis(1_000), millis(1)))
                .trigger(EARLY_2)
                .counters();
        PaneHarness.of(Windows.sliding(millis(1_001), millis(1))).counters();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PaneHarness.of(Windows.sliding(millis(1_001), millis(1)))
                        .trigger(EARLY_2)
                        .counters())
                .withMessageContainingAll("1001 windows", "the most is 1000", "longer slide");
    }

    @Test
    void aThousandWindowsOfAGrid_allTakeTheEvent() {
        PaneHarness harness = PaneHarness.of(Windows.sliding(millis(1_000), millis(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(1)))
                .event(0);
        assertThat(harness.take())
                .hasSize(1_000)
                .startsWith("1 [-999,1) EARLY0 1:1")
                .endsWith("1 [0,1000) EARLY0 1:1");
    }

    @Test
    void sizesThatEventsBring_makeTumblingWindows() {
        PaneHarness harness = PaneHarness.of(Windows.tumblingBy(event -> 0))
                .event(-1, 1, 10)
                .event(7, 2, 4)
                .event(8, 2, 4)
                .event(9, 1, 10)
                .watermark(Long.MAX_VALUE - 1);
        assertThat(harness.take())
                .containsExactly(
                        "1 [-10,0) ON_TIME0 1:10 last",
                        "2 [4,8) ON_TIME0 1:4 last",
                        "1 [0,10) ON_TIME0 1:10 last",
                        "2 [8,12) ON_TIME0 1:4 last");
    }

    @Test
    void aSizeThatIsNotPositive_failsTheEvent() {
        PaneHarness harness = PaneHarness.of(Windows.tumblingBy(event -> 0))
                .event(1, 1, 0)
                .event(1, 1, -5)
                .event(1, 1, 1);
        assertThat(harness.failures).containsExactly(Stage.ASSIGNER, Stage.ASSIGNER);
        assertThat(harness.counters().failed()).isEqualTo(2);
        assertThat(harness.finish().take()).containsExactly("1 [1,2) ON_TIME0 1:1 last");
    }

    @Test
    void sizesThatReachBeyondTheEndsOfTime_areHeldThere() {
        long size = Long.MAX_VALUE;
        PaneHarness harness = PaneHarness.of(Windows.custom(
                        event -> 0, (timestamp, input, windows) -> windows.add(Long.MIN_VALUE, Long.MAX_VALUE)))
                .lateness(size)
                .event(Long.MIN_VALUE + 1)
                .watermark(Long.MAX_VALUE - 1)
                .event(Long.MAX_VALUE - 1);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.finish().take())
                .containsExactly("1 [" + Long.MIN_VALUE + "," + Long.MAX_VALUE + ") ON_TIME0 2:2 last");
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void count_givesAPaneForEverySoManyEvents_theRestAtTheEndOfInput() {
        PaneHarness harness = PaneHarness.of(Windows.count(2))
                .trigger(java.util.Objects.requireNonNull(Windows.count(2).ownTrigger()))
                .discarding()
                .event(5, 1, 1)
                .event(-5, 1, 2)
                .event(6, 2, 4)
                .event(7, 1, 8);
        String all = " [" + Long.MIN_VALUE + "," + Long.MAX_VALUE + ") ";
        assertThat(harness.take()).containsExactly("1" + all + "EARLY0 2:3");
        assertThat(harness.watermark(Long.MAX_VALUE - 1).take()).isEmpty();
        assertThat(harness.finish().take())
                .containsExactly("1" + all + "ON_TIME1 1:8 last", "2" + all + "ON_TIME0 1:4 last");
    }
}
