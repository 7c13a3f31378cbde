package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the recorded scenarios do not show: timing and numbers, both ends of time, several keys. */
class ReferenceModelTest {
    private static final long LOWEST = Long.MIN_VALUE + 1;
    private static final long HIGHEST = Long.MAX_VALUE - 1;

    @Test
    void tumbling_givesOnTimeAtTheEnd_thenOneLatePanePerEvent_thenNothing() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).allowedLateness(5);
        model.event(3, "a", 1);
        model.watermark(10);
        model.event(9, "a", 2);
        model.watermark(15);
        model.event(9, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .containsExactly(
                        pane(1, "a", 0, 10, List.of(1), Timing.ON_TIME, 0, false),
                        pane(2, "a", 0, 10, List.of(1, 2), Timing.LATE, 1, false));
        assertThat(model.late()).containsExactly(new ExpectedLate(4, new TimeWindow(0, 10), 15));
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void jumpOverEndAndExpiry_givesOnePane_onTimeAndLast() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).allowedLateness(5);
        model.event(3, "a", 1);
        model.watermark(15);

        assertThat(model.panes()).containsExactly(pane(1, "a", 0, 10, List.of(1), Timing.ON_TIME, 0, true));
    }

    @Test
    void windowBornAfterItsEnd_startsWithLate() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0)
                .allowedLateness(5)
                .discarding();
        model.watermark(12);
        model.event(3, "a", 1);
        model.event(4, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .containsExactly(
                        pane(1, "a", 0, 10, List.of(1), Timing.LATE, 0, false),
                        pane(2, "a", 0, 10, List.of(2), Timing.LATE, 1, false));
    }

    @Test
    void mergeThatChangesTheBounds_numbersAfresh() {
        var model = ReferenceModel.<String, Integer>session(10).allowedLateness(100);
        model.event(0, "a", 1);
        model.watermark(20);
        model.event(5, "a", 2); // [0, 15), ended: a session born late
        model.event(7, "a", 3); // [0, 17), again a new one
        model.event(6, "a", 4); // inside: numbering goes on
        model.event(17, "a", 5); // touches: [0, 27), open again
        model.watermark(27);

        assertThat(model.panes())
                .containsExactly(
                        pane(1, "a", 0, 10, List.of(1), Timing.ON_TIME, 0, false),
                        replacing(pane(2, "a", 0, 15, List.of(1, 2), Timing.LATE, 0, false), window(0, 10)),
                        replacing(pane(3, "a", 0, 17, List.of(1, 2, 3), Timing.LATE, 0, false), window(0, 15)),
                        pane(4, "a", 0, 17, List.of(1, 2, 3, 4), Timing.LATE, 1, false),
                        replacing(
                                pane(6, "a", 0, 27, List.of(1, 2, 3, 4, 5), Timing.ON_TIME, 0, false), window(0, 17)));
    }

    @Test
    void mergedSession_holdsItsEventsInOrderOfArrival() {
        var model = ReferenceModel.<String, Integer>session(10);
        model.event(20, "a", 1);
        model.event(0, "a", 2);
        model.event(21, "a", 3);
        model.event(10, "a", 4);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).containsExactly(pane(4, "a", 0, 31, List.of(1, 2, 3, 4), Timing.ON_TIME, 0, true));
    }

    @Test
    void liveSession_keepsAnEventWhoseOwnWindowIsExpired() {
        var model = ReferenceModel.<String, Integer>session(10);
        model.event(5, "a", 1);
        model.watermark(12);
        model.event(1, "a", 2);
        model.event(1, "b", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).containsExactly(pane(4, "a", 1, 15, List.of(1, 2), Timing.ON_TIME, 0, true));
        assertThat(model.late()).containsExactly(new ExpectedLate(3, new TimeWindow(1, 11), 12));
    }

    @Test
    void partlyLateEvent_isCountedByWindowsMissed_andNotLate() {
        var model = ReferenceModel.<String, Integer>sliding(10, 3, 0);
        model.watermark(7);
        model.event(6, "a", 1); // [-3, 7) is over; [0, 10), [3, 13), [6, 16) are not

        assertThat(model.late()).isEmpty();
        assertThat(model.windowsMissed()).isEqualTo(Map.of(1, 1));
        assertThat(model.liveWindows()).isEqualTo(3);
    }

    @Test
    void lateEvent_namesTheLastWindowItMissed() {
        var model = ReferenceModel.<String, Integer>sliding(10, 5, 0);
        model.watermark(20);
        model.event(7, "a", 1);

        assertThat(model.late()).containsExactly(new ExpectedLate(1, new TimeWindow(5, 15), 20));
    }

    @Test
    void eventOfNoWindow_isUnassigned_andLateOnlyBehindTheAllowedLateness() {
        var model = ReferenceModel.<String, Integer>sliding(2, 10, 0).allowedLateness(3);
        model.event(5, "a", 1);
        model.watermark(8);
        model.event(5, "a", 2);
        model.watermark(9);
        model.event(5, "a", 3);

        assertThat(model.unassigned()).containsExactly(0, 2, 4);
        assertThat(model.late()).containsExactly(new ExpectedLate(4, null, 9));
    }

    @Test
    void windowsAtTheEndsOfTime_areCutOffThere() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0);
        model.event(LOWEST, "a", 1);
        model.event(HIGHEST, "a", 2);
        model.watermark(Long.MAX_VALUE - 1);
        model.watermark(Long.MAX_VALUE);

        // -2^63 = 2 and 2^63 - 1 = 7 on a grid of ten
        assertThat(model.panes())
                .containsExactly(
                        pane(2, "a", Long.MIN_VALUE, Long.MIN_VALUE + 8, List.of(1), Timing.ON_TIME, 0, true),
                        pane(3, "a", Long.MAX_VALUE - 7, Long.MAX_VALUE, List.of(2), Timing.ON_TIME, 0, true));
    }

    @Test
    void slidingWindowsBelowTheRange_stayApart() {
        var model = ReferenceModel.<String, Integer>sliding(30, 10, 0);
        model.event(LOWEST, "a", 1);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(ExpectedPane::window)
                .containsExactly(
                        new TimeWindow(Long.MIN_VALUE, Long.MIN_VALUE + 8),
                        new TimeWindow(Long.MIN_VALUE, Long.MIN_VALUE + 18),
                        new TimeWindow(Long.MIN_VALUE, Long.MIN_VALUE + 28));
    }

    @Test
    void expiryBeyondTheRange_comesAtTheEndOfInput() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).allowedLateness(Long.MAX_VALUE);
        model.event(1, "a", 1);
        model.watermark(Long.MAX_VALUE - 1);
        assertThat(model.liveWindows()).isEqualTo(1);

        model.watermark(Long.MAX_VALUE);
        assertThat(model.liveWindows()).isZero();
        assertThat(model.panes()).containsExactly(pane(1, "a", 0, 10, List.of(1), Timing.ON_TIME, 0, false));
    }

    @Test
    void boundedOutOfOrderness_addsTheEventBeforeItsWatermark() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).boundedOutOfOrderness(5);
        model.event(15, "a", 1);
        assertThat(model.watermark()).isEqualTo(10);
        model.event(LOWEST, "a", 2);
        assertThat(model.watermark()).isEqualTo(10);

        assertThat(model.late()).hasSize(1);
        assertThat(model.panes()).isEmpty();
    }

    @Test
    void boundedOutOfOrderness_atTheLowEnd_saturates() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).boundedOutOfOrderness(5);
        model.event(LOWEST, "a", 1);

        assertThat(model.watermark()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void discarding_showsEachEventOnce() {
        var model =
                ReferenceModel.<String, Integer>session(10).allowedLateness(50).discarding();
        model.event(0, "a", 1);
        model.watermark(10);
        model.event(20, "a", 2);
        model.event(10, "a", 3); // bridges the two
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .containsExactly(
                        pane(1, "a", 0, 10, List.of(1), Timing.ON_TIME, 0, false),
                        replacing(pane(4, "a", 0, 30, List.of(2, 3), Timing.ON_TIME, 0, true), window(0, 10)));
    }

    @Test
    void oneStep_comesByEndThenStartThenFirstArrivalOfTheKey() {
        var model = ReferenceModel.<String, Integer>sliding(10, 5, 0);
        model.event(7, "b", 1);
        model.event(7, "a", 2);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(pane -> pane.window() + pane.key())
                .containsExactly("[0, 10)b", "[0, 10)a", "[5, 15)b", "[5, 15)a");
    }

    @Test
    void never_givesNothing_andForgetsAtTheExpiry() {
        var model = ReferenceModel.<String, Integer>global().never();
        model.event(1, "a", 1);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes()).isEmpty();
        assertThat(model.liveWindows()).isZero();
    }

    @Test
    void watermarkThatDoesNotGoForward_isAStepWithoutEffect() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0);
        model.watermark(5);
        model.watermark(5);
        model.watermark(-5);
        model.event(1, null, 1);
        model.watermark(10);

        assertThat(model.panes()).containsExactly(pane(4, null, 0, 10, List.of(1), Timing.ON_TIME, 0, true));
    }

    @Test
    void misuse_isRefused() {
        assertThatThrownBy(() -> ReferenceModel.tumbling(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.session(-1)).isInstanceOf(IllegalArgumentException.class);
        var model = ReferenceModel.<String, Integer>tumbling(10, 0);
        assertThatThrownBy(() -> model.allowedLateness(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.boundedOutOfOrderness(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.event(Long.MAX_VALUE, "a", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.event(Long.MIN_VALUE, "a", 1)).isInstanceOf(IllegalArgumentException.class);
        model.watermark(0);
        assertThatThrownBy(model::discarding).isInstanceOf(IllegalStateException.class);
    }

    private static ExpectedPane<String, Integer> pane(
            int step,
            String key,
            long start,
            long end,
            List<Integer> values,
            Timing timing,
            long number,
            boolean last) {
        return new ExpectedPane<>(step, key, new TimeWindow(start, end), values, new Pane(timing, number, last));
    }

    private static TimeWindow window(long start, long end) {
        return new TimeWindow(start, end);
    }

    private static ExpectedPane<String, Integer> replacing(ExpectedPane<String, Integer> pane, TimeWindow... replaced) {
        return new ExpectedPane<>(
                pane.step(), pane.key(), pane.window(), pane.values(), pane.pane(), false, List.of(replaced));
    }
}
