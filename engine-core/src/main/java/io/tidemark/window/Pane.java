package io.tidemark.window;

/**
 * Which of a window's results this is. Within one (key, window) panes are numbered 0, 1, 2 and so on without a hole; together with key and
 * window the number identifies a result for ever, so a consumer can drop a repetition.
 *
 * <p>Threads: immutable.
 *
 * @param timing before, at, or after the window's end
 * @param number 0 for the first pane of the window
 * @param last true if no pane of this window can follow, because it has expired; with allowed lateness a window whose last event came in
 *     time has such a pane only with {@link ClosingBehavior#FIRE_ALWAYS}
 */
public record Pane(Timing timing, long number, boolean last) {
    private static final Pane ON_TIME = new Pane(Timing.ON_TIME, 0, false);
    private static final Pane ONLY = new Pane(Timing.ON_TIME, 0, true);

    /** When a pane was given, in event time. */
    public enum Timing {
        /** The watermark had not reached the window's end. */
        EARLY,
        /** The watermark reached the end: the window's main result. */
        ON_TIME,
        /** A correction, or the result of a window whose events all came after its end. */
        LATE
    }

    /** As the constructor; the two usual panes are shared, so they cost nothing. */
    public static Pane of(Timing timing, long number, boolean last) {
        if (timing == Timing.ON_TIME && number == 0) {
            return last ? ONLY : ON_TIME;
        }
        return new Pane(timing, number, last);
    }

    /** Whether this is the window's first pane. */
    public boolean first() {
        return number == 0;
    }
}
