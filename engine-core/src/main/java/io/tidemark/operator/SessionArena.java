package io.tidemark.operator;

import java.util.Arrays;

/**
 * The live sessions, as entries with a few longs of their own behind the aggregators' state. Freed entries are used again.
 * Sessions of one key form a list in the order of time.
 */
final class SessionArena extends Entries {
    private static final int SESSION_LONGS = 6;
    private static final int FIRST_CAPACITY = 16;

    /** End of a key's list, and of the free list. */
    static final int NONE = -1;

    private final int start;
    private final int end;
    private final int next;
    private final int number;
    private final int panes;
    private final int open;

    private int used;
    private int free = NONE;
    private int live;

    SessionArena(AggregateColumns<?, ?> columns) {
        super(columns, SESSION_LONGS, FIRST_CAPACITY);
        start = width - SESSION_LONGS;
        end = start + 1;
        next = start + 2;
        number = start + 3;
        panes = start + 4;
        open = start + 5;
    }

    int live() {
        return live;
    }

    /** A new, open, empty session. */
    int allocate(long key, long newStart, long newEnd, long newNumber) {
        int position;
        if (free != NONE) {
            position = free;
            free = next(position);
        } else {
            if (used == longs.length) {
                longs = Arrays.copyOf(longs, Math.multiplyExact(longs.length, 2));
                objects = Arrays.copyOf(objects, Math.multiplyExact(objects.length, 2));
            }
            position = used;
            used += width;
        }
        live++;
        longs[position + KEY] = key;
        longs[position + start] = newStart;
        longs[position + end] = newEnd;
        longs[position + next] = NONE;
        longs[position + number] = newNumber;
        longs[position + panes] = 0;
        longs[position + open] = 1;
        clearContents(position);
        return position;
    }

    void release(int position) {
        live--;
        Arrays.fill(objects, objectsOf(position), objectsOf(position) + objectWidth, null);
        longs[position + number] = NONE;
        longs[position + next] = free;
        free = position;
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

    int next(int position) {
        return (int) longs[position + next];
    }

    void setNext(int position, int following) {
        longs[position + next] = following;
    }

    /** What tells this session from another one that used the same entry before. */
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
