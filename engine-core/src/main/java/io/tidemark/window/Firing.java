package io.tidemark.window;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a window give a pane besides its end: so many events, a step of event time, an interval of the clock, a condition of one's
 * own, or whichever of several comes first. A pane is only given if something is new since the one before.
 *
 * <pre>{@code
 * .trigger(Trigger.afterWatermark()
 *         .early(Firing.firstOf(Firing.everyEvents(3), Firing.everyClock(Duration.ofSeconds(5)))))
 * }</pre>
 *
 * <p>Threads: immutable (a condition as far as it is itself).
 */
public final class Firing {
    private final long events;
    private final @Nullable Duration eventTime;
    private final @Nullable Duration clock;
    private final List<FiringCondition> conditions;

    private Firing(
            long events, @Nullable Duration eventTime, @Nullable Duration clock, List<FiringCondition> conditions) {
        this.events = events;
        this.eventTime = eventTime;
        this.clock = clock;
        this.conditions = List.copyOf(conditions);
    }

    /**
     * A pane as soon as {@code count} events are new.
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public static Firing everyEvents(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("a pane needs at least 1 event, got " + count);
        }
        return new Firing(count, null, null, List.of());
    }

    /**
     * A pane when the watermark reaches {@code start + step}, {@code start + 2 * step} and so on, while it is below the window's end. One
     * pane an advance, however far the watermark jumps. The steps of a window without a beginning are counted from 1970.
     *
     * <pre>{@code
     * .trigger(Trigger.afterWatermark().early(Firing.everyEventTime(Duration.ofSeconds(20))))
     * .aggregate(Aggregators.sumExact(Payment::amountMinor)) // the minute so far, after 20 s and 40 s
     * }</pre>
     */
    public static Firing everyEventTime(Duration step) {
        Windows.requirePositive(step, "step of event time");
        return new Firing(0, step, null, List.of());
    }

    /**
     * A pane so long after the first event that is new, by the engine's monotonic clock, as read once a batch. Panes then depend on when
     * events came, not on the events alone, unless the clock is virtual.
     */
    public static Firing everyClock(Duration interval) {
        Windows.requirePositive(interval, "clock interval");
        return new Firing(0, null, interval, List.of());
    }

    /**
     * A pane when a condition of one's own says so.
     *
     * <pre>{@code
     * .trigger(Trigger.afterWatermark().early(Firing.when(minute -> minute.longValue() >= 10_000)))
     * .aggregate(Aggregators.sumExact(Payment::amountMinor)) // at once when a merchant takes 10,000 or more
     * }</pre>
     */
    public static Firing when(FiringCondition condition) {
        return new Firing(0, null, null, List.of(Objects.requireNonNull(condition, "condition")));
    }

    /**
     * Whichever comes first; then all begin anew.
     *
     * @throws IllegalArgumentException if none is given, or two steps of event time or two clock intervals: the finer one is enough
     */
    public static Firing firstOf(Firing... firings) {
        long events = 0;
        Duration eventTime = null;
        Duration clock = null;
        List<FiringCondition> conditions = new ArrayList<>();
        for (Firing firing : firings) {
            if (firing.events > 0) {
                events = events == 0 ? firing.events : Math.min(events, firing.events);
            }
            eventTime = onlyOne(eventTime, firing.eventTime, "steps of event time");
            clock = onlyOne(clock, firing.clock, "clock intervals");
            conditions.addAll(firing.conditions);
        }
        if (firings.length == 0) {
            throw new IllegalArgumentException("firstOf() of nothing; name at least one firing");
        }
        return new Firing(events, eventTime, clock, conditions);
    }

    private static @Nullable Duration onlyOne(@Nullable Duration one, @Nullable Duration other, String what) {
        if (one != null && other != null) {
            throw new IllegalArgumentException(
                    "firstOf() of two " + what + ", " + one + " and " + other + "; keep one");
        }
        return one != null ? one : other;
    }

    /** New events that make a pane; 0 if their number does not. */
    public long events() {
        return events;
    }

    /** The step of event time, if there is one. */
    public @Nullable Duration eventTime() {
        return eventTime;
    }

    /** The interval of the clock, if there is one. */
    public @Nullable Duration clock() {
        return clock;
    }

    /** The user's own conditions. */
    public List<FiringCondition> conditions() {
        return conditions;
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (events > 0) {
            parts.add("every " + events + " events");
        }
        if (eventTime != null) {
            parts.add("every " + eventTime + " of event time");
        }
        if (clock != null) {
            parts.add("every " + clock + " of the clock");
        }
        if (!conditions.isEmpty()) {
            parts.add("a condition");
        }
        return String.join(" or ", parts);
    }
}
