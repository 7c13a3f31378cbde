package io.tidemark.window;

/**
 * Windows that follow the events of a key: for an event at {@code t} the one that ends with it, and the one that begins after it if it
 * holds an event.
 *
 * <p>Threads: immutable.
 */
public final class FollowingWindows implements WindowArithmetic {
    private final long difference;

    FollowingWindows(long difference) {
        this.difference = difference;
    }

    /** How far apart the first and the last instant of a window are. */
    public long difference() {
        return difference;
    }

    @Override
    public long longestWindow() {
        return difference;
    }
}
