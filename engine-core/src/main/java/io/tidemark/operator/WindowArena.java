package io.tidemark.operator;

/**
 * The windows of a {@link PerWindowOperator}, one entry for each (key, window). Those of one key are linked both ways, newest first: events
 * usually belong to the newest.
 */
final class WindowArena extends EntryArena {
    private static final int WINDOW_LONGS = 6;
    private static final int FIRING_LONGS = 5;

    /** No boundary, no clock reading. */
    static final long UNSET = Long.MAX_VALUE;

    /** The watermark has not reached the end. */
    static final int OPEN = 1;
    /** An event came in while the window was open. */
    static final int IN_TIME = 2;
    /** The end has had its firing, or all parts of a merged session had theirs. */
    static final int END_DONE = 4;
    /** The ON_TIME pane was given, or its chance used up. */
    static final int ON_TIME_USED = 8;
    /** Something is to be done in this step. */
    static final int DUE = 16;
    /** Its end or expiry has been entered among the deadlines. */
    static final int AWAITED = 32;

    private final int newer;
    private final int start;
    private final int end;
    private final int number;
    private final int panes;
    private final int flags;
    private final int seen;
    private final int boundary;
    private final int clock;
    private final int enteredBoundary;
    private final int enteredClock;
    private final boolean keepsFiring;
    private long open;

    /**
     * An empty arena.
     *
     * @param keepsFiring whether windows must know what their last pane held; without it every event counts as fresh
     */
    WindowArena(AggregateColumns<?, ?> columns, boolean keepsFiring) {
        super(columns, WINDOW_LONGS + (keepsFiring ? FIRING_LONGS : 0));
        newer = firstExtra();
        start = newer + 1;
        end = newer + 2;
        number = newer + 3;
        panes = newer + 4;
        flags = newer + 5;
        seen = newer + 6;
        boundary = newer + 7;
        clock = newer + 8;
        enteredBoundary = newer + 9;
        enteredClock = newer + 10;
        this.keepsFiring = keepsFiring;
    }

    /** A new, empty window. */
    int begin(long key, long newStart, long newEnd, long newNumber) {
        int position = allocate(key);
        longs[position + newer] = NONE;
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        longs[position + number] = newNumber;
        longs[position + panes] = 0;
        longs[position + flags] = 0; // not by setAll: a freed window's flags count no more
        if (keepsFiring) {
            longs[position + seen] = 0;
            longs[position + boundary] = UNSET;
            longs[position + clock] = UNSET;
            voidEntered(position);
        }
        return position;
    }

    /** Frees a window; deadlines that still name it are void. */
    void discard(int position) {
        setAll(position, 0);
        longs[position + number] = NONE;
        release(position);
    }

    int newer(int position) {
        return (int) longs[position + newer];
    }

    void setNewer(int position, int other) {
        longs[position + newer] = other;
    }

    int older(int position) {
        return link(position);
    }

    void setOlder(int position, int other) {
        setLink(position, other);
    }

    long start(int position) {
        return longs[position + start];
    }

    long end(int position) {
        return longs[position + end];
    }

    void setEnd(int position, long newEnd) {
        longs[position + end] = newEnd;
    }

    /** Sets new bounds, under which pane numbers begin afresh. */
    void rebound(int position, long newStart, long newEnd) {
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        longs[position + panes] = 0;
    }

    /** When it began, by arrival; also what tells it from another window that used the same entry before. */
    long number(int position) {
        return longs[position + number];
    }

    /** Sets a new number; deadlines under another one are void. */
    void renumber(int position, long newNumber) {
        if (keepsFiring && newNumber != longs[position + number]) {
            voidEntered(position);
        }
        longs[position + number] = newNumber;
    }

    private void voidEntered(int position) {
        longs[position + enteredBoundary] = UNSET;
        longs[position + enteredClock] = UNSET;
    }

    /** Panes given under the present bounds. */
    long panes(int position) {
        return longs[position + panes];
    }

    /** The number for the next pane. */
    long nextPane(int position) {
        return longs[position + panes]++;
    }

    boolean is(int position, int flag) {
        return (longs[position + flags] & flag) != 0;
    }

    void set(int position, int flag) {
        setAll(position, longs[position + flags] | flag);
    }

    void unset(int position, int flag) {
        setAll(position, longs[position + flags] & ~flag);
    }

    /** Replaces all flags. */
    void setAll(int position, long newFlags) {
        open += (newFlags & OPEN) - (longs[position + flags] & OPEN);
        longs[position + flags] = newFlags;
    }

    /** How many windows are open. */
    long open() {
        return open;
    }

    /** Events since the last pane. */
    long fresh(int position) {
        return keepsFiring ? count(position) - longs[position + seen] : count(position);
    }

    /** Nothing is fresh any more. */
    void markSeen(int position) {
        if (keepsFiring) {
            longs[position + seen] = count(position);
        }
    }

    /** What was seen of another window was seen of this one, which it becomes part of. */
    void addSeen(int position, int part) {
        if (keepsFiring) {
            longs[position + seen] += longs[part + seen];
        }
    }

    /** The watermark of the next early pane; {@link #UNSET} if there is none. */
    long boundary(int position) {
        return keepsFiring ? longs[position + boundary] : UNSET;
    }

    void setBoundary(int position, long watermark) {
        if (keepsFiring) {
            longs[position + boundary] = watermark;
        }
    }

    /** The clock reading of the next pane; {@link #UNSET} if there is none. */
    long clock(int position) {
        return keepsFiring ? longs[position + clock] : UNSET;
    }

    void setClock(int position, long nanos) {
        if (keepsFiring) {
            longs[position + clock] = nanos;
        }
    }

    /** The boundary under which the window is entered among the deadlines, at or before its own; UNSET if it is not. */
    long enteredBoundary(int position) {
        return longs[position + enteredBoundary];
    }

    void setEnteredBoundary(int position, long watermark) {
        longs[position + enteredBoundary] = watermark;
    }

    /** As {@link #enteredBoundary}, of the clock. */
    long enteredClock(int position) {
        return keepsFiring ? longs[position + enteredClock] : UNSET;
    }

    void setEnteredClock(int position, long nanos) {
        longs[position + enteredClock] = nanos;
    }
}
