package io.tidemark.operator;

/** The live sessions. Those of one key are linked in the order of time. */
final class SessionArena extends EntryArena {
    private static final int SESSION_LONGS = 5;

    private final int start;
    private final int end;
    private final int number;
    private final int panes;
    private final int open;

    SessionArena(AggregateColumns<?, ?> columns) {
        super(columns, SESSION_LONGS);
        start = firstExtra();
        end = start + 1;
        number = start + 2;
        panes = start + 3;
        open = start + 4;
    }

    /** A new, empty session that waits for its end. */
    int begin(long key, long newStart, long newEnd, long newNumber) {
        int position = allocate(key);
        longs[position + number] = newNumber;
        longs[position + open] = 1;
        rebound(position, newStart, newEnd);
        return position;
    }

    /** Frees a session; deadlines that still name it are void. */
    void discard(int position) {
        longs[position + number] = NONE;
        release(position);
    }

    long start(int position) {
        return longs[position + start];
    }

    long end(int position) {
        return longs[position + end];
    }

    /** Sets new bounds, under which pane numbers begin afresh. */
    void rebound(int position, long newStart, long newEnd) {
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        longs[position + panes] = 0;
    }

    /** Sets a new number; deadlines under the old one are void. */
    void renumber(int position, long newNumber) {
        longs[position + number] = newNumber;
    }

    /** When it began, by arrival; also what tells it from another session that used the same entry before. */
    long number(int position) {
        return longs[position + number];
    }

    /** The number for the next pane. */
    long nextPane(int position) {
        return longs[position + panes]++;
    }

    /** Whether it still waits for the watermark to reach its end. */
    boolean isOpen(int position) {
        return longs[position + open] != 0;
    }

    void setOpen(int position, boolean isOpen) {
        longs[position + open] = isOpen ? 1 : 0;
    }
}
