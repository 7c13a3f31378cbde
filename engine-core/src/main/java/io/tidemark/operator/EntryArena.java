package io.tidemark.operator;

import java.util.Arrays;

/**
 * Entries that come and go one by one. Each has a link of its own, which chains entries in use to lists and the freed ones to be
 * used again. Positions stay valid while the arena grows.
 */
class EntryArena extends Entries {
    private static final int FIRST_CAPACITY = 16;

    /** Longs of a cache line. */
    private static final int LINE = 8;

    /** No entry: the end of a list. */
    static final int NONE = -1;

    private final int link;
    private final int first;
    private int used;
    private int free = NONE;
    private int live;

    /**
     * An empty arena.
     *
     * @param extraLongs longs that each entry has behind its state, besides the link
     */
    EntryArena(AggregateColumns<?, ?> columns, int extraLongs) {
        super(columns, 1 + extraLongs, FIRST_CAPACITY);
        link = width - 1 - extraLongs;
        first = width % LINE == 0 ? LINE - HEADER : 0;
        used = first;
    }

    /** Offset of the first extra long. */
    final int firstExtra() {
        return link + 1;
    }

    /** The first entry; in a large array, which begins on a cache line, an entry of 64 bytes is one line too. */
    final int first() {
        return first;
    }

    /** Where the entries end that are in use or were. */
    final int limit() {
        return used;
    }

    final int live() {
        return live;
    }

    /** An empty entry for a key. */
    final int allocate(long key) {
        int position;
        if (free != NONE) {
            position = free;
            free = link(position);
        } else {
            if (used + width > longs.length) {
                longs = Arrays.copyOf(longs, Math.multiplyExact(longs.length, 2));
                objects = Arrays.copyOf(objects, Math.multiplyExact(objects.length, 2));
            }
            position = used;
            used += width;
        }
        live++;
        longs[position + KEY] = key;
        longs[position + link] = NONE;
        clearContents(position);
        return position;
    }

    final void release(int position) {
        live--;
        if (objectWidth > 0) {
            Arrays.fill(objects, objectsOf(position), objectsOf(position) + objectWidth, null);
        }
        longs[position + link] = free;
        free = position;
    }

    /** Frees everything. */
    final void releaseAll() {
        Arrays.fill(objects, 0, used / width * objectWidth, null);
        used = first;
        free = NONE;
        live = 0;
    }

    final int link(int position) {
        return (int) longs[position + link];
    }

    final void setLink(int position, int following) {
        longs[position + link] = following;
    }
}
