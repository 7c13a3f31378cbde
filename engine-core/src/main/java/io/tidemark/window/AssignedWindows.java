package io.tidemark.window;

/**
 * Windows that a {@link WindowFunction} gives.
 *
 * <p>Threads: as the function.
 */
public final class AssignedWindows implements WindowArithmetic {
    private final WindowFunction function;

    AssignedWindows(WindowFunction function) {
        this.function = function;
    }

    /** Puts the windows of an event into {@code windows}. */
    public void assign(long timestamp, long input, WindowCollector windows) {
        windows.begin(timestamp);
        function.assign(timestamp, input, windows);
    }

    /** Not known beforehand. */
    @Override
    public long longestWindow() {
        return 0;
    }
}
