package io.tidemark.operator;

import org.jspecify.annotations.Nullable;

/**
 * Flat storage of accumulators: each entry is {@code width} longs, beginning with its key and its event count, and
 * {@code objectWidth} references. Entries are named by the index of their first long, their position.
 */
abstract class Entries {
    static final int KEY = 0;
    static final int COUNT = 1;
    /** First long of the aggregators' state. */
    static final int STATE = 2;

    /** Longs of an array's header: a large array begins on a cache line, and entries that begin behind so many do not lie across two. */
    static final int HEADER = 2;

    /** Set in the count of an entry on one of whose events a user's aggregator threw. */
    static final long INCOMPLETE = 1L << 62;

    final AggregateColumns<?, ?> columns;
    final int width;
    final int objectWidth;
    long[] longs;

    @Nullable
    Object[] objects;

    Entries(AggregateColumns<?, ?> columns, int extraLongs, int capacity) {
        this.columns = columns;
        this.width = STATE + columns.longWidth() + extraLongs;
        this.objectWidth = columns.objectWidth();
        this.longs = new long[Math.multiplyExact(capacity, width)];
        this.objects = new Object[Math.multiplyExact(capacity, objectWidth)];
    }

    final int objectsOf(int position) {
        return position / width * objectWidth;
    }

    final long key(int position) {
        return longs[position + KEY];
    }

    final long count(int position) {
        return longs[position + COUNT] & ~INCOMPLETE;
    }

    final boolean incomplete(int position) {
        return (longs[position + COUNT] & INCOMPLETE) != 0;
    }

    final void markIncomplete(int position) {
        longs[position + COUNT] |= INCOMPLETE;
    }

    /** Empties an entry's contents; its key stays. */
    final void clearContents(int position) {
        longs[position + COUNT] = 0;
        columns.initialize(this, position);
    }

    /** Adds the contents of another entry, which is left unchanged. */
    final void combine(int position, Entries from, int fromPosition) {
        long counted = longs[position + COUNT];
        long other = from.longs[fromPosition + COUNT];
        longs[position + COUNT] = ((counted & ~INCOMPLETE) + (other & ~INCOMPLETE)) | ((counted | other) & INCOMPLETE);
        columns.combine(this, position, from, fromPosition);
    }
}
