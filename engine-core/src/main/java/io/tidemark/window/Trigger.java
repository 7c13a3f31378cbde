package io.tidemark.window;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a window gives a pane.
 *
 * <pre>{@code
 * payments.window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
 *         .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: EARLY 11, ON_TIME 18
 * }</pre>
 *
 * <p>What is left over when the window expires is the matter of its {@link ClosingBehavior}.
 *
 * <p>Threads: immutable.
 */
public final class Trigger {
    private static final Trigger AFTER_WATERMARK = new Trigger(true, null, 1);
    private static final Trigger NEVER = new Trigger(false, null, 1);

    private final boolean atEnd;
    private final @Nullable Firing firing;
    private final long lateEvery;

    private Trigger(boolean atEnd, @Nullable Firing firing, long lateEvery) {
        this.atEnd = atEnd;
        this.firing = firing;
        this.lateEvery = lateEvery;
    }

    /**
     * The default: one ON_TIME pane when the watermark reaches the window's end, then one LATE pane for every late event that
     * the allowed lateness still takes. On the global window that is one pane at the end of input.
     */
    public static Trigger afterWatermark() {
        return AFTER_WATERMARK;
    }

    /**
     * A pane each time, before the window's end and, by number of events, clock or condition, after it; none for the end as such.
     * The rest comes when the window expires, unless {@link ClosingBehavior#DISCARD} is chosen.
     *
     * <pre>{@code
     * .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
     * .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: 11 at once, 18 at expiry
     * }</pre>
     */
    public static Trigger repeatedly(Firing firing) {
        return new Trigger(false, Objects.requireNonNull(firing, "firing"), 1);
    }

    /**
     * No pane, but the closing one if a {@link ClosingBehavior} other than DISCARD is chosen. For streams watched by their counters.
     *
     * <pre>{@code
     * .trigger(Trigger.never())
     * .closing(ClosingBehavior.FIRE_IF_NON_EMPTY) // one pane a window, with all that came late
     * }</pre>
     */
    public static Trigger never() {
        return NEVER;
    }

    /**
     * EARLY panes before the window's end.
     *
     * @throws IllegalStateException if this trigger does not wait for the watermark, or has early firings already
     */
    public Trigger early(Firing firing) {
        requireAtEnd("early firings");
        if (this.firing != null) {
            throw new IllegalStateException(
                    "early firings were said before, " + this.firing + "; for several use one Firing.firstOf(...)");
        }
        return new Trigger(true, Objects.requireNonNull(firing, "firing"), lateEvery);
    }

    /**
     * After the ON_TIME pane a LATE pane for every {@code count} late events instead of each; the rest when the window expires. A window all
     * of whose events came late gives its first pane at once.
     *
     * <pre>{@code
     * .trigger(Trigger.afterWatermark().lateEvery(2)) // 5, then late 6, 7 and 8: ON_TIME 5, LATE 18, LATE 26
     * }</pre>
     *
     * @throws IllegalArgumentException if the count is not positive
     * @throws IllegalStateException if this trigger does not wait for the watermark
     */
    public Trigger lateEvery(long count) {
        requireAtEnd("late firings");
        if (count < 1) {
            throw new IllegalArgumentException("a late pane needs at least 1 event, got " + count);
        }
        return firing == null && count == 1 ? AFTER_WATERMARK : new Trigger(true, firing, count);
    }

    private void requireAtEnd(String what) {
        if (!atEnd) {
            throw new IllegalStateException(what + " belong to afterWatermark(); " + this + " has none");
        }
    }

    /** Whether the window's end gives a pane. */
    public boolean firesAtEnd() {
        return atEnd;
    }

    /** What gives panes besides the end: before it, or with {@link #repeatedly} before and after it. */
    public @Nullable Firing firing() {
        return firing;
    }

    /** How many late events make a LATE pane. */
    public long lateEvery() {
        return lateEvery;
    }

    @Override
    public String toString() {
        if (!atEnd) {
            return firing == null ? "never" : "repeatedly " + firing;
        }
        return "afterWatermark" + (firing == null ? "" : ", early " + firing)
                + (lateEvery == 1 ? "" : ", late every " + lateEvery + " events");
    }
}
