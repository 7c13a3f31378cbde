package io.tidemark.operator;

import io.tidemark.time.Timestamps;

/**
 * When something has to be done for which window: its end, its expiry, a boundary inside it, a reading of the clock. A deadline is entered
 * once and never looked up again: when it comes up it is compared with the window, and put right or dropped.
 *
 * <p>The windows due in one step come in the order of end, start and number, each once.
 */
final class Deadlines {
    private final WindowArena windows;
    private final long allowedLateness;
    /** Whether nothing but a window's end can make it give a pane; then the ends, which are in order, are all there is to walk. */
    private final boolean endsOnly;

    private final DeadlineHeap ends = new DeadlineHeap();
    private final DeadlineHeap expiries = new DeadlineHeap();
    private final DeadlineHeap boundaries = new DeadlineHeap();
    private final DeadlineHeap clocks = new DeadlineHeap();
    private final DeadlineHeap due = new DeadlineHeap();

    Deadlines(WindowArena windows, long allowedLateness, boolean endsOnly) {
        this.windows = windows;
        this.allowedLateness = allowedLateness;
        this.endsOnly = endsOnly;
    }

    void awaitEnd(int window) {
        ends.add(windows.end(window), windows.start(window), windows.number(window), window);
    }

    void awaitExpiry(int window) {
        long expiry = Timestamps.add(windows.end(window), allowedLateness);
        expiries.add(expiry, windows.start(window), windows.number(window), window);
    }

    void awaitBoundary(int window, long watermark) {
        windows.setBoundary(window, watermark);
        boundaries.add(watermark, windows.start(window), windows.number(window), window);
    }

    /** Lets a window wait for a reading of the clock; if that is not UNSET. */
    void awaitClock(int window, long nanos) {
        windows.setClock(window, nanos);
        if (nanos != WindowArena.UNSET) {
            clocks.add(nanos, windows.start(window), windows.number(window), window);
        }
    }

    /** The smallest watermark at which something may be due. */
    long firstWatermark() {
        return Math.min(Math.min(ends.firstTime(), expiries.firstTime()), boundaries.firstTime());
    }

    /** The smallest clock reading at which something may be due. */
    long firstClock() {
        return clocks.firstTime();
    }

    /** The smallest end of an open window; {@link Long#MAX_VALUE} if there is none. */
    long firstEnd() {
        return firstEnding(Long.MAX_VALUE) == WindowArena.NONE ? Long.MAX_VALUE : ends.firstTime();
    }

    /** Gathers what is due; {@link #first} then goes through it. */
    void gather(long watermark, long clock) {
        if (endsOnly) {
            return;
        }
        for (int window = firstEnding(watermark); window != WindowArena.NONE; window = firstEnding(watermark)) {
            ends.removeFirst();
            markDue(window);
        }
        for (; !expiries.isEmpty() && expiries.firstTime() <= watermark; expiries.removeFirst()) {
            if (isExpiring(watermark)) {
                markDue(expiries.firstPosition());
            }
        }
        for (; !boundaries.isEmpty() && boundaries.firstTime() <= watermark; boundaries.removeFirst()) {
            int window = boundaries.firstPosition();
            if (windows.number(window) == boundaries.firstNumber()
                    && windows.boundary(window) == boundaries.firstTime()) {
                markDue(window);
            }
        }
        for (; !clocks.isEmpty() && clocks.firstTime() <= clock; clocks.removeFirst()) {
            int window = clocks.firstPosition();
            if (windows.number(window) == clocks.firstNumber() && windows.clock(window) == clocks.firstTime()) {
                markDue(window);
            }
        }
    }

    private void markDue(int window) {
        if (!windows.is(window, WindowArena.DUE)) {
            windows.set(window, WindowArena.DUE);
            due.add(windows.end(window), windows.start(window), windows.number(window), window);
        }
    }

    /** The first window that is due; NONE if none is. */
    int first(long watermark) {
        if (endsOnly) {
            return firstEnding(watermark);
        }
        return due.isEmpty() ? WindowArena.NONE : due.firstPosition();
    }

    /** Takes the first away. */
    void removeFirst() {
        if (endsOnly) {
            ends.removeFirst();
        } else {
            windows.unset(due.firstPosition(), WindowArena.DUE);
            due.removeFirst();
        }
    }

    /** The first expired window that is to be freed without a pane; taken away. NONE if there is none. */
    int removeExpired(long watermark) {
        while (!expiries.isEmpty() && expiries.firstTime() <= watermark) {
            int window = expiries.firstPosition();
            boolean valid = isExpiring(watermark);
            expiries.removeFirst();
            if (valid) {
                return window;
            }
        }
        return WindowArena.NONE;
    }

    private boolean isExpiring(long watermark) {
        int window = expiries.firstPosition();
        return windows.number(window) == expiries.firstNumber()
                && !windows.is(window, WindowArena.OPEN)
                && windows.start(window) == expiries.firstStart()
                && Timestamps.add(windows.end(window), allowedLateness) <= watermark;
    }

    /** The first open window that ends by {@code watermark}, its deadline on top of the ends; NONE if there is none. */
    private int firstEnding(long watermark) {
        while (!ends.isEmpty() && ends.firstTime() <= watermark) {
            int window = ends.firstPosition();
            long number = ends.firstNumber();
            boolean valid = windows.number(window) == number
                    && windows.is(window, WindowArena.OPEN)
                    && windows.start(window) == ends.firstStart();
            if (valid && windows.end(window) == ends.firstTime()) {
                return window;
            }
            if (valid) {
                ends.replaceFirst(windows.end(window), windows.start(window), number, window);
            } else {
                ends.removeFirst();
            }
        }
        return WindowArena.NONE;
    }
}
