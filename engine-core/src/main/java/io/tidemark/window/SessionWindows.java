package io.tidemark.window;

/**
 * Sessions: an event opens {@code [timestamp, timestamp + gap)}, and sessions of one key that overlap or touch are one.
 *
 * <p>Threads: immutable.
 */
public final class SessionWindows implements WindowArithmetic {
    private final long gap;

    SessionWindows(long gap) {
        this.gap = gap;
    }

    /** The silence that ends a session, in the engine's unit. */
    public long gap() {
        return gap;
    }

    @Override
    public long longestWindow() {
        return gap;
    }
}
