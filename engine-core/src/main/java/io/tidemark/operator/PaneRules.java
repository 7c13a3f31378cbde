package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.FiringCondition;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When one stream of windows gives panes and what they hold: a {@link Trigger} in whole units, and the behaviours around it.
 *
 * <p>Threads: immutable. Units: the engine's time unit, but for the clock.
 *
 * @param firesAtEnd whether the window's end gives a pane
 * @param everyEvents new events that make a pane; 0 if their number does not
 * @param everyEventTime step of event time; 0 if there is none
 * @param everyClockNanos interval of the monotonic clock; 0 if there is none
 * @param conditions the user's own
 * @param lateEvery late events that make a LATE pane after the end's
 * @param accumulation what a later pane holds
 * @param closing whether an expiring window gives a last pane
 * @param onTime whether the end gives a pane when nothing is new
 * @param suppressUnchanged whether EARLY and LATE panes with the value of the one before are left out
 */
public record PaneRules(
        boolean firesAtEnd,
        long everyEvents,
        long everyEventTime,
        long everyClockNanos,
        List<FiringCondition> conditions,
        long lateEvery,
        Accumulation accumulation,
        ClosingBehavior closing,
        OnTimeBehavior onTime,
        boolean suppressUnchanged) {

    /** Copies the conditions. */
    public PaneRules {
        conditions = List.copyOf(conditions);
        if (suppressUnchanged && accumulation == Accumulation.DISCARDING) {
            throw new IllegalArgumentException("unchanged results can be left out only where panes accumulate;"
                    + " a discarding pane holds other events each time");
        }
    }

    /** A trigger with the usual behaviours. */
    public static PaneRules of(Trigger trigger, Accumulation accumulation, TimeUnit unit) {
        return of(trigger, accumulation, null, OnTimeBehavior.FIRE_ALWAYS, false, unit);
    }

    /**
     * A trigger in whole units.
     *
     * @param closing null for the usual one: DISCARD if the trigger never fires, else FIRE_IF_NON_EMPTY
     * @throws IllegalArgumentException if a step is no whole number of units
     */
    public static PaneRules of(
            Trigger trigger,
            Accumulation accumulation,
            @Nullable ClosingBehavior closing,
            OnTimeBehavior onTime,
            boolean suppressUnchanged,
            TimeUnit unit) {
        Firing firing = trigger.firing();
        Duration step = firing == null ? null : firing.eventTime();
        Duration clock = firing == null ? null : firing.clock();
        boolean never = firing == null && !trigger.firesAtEnd();
        return new PaneRules(
                trigger.firesAtEnd(),
                firing == null ? 0 : firing.events(),
                step == null ? 0 : Timestamps.units(step, unit, "step of event time"),
                clock == null ? 0 : Timestamps.nanos(clock),
                firing == null ? List.of() : firing.conditions(),
                trigger.lateEvery(),
                accumulation,
                closing != null ? closing : never ? ClosingBehavior.DISCARD : ClosingBehavior.FIRE_IF_NON_EMPTY,
                onTime,
                suppressUnchanged);
    }

    /** Whether there is anything besides the window's end that gives panes. */
    boolean hasFiring() {
        return everyEvents > 0 || everyEventTime > 0 || everyClockNanos > 0 || !conditions.isEmpty();
    }

    /** Whether nothing but the closing behaviour gives panes. */
    boolean isNever() {
        return !firesAtEnd && !hasFiring();
    }

    /** Whether no pane is ever given. */
    boolean isSilent() {
        return isNever() && closing == ClosingBehavior.DISCARD;
    }

    /** Whether panes of a window can be told from slices alone: none before its end, and no pane needs the one before. */
    boolean allowSlices() {
        boolean plainEnd = firesAtEnd && !hasFiring() && closing != ClosingBehavior.FIRE_ALWAYS;
        return (plainEnd || isSilent())
                && !suppressUnchanged
                && switch (accumulation) {
                    case ACCUMULATING -> true;
                    case DISCARDING -> lateEvery == 1;
                    case RETRACTING -> false;
                };
    }

    boolean isRetracting() {
        return accumulation == Accumulation.RETRACTING;
    }

    boolean isDiscarding() {
        return accumulation == Accumulation.DISCARDING;
    }
}
