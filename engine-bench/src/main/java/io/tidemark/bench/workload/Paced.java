package io.tidemark.bench.workload;

/**
 * Windows of one millisecond over one key, sum, an event at a time: for events that are published when they are due.
 *
 * <p>Threads: belongs to the publishing thread; it has one of its own that gives the windows.
 */
public interface Paced {

    /** Length of a window. */
    long WINDOW = 1;

    /** Publishes an event; those of one millisecond follow each other, no event is earlier than the last. */
    void publish(long timestamp, long value);

    /** End of input: the last window is given too; what was given is visible to the caller. */
    void finish();

    /** Gets the windows, on the contender's own thread. */
    @FunctionalInterface
    interface Listener {

        /** A window that ended. */
        void onWindow(long end, long sum);
    }
}
