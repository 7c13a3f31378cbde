package io.tidemark.operator;

/**
 * The windows of a {@link PerWindowOperator}, one entry for each (key, window). Those of one key are linked both ways, newest first: events
 * usually belong to the newest.
 *
 * <p>What plain windows need beside their contents is four longs, so that with an exact sum an entry is 64 bytes: with many keys it is the
 * cache lines that cost.
 */
final class WindowArena extends EntryArena {
    private static final int PANE_LONGS = 1;
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
    /** Its end or expiry has been entered among the deadlines. */
    static final int AWAITED = 16;

    private static final int FLAG_BITS = 5;
    private static final long ALL_FLAGS = (1 << FLAG_BITS) - 1;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** How much a window must know of the panes it gave. */
    enum Memory {
        /** Nothing: its first pane is its last. */
        NONE(0),
        /** Their number. */
        PANES(PANE_LONGS),
        /** What the last one held, and when the next is due; without it every event counts as fresh. */
        FIRING(PANE_LONGS + FIRING_LONGS);

        private final int longs;

        Memory(int longs) {
            this.longs = longs;
        }
    }

    /** The older window in the low half, the newer one in the high. */
    private final int links;

    private final int start;
    private final int end;
    /** The number, then the flags. */
    private final int identity;

    private final int panes;
    private final int seen;
    private final int boundary;
    private final int clock;
    private final int enteredBoundary;
    private final int enteredClock;
    private final boolean keepsPanes;
    private final boolean keepsFiring;
    private long open;

    /** An empty arena. */
    WindowArena(AggregateColumns<?, ?> columns, Memory memory) {
        super(columns, 3 + memory.longs);
        start = firstExtra();
        links = start - 1;
        end = start + 1;
        identity = start + 2;
        panes = start + 3;
        seen = start + 4;
        boundary = start + 5;
        clock = start + 6;
        enteredBoundary = start + 7;
        enteredClock = start + 8;
        keepsPanes = memory != Memory.NONE;
        keepsFiring = memory == Memory.FIRING;
    }

    /** A new, empty window, linked to none. */
    int begin(long key, long newStart, long newEnd, long newNumber) {
        int position = allocate(key);
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        longs[position + identity] = newNumber << FLAG_BITS;
        if (keepsPanes) {
            longs[position + panes] = 0;
        }
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
        longs[position + identity] = (long) NONE << FLAG_BITS;
        longs[position + end] = Long.MIN_VALUE;
        release(position);
    }

    int newer(int position) {
        return (int) (longs[position + links] >>> Integer.SIZE);
    }

    /** Whether this is the newest window of a key; also if it was and is gone, but then no event lies in it. */
    boolean isNewest(int position, long ofKey) {
        return longs[position + KEY] == ofKey && newer(position) == NONE;
    }

    void setLinks(int position, int newer, int older) {
        longs[position + links] = (long) newer << Integer.SIZE | (older & LOW_HALF);
    }

    void setNewer(int position, int other) {
        longs[position + links] = (longs[position + links] & LOW_HALF) | (long) other << Integer.SIZE;
    }

    int older(int position) {
        return (int) longs[position + links];
    }

    void setOlder(int position, int other) {
        longs[position + links] = (longs[position + links] & ~LOW_HALF) | (other & LOW_HALF);
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

    /**
     * Lets an event that lies within a window make it longer.
     *
     * @param ownEnd where the window would end for this event alone
     * @param last a window that ends by then may have ended before the event
     * @return false, and nothing happens, if the event lies outside, or may do so
     */
    boolean prolong(int position, long timestamp, long ownEnd, long last) {
        long[] entries = longs;
        long oldEnd = entries[position + end];
        if (Math.max(timestamp, last) >= oldEnd || timestamp < entries[position + start]) {
            return false;
        }
        entries[position + end] = Math.max(oldEnd, ownEnd);
        return true;
    }

    /** Sets new bounds, under which pane numbers begin afresh. */
    void rebound(int position, long newStart, long newEnd) {
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        if (keepsPanes) {
            longs[position + panes] = 0;
        }
    }

    /** When it began, by arrival; also what tells it from another window that used the same entry before. Negative if it is gone. */
    long number(int position) {
        return longs[position + identity] >> FLAG_BITS;
    }

    /** Sets a new number; deadlines under another one are void. */
    void renumber(int position, long newNumber) {
        if (keepsFiring && newNumber != number(position)) {
            voidEntered(position);
        }
        longs[position + identity] = newNumber << FLAG_BITS | (longs[position + identity] & ALL_FLAGS);
    }

    private void voidEntered(int position) {
        longs[position + enteredBoundary] = UNSET;
        longs[position + enteredClock] = UNSET;
    }

    /** Panes given under the present bounds. */
    long panes(int position) {
        return keepsPanes ? longs[position + panes] : 0;
    }

    /** The number for the next pane. */
    long nextPane(int position) {
        return keepsPanes ? longs[position + panes]++ : 0;
    }

    boolean is(int position, int flag) {
        return (longs[position + identity] & flag) != 0;
    }

    void set(int position, int flag) {
        setAll(position, longs[position + identity] | flag);
    }

    /** Sets some flags and unsets others. */
    void change(int position, int set, int unset) {
        setAll(position, (longs[position + identity] | set) & ~unset);
    }

    /** Replaces all flags. */
    void setAll(int position, long newFlags) {
        long old = longs[position + identity];
        open += (newFlags & OPEN) - (old & OPEN);
        longs[position + identity] = (old & ~ALL_FLAGS) | (newFlags & ALL_FLAGS);
    }

    /** How many windows are open. */
    long open() {
        return open;
    }

    /** The smallest end of an open window, {@link Long#MAX_VALUE} if there is none; linear in the windows. */
    long firstEnd() {
        long first = Long.MAX_VALUE;
        for (int position = first(); position < limit(); position += width) {
            if (is(position, OPEN)) {
                first = Math.min(first, end(position));
            }
        }
        return first;
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
