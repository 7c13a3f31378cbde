package io.tidemark.aggregate;

/**
 * A growing set of longs: open addressing with linear probing in one flat array, at most two thirds full. About 12 to 24 bytes a
 * value, 64 at least; nothing while empty.
 */
final class LongSet {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int SMALLEST = 8;
    private static final int LARGEST = 1 << 30;

    /** Zero is a free slot; whether the value zero is in is said by the flag. A power of two long, or empty. */
    private long[] slots = {};

    private boolean hasZero;
    private int filled;
    private int shift;

    void add(long value) {
        if (value == 0) {
            hasZero = true;
        } else {
            reserve(filled + 1L);
            insert(value);
        }
    }

    /**
     * Makes room as if the two had nothing in common. The values come in the order of hashes, which is the order here too: in a
     * table without room for all they would crowd at the front, each walking past most of those before.
     */
    void addAll(LongSet other) {
        reserve((long) filled + other.filled);
        hasZero |= other.hasZero;
        for (long value : other.slots) {
            if (value != 0) {
                insert(value);
            }
        }
    }

    long size() {
        return filled + (hasZero ? 1L : 0L);
    }

    /** There is a free slot, so the walk ends. */
    private void insert(long value) {
        int last = slots.length - 1;
        int slot = (int) ((value * GOLDEN_RATIO) >>> shift);
        while (slots[slot] != 0) {
            if (slots[slot] == value) {
                return;
            }
            slot = (slot + 1) & last;
        }
        slots[slot] = value;
        filled++;
    }

    private void reserve(long values) {
        if (3 * values <= 2L * slots.length) {
            return;
        }
        long length = Math.max(SMALLEST, slots.length);
        while (3 * values > 2 * length) {
            length *= 2;
        }
        if (length > LARGEST) {
            throw new IllegalStateException("one window and key would keep up to " + values
                    + " distinct values, more than one table can; use a shorter window");
        }
        long[] old = slots;
        slots = new long[(int) length];
        shift = Long.numberOfLeadingZeros(length) + 1;
        filled = 0;
        for (long value : old) {
            if (value != 0) {
                insert(value);
            }
        }
    }
}
