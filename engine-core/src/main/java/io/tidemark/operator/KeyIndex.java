package io.tidemark.operator;

/**
 * From a long key to a position: open addressing with linear probing, and deletion that closes the gap it leaves, so a key that
 * went silent takes no room.
 */
final class KeyIndex {
    private static final int SMALLEST = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    /** What {@link #get} answers for a key that is not there. */
    static final int ABSENT = -1;

    /** Longs of a slot: the key, and its position + 1; 0 if the slot is free. One cache line answers a question. */
    private static final int SLOT = 2;

    private long[] slots = new long[SLOT * SMALLEST];
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(SMALLEST);
    private int size;

    int size() {
        return size;
    }

    private int home(long key) {
        return (int) ((key * GOLDEN_RATIO) >>> shift) * SLOT;
    }

    /** The slot of a key, or the free one where it would go. */
    private int slotOf(long key) {
        long[] all = slots;
        int mask = all.length - 1;
        int slot = home(key);
        while (all[slot + 1] != 0 && all[slot] != key) {
            slot = (slot + SLOT) & mask;
        }
        return slot;
    }

    int get(long key) {
        return (int) slots[slotOf(key) + 1] - 1;
    }

    /** Sets the position of a key, new or known; not negative. */
    void put(long key, int value) {
        int slot = slotOf(key);
        boolean isNew = slots[slot + 1] == 0;
        slots[slot] = key;
        slots[slot + 1] = value + 1L;
        if (isNew && 3 * SLOT * ++size > 2 * slots.length) {
            grow();
        }
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(old.length, 2)];
        shift--;
        for (int i = 0; i < old.length; i += SLOT) {
            if (old[i + 1] != 0) {
                int slot = slotOf(old[i]);
                slots[slot] = old[i];
                slots[slot + 1] = old[i + 1];
            }
        }
    }

    /** Forgets a key that is there. */
    void remove(long key) {
        long[] all = slots;
        int mask = all.length - 1;
        int hole = slotOf(key);
        for (int next = (hole + SLOT) & mask; all[next + 1] != 0; next = (next + SLOT) & mask) {
            if (((next - home(all[next])) & mask) >= ((next - hole) & mask)) {
                all[hole] = all[next];
                all[hole + 1] = all[next + 1];
                hole = next;
            }
        }
        all[hole + 1] = 0;
        size--;
    }
}
