package io.tidemark.window;

import java.util.Arrays;

/**
 * Where a {@link WindowFunction} puts the windows of one event. Reused from event to event, so assigning allocates nothing.
 *
 * <p>Threads: the engine thread's, during the call only. Units: the engine's time unit.
 */
public final class WindowCollector {
    /** So many windows may hold one event. */
    public static final int MOST = 1_000;

    private long[] starts = new long[64];
    private long[] ends = new long[64];
    private long timestamp;
    private int size;

    /** For the operators. */
    public WindowCollector() {}

    /** Begins with the windows of another event. */
    void begin(long newTimestamp) {
        timestamp = newTimestamp;
        size = 0;
    }

    /**
     * Adds {@code [start, end)}; a window added twice counts once.
     *
     * @throws IllegalArgumentException if it does not contain the event's timestamp
     * @throws IllegalStateException beyond {@value #MOST} windows
     */
    public void add(long start, long end) {
        if (timestamp < start || timestamp >= end) {
            throw new IllegalArgumentException(
                    "window [" + start + ", " + end + ") does not contain the event's timestamp " + timestamp
                            + "; a window assigner gives windows around the event only");
        }
        int at = size;
        while (at > 0 && isBefore(start, end, at - 1)) {
            at--;
        }
        if (at > 0 && starts[at - 1] == start && ends[at - 1] == end) {
            return;
        }
        if (size == MOST) {
            throw new IllegalStateException(
                    "an event was given more than " + MOST + " windows; use fewer, longer ones");
        }
        insert(at, start, end);
    }

    /** Adds a window that comes after those before it; as many as there are. */
    void append(long start, long end) {
        if (size == 0 || starts[size - 1] != start || ends[size - 1] != end) {
            insert(size, start, end);
        }
    }

    private void insert(int at, long start, long end) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        System.arraycopy(starts, at, starts, at + 1, size - at);
        System.arraycopy(ends, at, ends, at + 1, size - at);
        starts[at] = start;
        ends[at] = end;
        size++;
    }

    private boolean isBefore(long start, long end, int other) {
        return end != ends[other] ? end < ends[other] : start < starts[other];
    }

    /** How many windows there are. */
    public int size() {
        return size;
    }

    /** Start of one of them; they are in the order of (end, start). */
    public long start(int index) {
        return starts[index];
    }

    /** End of one of them. */
    public long end(int index) {
        return ends[index];
    }
}
