package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.FiringCondition;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Triggers in whole units, their usual behaviours, and which rules slices can serve. */
class PaneRulesTest {
    private static final Trigger PLAIN = Trigger.afterWatermark();

    private static PaneRules of(Trigger trigger) {
        return PaneRules.of(trigger, Accumulation.ACCUMULATING, TimeUnit.MILLISECONDS);
    }

    private static PaneRules of(
            Trigger trigger, Accumulation accumulation, @Nullable ClosingBehavior closing, boolean suppress) {
        return PaneRules.of(
                trigger, accumulation, closing, OnTimeBehavior.FIRE_ALWAYS, suppress, TimeUnit.MILLISECONDS);
    }

    @Test
    void aFiring_isPutInWholeUnits_theClockInNanoseconds() {
        FiringCondition condition = window -> false;
        Firing all = Firing.firstOf(
                Firing.everyEvents(3),
                Firing.everyEventTime(Duration.ofSeconds(2)),
                Firing.everyClock(Duration.ofMillis(5)),
                Firing.when(condition));
        PaneRules rules = of(PLAIN.early(all).lateEvery(7));
        assertThat(rules.firesAtEnd()).isTrue();
        assertThat(rules.everyEvents()).isEqualTo(3);
        assertThat(rules.everyEventTime()).isEqualTo(2_000);
        assertThat(rules.everyClockNanos()).isEqualTo(5_000_000);
        assertThat(rules.conditions()).containsExactly(condition);
        assertThat(rules.lateEvery()).isEqualTo(7);
        assertThat(of(Trigger.repeatedly(all)).firesAtEnd()).isFalse();
    }

    @Test
    void aStepOfEventTimeThatIsNoWholeNumberOfUnits_isRefused_aClockIntervalIsNot() {
        Trigger step = PLAIN.early(Firing.everyEventTime(Duration.ofNanos(1_500_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(step))
                .withMessageContainingAll("step of event time", "MILLISECONDS");
        assertThat(PaneRules.of(step, Accumulation.ACCUMULATING, TimeUnit.MICROSECONDS)
                        .everyEventTime())
                .isEqualTo(1_500);
        assertThat(of(PLAIN.early(Firing.everyClock(Duration.ofNanos(1)))).everyClockNanos())
                .isEqualTo(1);
    }

    @Test
    void anIntervalOfTheClockBeyondLong_isForEver() {
        assertThat(of(PLAIN.early(Firing.everyClock(Duration.ofSeconds(Long.MAX_VALUE))))
                        .everyClockNanos())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theUsualClosing_discardsOnlyWhereTheTriggerNeverFires() {
        assertThat(of(PLAIN).closing()).isEqualTo(ClosingBehavior.FIRE_IF_NON_EMPTY);
        assertThat(of(Trigger.repeatedly(Firing.everyEvents(2))).closing())
                .isEqualTo(ClosingBehavior.FIRE_IF_NON_EMPTY);
        assertThat(of(Trigger.never()).closing()).isEqualTo(ClosingBehavior.DISCARD);
        for (ClosingBehavior closing : ClosingBehavior.values()) {
            for (Trigger trigger : List.of(PLAIN, Trigger.never())) {
                assertThat(of(trigger, Accumulation.ACCUMULATING, closing, false)
                                .closing())
                        .isEqualTo(closing);
            }
        }
    }

    @Test
    void anyFiring_isAFiring() {
        assertThat(of(PLAIN).hasFiring()).isFalse();
        assertThat(of(Trigger.never()).hasFiring()).isFalse();
        for (Firing firing : List.of(
                Firing.everyEvents(1),
                Firing.everyEventTime(millis(1)),
                Firing.everyClock(millis(1)),
                Firing.when(window -> false))) {
            assertThat(of(PLAIN.early(firing)).hasFiring()).isTrue();
            assertThat(of(Trigger.repeatedly(firing)).isNever()).isFalse();
        }
    }

    @Test
    void never_isSilentOnlyIfItsClosingDiscards() {
        assertThat(of(Trigger.never()).isNever()).isTrue();
        assertThat(of(Trigger.never()).isSilent()).isTrue();
        assertThat(of(Trigger.never(), Accumulation.ACCUMULATING, ClosingBehavior.FIRE_ALWAYS, false)
                        .isSilent())
                .isFalse();
        assertThat(of(PLAIN, Accumulation.ACCUMULATING, ClosingBehavior.DISCARD, false)
                        .isSilent())
                .isFalse();
        assertThat(of(PLAIN).isNever()).isFalse();
    }

    @Test
    void slices_serveEndsAndLateEvents_andSilence() {
        assertThat(of(PLAIN).allowSlices()).isTrue();
        assertThat(of(PLAIN.lateEvery(3)).allowSlices()).isTrue();
        assertThat(of(PLAIN, Accumulation.DISCARDING, null, false).allowSlices())
                .isTrue();
        assertThat(of(PLAIN, Accumulation.ACCUMULATING, ClosingBehavior.DISCARD, false)
                        .allowSlices())
                .isTrue();
        assertThat(of(Trigger.never()).allowSlices()).isTrue();
    }

    @Test
    void slices_doNotServeWhatNeedsTheWindowItself() {
        assertThat(of(PLAIN.early(Firing.everyEvents(2))).allowSlices()).isFalse();
        assertThat(of(Trigger.repeatedly(Firing.everyEvents(2))).allowSlices()).isFalse();
        assertThat(of(PLAIN.lateEvery(3), Accumulation.DISCARDING, null, false).allowSlices())
                .isFalse();
        assertThat(of(PLAIN, Accumulation.RETRACTING, null, false).allowSlices())
                .isFalse();
        assertThat(of(PLAIN, Accumulation.ACCUMULATING, ClosingBehavior.FIRE_ALWAYS, false)
                        .allowSlices())
                .isFalse();
        assertThat(of(PLAIN, Accumulation.ACCUMULATING, null, true).allowSlices())
                .isFalse();
        assertThat(of(Trigger.never(), Accumulation.ACCUMULATING, ClosingBehavior.FIRE_IF_NON_EMPTY, false)
                        .allowSlices())
                .isFalse();
    }

    @Test
    void leavingOutUnchangedPanes_isRefusedWithDiscardingOnes() {
        assertThat(of(PLAIN, Accumulation.RETRACTING, null, true).suppressUnchanged())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(PLAIN, Accumulation.DISCARDING, null, true))
                .withMessageContaining("only where panes accumulate");
    }

    @Test
    void theOperator_followsFromWindowsAndRules() {
        Trigger early = PLAIN.early(Firing.everyEvents(2));
        assertThat(PaneHarness.of(Windows.tumbling(millis(10))).counters().operatorName())
                .isEqualTo("sliced");
        assertThat(PaneHarness.of(Windows.tumbling(millis(10)))
                        .trigger(early)
                        .counters()
                        .operatorName())
                .isEqualTo("per-window");
        assertThat(PaneHarness.of(Windows.session(millis(10)))
                        .trigger(early)
                        .counters()
                        .operatorName())
                .isEqualTo("sessions");
        assertThat(PaneHarness.of(Windows.following(millis(10))).counters().operatorName())
                .isEqualTo("per-window");
        assertThat(PaneHarness.of(Windows.tumblingBy(event -> 1)).counters().operatorName())
                .isEqualTo("per-window");
    }
}
