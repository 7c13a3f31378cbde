package io.tidemark.window;

/**
 * The half-open span {@code [start, end)} of event time: an event stamped {@code start} is inside, one stamped {@code end} is in
 * the next window.
 *
 * <p>Units: the engine's time unit (milliseconds unless its builder says otherwise), negative before 1970. The global window is
 * {@code [Long.MIN_VALUE, Long.MAX_VALUE)}. Threads: immutable.
 *
 * @param start first instant inside
 * @param end first instant outside
 */
public record TimeWindow(long start, long end) {

    /**
     * Checks the order of the edges.
     *
     * @throws IllegalArgumentException if {@code start >= end}
     */
    public TimeWindow {
        if (start >= end) {
            throw new IllegalArgumentException("a window needs start < end, got [" + start + ", " + end + ")");
        }
    }

    /** Whether an event stamped {@code timestamp} lies inside. */
    public boolean contains(long timestamp) {
        return timestamp >= start && timestamp < end;
    }

    @Override
    public String toString() {
        return "[" + start + ", " + end + ")";
    }
}
