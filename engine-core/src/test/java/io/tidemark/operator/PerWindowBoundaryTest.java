package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import org.junit.jupiter.api.Test;

/** Panes at steps of event time: start + k * 5 in windows of 20, allowed lateness 5. */
class PerWindowBoundaryTest {
    private static final Firing STEP = Firing.everyEventTime(millis(5));
    private static final Trigger EARLY = Trigger.afterWatermark().early(STEP);

    private static PaneHarness tumbling(Trigger trigger) {
        return PaneHarness.of(Windows.tumbling(millis(20))).lateness(5).trigger(trigger);
    }

    @Test
    void theFirstBoundaryIsOneStepBehindTheStart_exactly() {
        PaneHarness harness = tumbling(EARLY).event(1).watermark(4);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.watermark(5).take()).containsExactly("1 [0,20) EARLY0 1:1");
    }

    @Test
    void atTheStartItself_thereIsNoBoundary() {
        PaneHarness harness = tumbling(EARLY).event(1).watermark(-1).watermark(0);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.event(2).watermark(4).take()).isEmpty();
        assertThat(harness.watermark(5).take()).containsExactly("1 [0,20) EARLY0 2:2");
    }

    @Test
    void anEventAtABoundary_waitsForTheNext() {
        PaneHarness harness = tumbling(EARLY).watermark(5).event(6);
        assertThat(harness.watermark(9).take()).isEmpty();
        assertThat(harness.watermark(10).take()).containsExactly("1 [0,20) EARLY0 1:1");
    }

    @Test
    void anEventJustBelowABoundary_doesNot() {
        PaneHarness harness = tumbling(EARLY).watermark(9).event(11);
        assertThat(harness.watermark(10).take()).containsExactly("1 [0,20) EARLY0 1:1");
    }

    @Test
    void aJumpOverSeveralBoundaries_givesOnePane() {
        PaneHarness harness = tumbling(EARLY).event(1).watermark(19);
        assertThat(harness.take()).containsExactly("1 [0,20) EARLY0 1:1");
    }

    @Test
    void aBoundaryAtWhichNothingIsNew_lapses() {
        PaneHarness harness = tumbling(EARLY).event(1).watermark(5).watermark(10);
        assertThat(harness.take()).hasSize(1);
        assertThat(harness.event(11).watermark(14).take()).isEmpty();
        assertThat(harness.watermark(15).take()).containsExactly("1 [0,20) EARLY1 2:2");
    }

    @Test
    void theEnd_isNoBoundary() {
        PaneHarness harness = tumbling(EARLY).watermark(15).event(16).watermark(20);
        assertThat(harness.take()).containsExactly("1 [0,20) ON_TIME0 1:1");
        Trigger uneven = Trigger.afterWatermark().early(Firing.everyEventTime(millis(7)));
        PaneHarness seven = tumbling(uneven).watermark(14).event(16).watermark(19);
        assertThat(seven.take()).isEmpty();
        assertThat(seven.watermark(21).take()).containsExactly("1 [0,20) ON_TIME0 1:1");
    }

    @Test
    void aJumpOverBoundaryAndEnd_givesTheEndsPaneAlone() {
        PaneHarness harness = tumbling(EARLY).event(1).watermark(20);
        assertThat(harness.take()).containsExactly("1 [0,20) ON_TIME0 1:1");
    }

    @Test
    void anotherPane_unsetsTheBoundary_andTheNextEventArmsIt() {
        Trigger trigger = Trigger.afterWatermark().early(Firing.firstOf(STEP, Firing.everyEvents(2)));
        PaneHarness harness = tumbling(trigger).event(1).event(2);
        assertThat(harness.take()).containsExactly("1 [0,20) EARLY0 2:2");
        assertThat(harness.watermark(5).take()).isEmpty();
        assertThat(harness.event(6).watermark(10).take()).containsExactly("1 [0,20) EARLY1 3:3");
    }

    @Test
    void repeatedly_thereAreNoBoundariesAfterTheEnd() {
        PaneHarness harness = tumbling(Trigger.repeatedly(STEP)).event(1).watermark(20);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.event(2).watermark(24).take()).isEmpty();
        assertThat(harness.watermark(25).take()).containsExactly("1 [0,20) ON_TIME0 2:2 last");
    }

    @Test
    void severalWindows_giveInTheirOrder() {
        PaneHarness harness = PaneHarness.of(Windows.sliding(millis(20), millis(10)))
                .trigger(EARLY)
                .event(12, 1, 1)
                .event(13, 2, 1)
                .watermark(15);
        assertThat(harness.take())
                .containsExactly(
                        "1 [0,20) EARLY0 1:1", "2 [0,20) EARLY0 1:1", "1 [10,30) EARLY0 1:1", "2 [10,30) EARLY0 1:1");
    }

    @Test
    void belowZero_boundariesAreCountedFromTheStart() {
        PaneHarness harness = tumbling(EARLY).watermark(-16).event(-3);
        assertThat(harness.watermark(-15).take()).containsExactly("1 [-20,0) EARLY0 1:1");
        assertThat(harness.event(-2).watermark(-11).take()).isEmpty();
        assertThat(harness.watermark(-10).take()).containsExactly("1 [-20,0) EARLY1 2:2");
    }

    @Test
    void farBehindTheStart_theDistanceDoesNotFitIntoALong() {
        PaneHarness harness = tumbling(EARLY).watermark(Long.MIN_VALUE + 1).event(Long.MAX_VALUE / 2);
        long start = Long.MAX_VALUE / 2 / 20 * 20;
        assertThat(harness.watermark(start + 4).take()).isEmpty();
        assertThat(harness.watermark(start + 5).take())
                .containsExactly("1 [" + start + "," + (start + 20) + ") EARLY0 1:1");
    }

    @Test
    void inAWindowAsLongAsTime_theDistanceDoesNotFitIntoALongEither() {
        Firing step = Firing.everyEventTime(millis(1L << 61));
        long start = Long.MIN_VALUE + 1;
        long sevenSteps = -(1L << 61); // 7 * 2^61 fits into no long but an unsigned one
        PaneHarness harness = PaneHarness.of(
                        Windows.custom((timestamp, input, windows) -> windows.add(start, Long.MAX_VALUE)))
                .trigger(Trigger.afterWatermark().early(step))
                .watermark(start + sevenSteps - 1)
                .event(Long.MAX_VALUE - 1);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.watermark(start + sevenSteps).take())
                .containsExactly("1 [" + start + "," + Long.MAX_VALUE + ") EARLY0 1:1");
        assertThat(harness.event(Long.MAX_VALUE - 1)
                        .watermark(Long.MAX_VALUE - 1)
                        .take())
                .as("the next lies beyond the end")
                .isEmpty();
    }

    @Test
    void theGlobalWindow_countsFrom1970() {
        PaneHarness harness =
                PaneHarness.of(Windows.global()).trigger(EARLY).watermark(-8).event(1);
        String window = "1 [" + Long.MIN_VALUE + "," + Long.MAX_VALUE + ") ";
        assertThat(harness.watermark(-6).take()).isEmpty();
        assertThat(harness.watermark(-5).take()).containsExactly(window + "EARLY0 1:1");
        assertThat(harness.event(2).watermark(0).take()).containsExactly(window + "EARLY1 2:2");
        assertThat(harness.event(2).watermark(4).take()).isEmpty();
        assertThat(harness.watermark(5).take()).containsExactly(window + "EARLY2 3:3");
    }

    @Test
    void theGlobalWindow_withoutAWatermarkYet_firesAtTheFirst() {
        PaneHarness harness = PaneHarness.of(Windows.global()).trigger(EARLY).event(1);
        assertThat(harness.watermark(Long.MIN_VALUE + 100).take()).hasSize(1);
    }
}
