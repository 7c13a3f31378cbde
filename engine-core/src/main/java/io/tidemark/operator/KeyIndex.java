package io.tidemark.operator;

import java.util.Arrays;

/**
 * From a long key to a position: open addressing with linear probing, and deletion that closes the gap it leaves, so a key that
 * went silent takes no room.
 */
final class KeyIndex {
    private static final int SMALLEST = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    /** What {@link #get} answers for a key that is not there. */
    static final int ABSENT = -1;

    private long[] keys = new long[SMALLEST];
    private int[] values = new int[SMALLEST];
    private int shift = 64 - 4;
    private int size;

    KeyIndex() {
        Arrays.fill(values, ABSENT);
    }

    int size() {
        return size;
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    int get(long key) {
        return values[slotOf(key)];
    }

    /** Sets the position of a key, new or known; not negative. */
    void put(long key, int value) {
        int slot = slotOf(key);
        if (values[slot] == ABSENT) {
            keys[slot] = key;
            if (3 * ++size > 2 * keys.length) {
                values[slot] = value;
                grow();
                return;
            }
        }
        values[slot] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(values, ABSENT);
        shift--;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    /** Forgets a key that is there. */
    void remove(long key) {
        int mask = keys.length - 1;
        int hole = slotOf(key);
        for (int next = (hole + 1) & mask; values[next] != ABSENT; next = (next + 1) & mask) {
            int home = (int) ((keys[next] * GOLDEN_RATIO) >>> shift);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
        }
        values[hole] = ABSENT;
        size--;
    }
}
