package io.tidemark.window;

/**
 * A window under a moving finger: what {@link SlicedWindows} answers into, so that walking over windows allocates nothing.
 *
 * <p>Threads: belongs to one thread. Units: the engine's time unit.
 */
public final class WindowCursor {
    private long start;
    private long end;

    /** An unset cursor; {@link SlicedWindows} sets it. */
    public WindowCursor() {}

    /** Start of the window, inclusive. */
    public long start() {
        return start;
    }

    /** End of the window, exclusive. */
    public long end() {
        return end;
    }

    /** Moves the cursor. */
    public void set(long newStart, long newEnd) {
        start = newStart;
        end = newEnd;
    }
}
