package io.tidemark.operator;

import io.tidemark.time.Timestamps;

/**
 * When something has to be done for which window: its end, its expiry, a boundary inside it, a reading of the clock. A deadline is entered
 * once, though it moves on with every event or pane: when it comes up it is compared with the window, and put right or dropped.
 *
 * <p>The windows due in one step come in the order of end, start and number, each once.
 */
final class Deadlines {
    /** So many deadlines of freed windows are no matter. */
    private static final int MOST_VOID = 1_000;

    private final WindowArena windows;
    private final long allowedLateness;
    /** Whether nothing but a window's end can make it give a pane; then the ends, which are in order, are all there is to walk. */
    private final boolean endsOnly;

    private final DeadlineHeap ends = new DeadlineHeap();
    private final DeadlineHeap expiries = new DeadlineHeap();
    private final DeadlineHeap boundaries = new DeadlineHeap();
    private final DeadlineHeap clocks = new DeadlineHeap();
    private final DeadlineHeap due = new DeadlineHeap();
    private int voidClocks;

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
        if (watermark < windows.enteredBoundary(window)) {
            windows.setEnteredBoundary(window, watermark);
            boundaries.add(watermark, windows.start(window), windows.number(window), window);
        }
    }

    void awaitClock(int window, long nanos) {
        windows.setClock(window, nanos);
        if (nanos < windows.enteredClock(window)) {
            windows.setEnteredClock(window, nanos);
            clocks.add(nanos, windows.start(window), windows.number(window), window);
        }
    }

    /**
     * A window is about to be freed. The other deadlines of freed windows leave as the watermark passes them; the clock's might
     * stay for long, and are counted.
     */
    void forget(int window) {
        if (windows.enteredClock(window) == WindowArena.UNSET) {
            return;
        }
        windows.setEnteredClock(window, WindowArena.UNSET);
        if (++voidClocks > MOST_VOID && 2 * voidClocks > clocks.size()) {
            clocks.retain((nanos, number, position) -> isEnteredClock(position, number, nanos));
            voidClocks = 0;
        }
    }

    private boolean isEnteredClock(int window, long number, long nanos) {
        return windows.number(window) == number && windows.enteredClock(window) == nanos;
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
        for (int window = removeExpired(watermark); window != WindowArena.NONE; window = removeExpired(watermark)) {
            markDue(window);
        }
        gatherBoundaries(watermark);
        gatherClocks(clock);
    }

    private void gatherBoundaries(long watermark) {
        while (!boundaries.isEmpty() && boundaries.firstTime() <= watermark) {
            int window = boundaries.firstPosition();
            boolean entered = windows.number(window) == boundaries.firstNumber()
                    && windows.enteredBoundary(window) == boundaries.firstTime();
            boundaries.removeFirst();
            if (entered) {
                windows.setEnteredBoundary(window, WindowArena.UNSET);
                long boundary = windows.boundary(window);
                if (boundary <= watermark) {
                    markDue(window);
                } else {
                    awaitBoundary(window, boundary);
                }
            }
        }
    }

    private void gatherClocks(long nanos) {
        while (!clocks.isEmpty() && clocks.firstTime() <= nanos) {
            int window = clocks.firstPosition();
            boolean entered = isEnteredClock(window, clocks.firstNumber(), clocks.firstTime());
            clocks.removeFirst();
            if (entered) {
                windows.setEnteredClock(window, WindowArena.UNSET);
                long clock = windows.clock(window);
                if (clock <= nanos) {
                    markDue(window);
                } else {
                    awaitClock(window, clock);
                }
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

    /** The first expired window, whose expiry is taken away; NONE if there is none. */
    int removeExpired(long watermark) {
        while (!expiries.isEmpty() && expiries.firstTime() <= watermark) {
            int window = expiries.firstPosition();
            long number = expiries.firstNumber();
            boolean valid = windows.number(window) == number
                    && !windows.is(window, WindowArena.OPEN)
                    && windows.start(window) == expiries.firstStart();
            long expiry = valid ? Timestamps.add(windows.end(window), allowedLateness) : WindowArena.UNSET;
            if (valid && expiry > watermark) {
                expiries.replaceFirst(expiry, windows.start(window), number, window);
                continue;
            }
            expiries.removeFirst();
            if (valid) {
                return window;
            }
        }
        return WindowArena.NONE;
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
