package io.tidemark.window;

/**
 * Windows whose edges depend on time alone, not on the events: they are unions of <em>slices</em>, the pieces between two
 * neighbouring edges, so each event updates exactly one slice however many windows overlap.
 *
 * <p>Windows are ordered by (end, start). In that order the windows that contain a given slice are neighbours, and both edges
 * never go back: closing windows in order needs no search.
 *
 * <p>All methods saturate at the ends of {@code long}. Threads: immutable. Cost: constant, no allocation.
 */
public abstract non-sealed class SlicedWindows implements WindowArithmetic {

    /** For the assigners of this room. */
    protected SlicedWindows() {}

    /** Start of the slice that contains {@code timestamp}. */
    public abstract long sliceStart(long timestamp);

    /** End of the slice that contains {@code timestamp}. */
    public abstract long sliceEnd(long timestamp);

    /**
     * Whether every edge of a slice of {@code other} is certainly the end of one of these windows. The slices of {@code other} can then be
     * put together from those of these windows, piece by piece as the pieces end.
     */
    public boolean divides(SlicedWindows other) {
        return false;
    }

    /** Whether every timestamp has at least one window; false when windows leave gaps (slide > size). */
    public abstract boolean coversAllTime();

    /** Puts all windows that contain {@code timestamp} into {@code windows}, by way of {@code cursor}. */
    public final void assign(long timestamp, WindowCursor cursor, WindowCollector windows) {
        windows.begin(timestamp);
        boolean more = firstWindow(timestamp, Long.MIN_VALUE, cursor);
        while (more && cursor.start() <= timestamp) {
            windows.append(cursor.start(), cursor.end());
            more = nextWindow(cursor);
        }
    }

    /** How many windows contain one timestamp, but for rare ones such as the days when clocks are put back, or long closures. */
    public long mostWindows() {
        return 1;
    }

    /**
     * Moves {@code cursor} to the first window that contains {@code timestamp} and ends after {@code after}.
     *
     * @return false, with the cursor untouched, if there is none
     */
    public abstract boolean firstWindow(long timestamp, long after, WindowCursor cursor);

    /** Moves {@code cursor} to the last window that contains {@code timestamp}; false if no window does. */
    public abstract boolean lastWindow(long timestamp, WindowCursor cursor);

    /** Moves {@code cursor} to the next window in the order of (end, start); false if there is none. */
    public abstract boolean nextWindow(WindowCursor cursor);

    /**
     * Moves {@code cursor} to the last window that contains {@code timestamp} and ends at or before {@code watermark}.
     *
     * @return false, with the cursor untouched, if there is none
     */
    public abstract boolean lastEndedWindow(long timestamp, long watermark, WindowCursor cursor);

    /** How many windows contain {@code timestamp} and end at or before {@code watermark}. */
    public abstract long windowsEndedBy(long timestamp, long watermark);

    /** The smallest window end {@code > watermark}; {@link Long#MAX_VALUE} if there is none before the end of time. */
    public abstract long nextEnd(long watermark);

    /**
     * The largest window end {@code <= watermark}; {@link Long#MIN_VALUE} if there is none. At the end of time every window has
     * ended, so there it is {@link Long#MAX_VALUE}.
     */
    public abstract long previousEnd(long watermark);
}
