package io.tidemark.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives every live object key a small number, so that the tables work on longs alone. A number is in use while some entry
 * retains it; then the key is forgotten and the number given to the next new key.
 *
 * <p>Open addressing with linear probing and backward-shift deletion; a key's hash is asked for once per event and kept.
 */
final class KeyDictionary<K> {
    private static final int SMALLEST = 16;

    private @Nullable Object[] keys = new Object[SMALLEST];
    private int[] hashes = new int[SMALLEST];
    private int[] references = new int[SMALLEST];
    private int[] free = new int[SMALLEST];
    private int freeCount;
    private int highest;
    /** Number + 1 of the key in each slot, 0 if free. */
    private int[] slots = new int[2 * SMALLEST];

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    /** Keys that have a number now. */
    int size() {
        return highest - freeCount;
    }

    /**
     * The number of a key, a new one (retained by nobody yet) if it had none. What {@code hashCode} or {@code equals} throw leaves
     * everything as it was.
     */
    long intern(Object key) {
        int hash = spread(key.hashCode());
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && key.equals(keys[number])) {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        int number = freeCount > 0 ? free[--freeCount] : highest++;
        if (number == keys.length) {
            int longer = keys.length * 2;
            keys = Arrays.copyOf(keys, longer);
            hashes = Arrays.copyOf(hashes, longer);
            references = Arrays.copyOf(references, longer);
            free = Arrays.copyOf(free, longer);
        }
        keys[number] = key;
        hashes[number] = hash;
        references[number] = 0;
        slots[slot] = number + 1;
        if (2 * size() > slots.length) {
            rehash();
        }
        return number;
    }

    private void rehash() {
        int[] larger = new int[slots.length * 2];
        int mask = larger.length - 1;
        for (int taken : slots) {
            if (taken != 0) {
                int slot = hashes[taken - 1] & mask;
                while (larger[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                larger[slot] = taken;
            }
        }
        slots = larger;
    }

    /** The key with this number. */
    @SuppressWarnings("unchecked") // only keys of this stream were interned
    K key(long number) {
        Object key = keys[(int) number];
        if (key == null) {
            throw new IllegalStateException("no key has the number " + number);
        }
        return (K) key;
    }

    void retain(long number) {
        references[(int) number]++;
    }

    void release(long number) {
        if (--references[(int) number] == 0) {
            forget((int) number);
        }
    }

    /** Forgets a key that was interned and then retained by nobody. */
    void discardUnused(long number) {
        if (references[(int) number] == 0 && keys[(int) number] != null) {
            forget((int) number);
        }
    }

    private void forget(int number) {
        int mask = slots.length - 1;
        int hole = hashes[number] & mask;
        while (slots[hole] != number + 1) {
            hole = (hole + 1) & mask;
        }
        // close the gap: pull back every follower that does not already sit at its own place
        for (int next = (hole + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
            int home = hashes[slots[next] - 1] & mask;
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
        keys[number] = null;
        free[freeCount++] = number;
    }
}
