package io.tidemark.window;

/**
 * Sessions: an event opens {@code [timestamp, timestamp + gap)}, and sessions of one key that overlap or touch are one, as long as it
 * does not become longer than the longest allowed.
 *
 * <p>Threads: immutable.
 */
public final class SessionWindows implements WindowArithmetic {
    static final long FROM_EVENT = 0;

    private final long gap;
    private final long longest;

    SessionWindows(long gap, long longest) {
        this.gap = gap;
        this.longest = longest;
    }

    /** Whether each event brings its own gap. */
    public boolean gapFromEvent() {
        return gap == FROM_EVENT;
    }

    /** The silence that ends a session, in the engine's unit; meaningless if {@link #gapFromEvent}. */
    public long gap() {
        return gap;
    }

    /** How long a session may become; {@link Long#MAX_VALUE} if there is no limit. */
    public long longest() {
        return longest;
    }

    @Override
    public long longestWindow() {
        return gap;
    }
}
