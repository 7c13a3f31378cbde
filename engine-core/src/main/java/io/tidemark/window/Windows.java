package io.tidemark.window;

import java.time.Duration;
import java.util.Objects;

/**
 * The kinds of windows.
 *
 * <p>Every window is {@code [start, end)}: with {@code tumbling(Duration.ofMinutes(1))} a payment stamped 10:00:00 belongs to
 * 10:00:00 - 10:01:00, not to the minute before. Windows are aligned to 1970-01-01T00:00:00Z; an offset shifts the grid. Times
 * before 1970 work.
 *
 * <p>Threads: safe from any thread. Errors: a duration that is not positive is refused here with an
 * {@link IllegalArgumentException}; one that is no whole number of the engine's unit is refused when the engine is declared.
 */
public final class Windows {

    private Windows() {}

    /**
     * Windows of one size that follow each other without gap or overlap. Size 10 s: 10:00:00 - 10:00:10, 10:00:10 - 10:00:20.
     */
    public static WindowAssigner tumbling(Duration size) {
        return new SlidingAssigner(size, size, Duration.ZERO);
    }

    /** As {@link #tumbling(Duration)}, shifted: size 1 day, offset -8 h begins each window at 16:00 UTC. */
    public static WindowAssigner tumbling(Duration size, Duration offset) {
        return new SlidingAssigner(size, size, offset);
    }

    /**
     * Windows of one size, one beginning every {@code slide}. Size 60 s, slide 10 s: an event belongs to six windows. Size need
     * not be a multiple of slide; with {@code slide > size} events between two windows belong to none and are counted as
     * unassigned.
     *
     * <p>Cost: each event updates one slice, whatever the overlap.
     */
    public static WindowAssigner sliding(Duration size, Duration slide) {
        return new SlidingAssigner(size, slide, Duration.ZERO);
    }

    /** As {@link #sliding(Duration, Duration)}, shifted by {@code offset}, which is shorter than the slide. */
    public static WindowAssigner sliding(Duration size, Duration slide, Duration offset) {
        return new SlidingAssigner(size, slide, offset);
    }

    /**
     * Windows that last as long as events of a key keep coming: events at most {@code gap} apart are in one session, which ends
     * {@code gap} after its last event. Gap 30 s, events at 10:00:00 and 10:00:30: one session, 10:00:00 - 10:01:00.
     */
    public static WindowAssigner session(Duration gap) {
        return new SessionAssigner(gap);
    }

    /** One window over all time; it closes at the end of input. */
    public static WindowAssigner global() {
        return new GlobalAssigner();
    }

    static void requirePositive(Duration duration, String what) {
        Objects.requireNonNull(duration, what + " is null");
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, got " + duration);
        }
    }
}
