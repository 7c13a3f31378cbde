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
    /** Whether nothing but a window's end can make it give a pane; then expired windows are gathered by themselves. */
    private final boolean endsOnly;

    private final DeadlineWheel ends;
    private final DeadlineWheel expiries;
    private final DeadlineHeap boundaries = new DeadlineHeap();
    private final DeadlineHeap clocks = new DeadlineHeap();
    private final DueWindows due;
    /** Windows found to end later than was entered. */
    private int[] moved = new int[16];

    private int voidClocks;

    /**
     * Nothing to wait for yet.
     *
     * @param reach how far ahead of the watermark windows usually end; those that do not cost more, see {@link DeadlineWheel}
     */
    Deadlines(WindowArena windows, long reach, long allowedLateness, boolean endsOnly) {
        this.windows = windows;
        this.allowedLateness = allowedLateness;
        this.endsOnly = endsOnly;
        this.due = new DueWindows(windows);
        this.ends = new DeadlineWheel(reach);
        this.expiries = new DeadlineWheel(allowedLateness);
    }

    void awaitEnd(int window) {
        ends.add(windows.end(window), windows.number(window), window);
    }

    void awaitExpiry(int window) {
        expiries.add(expiry(window), windows.number(window), window);
    }

    private long expiry(int window) {
        return Timestamps.add(windows.end(window), allowedLateness);
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
        return Math.min(Math.min(ends.first(), expiries.first()), boundaries.firstTime());
    }

    /** The smallest clock reading at which something may be due. */
    long firstClock() {
        return clocks.firstTime();
    }

    /** Gathers what is due; {@link #first} then goes through it. */
    void gather(long watermark, long clock) {
        gatherEnds(watermark);
        if (!endsOnly) {
            gatherExpiries(watermark);
            gatherBoundaries(watermark);
            gatherClocks(clock);
        }
        due.sort();
    }

    private void gatherEnds(long watermark) {
        int count = ends.take(watermark);
        due.reserve(count);
        if (moved.length < count) {
            moved = new int[2 * count];
        }
        int movedCount = 0;
        for (int i = 0; i < count; i++) {
            int window = ends.position(i);
            if (windows.is(window, WindowArena.OPEN) && ends.isOf(i, windows.number(window))) {
                boolean isDue = windows.end(window) <= watermark;
                due.addIf(isDue, window);
                moved[movedCount] = window;
                movedCount += isDue ? 0 : 1;
            }
        }
        for (int i = 0; i < movedCount; i++) {
            awaitEnd(moved[i]);
        }
    }

    /** Gathers the windows that have expired alone; {@link #first} then goes through them. */
    void gatherExpired(long watermark) {
        gatherExpiries(watermark);
        due.sort();
    }

    private void gatherExpiries(long watermark) {
        int count = expiries.take(watermark);
        for (int i = 0; i < count; i++) {
            int window = expiries.position(i);
            if (windows.is(window, WindowArena.OPEN) || !expiries.isOf(i, windows.number(window))) {
                continue;
            }
            if (expiry(window) <= watermark) {
                due.add(window);
            } else {
                awaitExpiry(window);
            }
        }
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
                    due.add(window);
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
                    due.add(window);
                } else {
                    awaitClock(window, clock);
                }
            }
        }
    }

    /** What was gathered. */
    DueWindows due() {
        return due;
    }

    /** The first window that is due; NONE if none is. */
    int first() {
        return due.first();
    }

    /** Takes the first away. */
    void removeFirst() {
        due.removeFirst();
    }
}
