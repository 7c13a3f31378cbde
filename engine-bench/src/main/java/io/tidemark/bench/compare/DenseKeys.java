package io.tidemark.bench.compare;

/**
 * Numbers keys in the order in which they appear, so that a pane is an array indexed by key number: open addressing over flat
 * pairs. Frozen with the loops that use it.
 *
 * <p>Threads: belongs to one thread.
 */
final class DenseKeys {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of a table entry: the key and its number. */
    private static final int ENTRY = 2;

    private static final int NUMBER = 1;

    private final int shift;
    private final int mask;
    private final long[] table;
    private final long[] keys;
    private int last;

    /** For at most {@code keys} keys. */
    DenseKeys(int keys) {
        int slots = Integer.highestOneBit(2 * keys - 1) << 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        mask = slots * ENTRY - 1;
        table = new long[slots * ENTRY];
        this.keys = new long[keys + 1];
    }

    /** The number of a key: 1 for the first one, 2 for the second. 0 marks a free entry. */
    int numberOf(long key) {
        int entry = (int) ((key * GOLDEN_RATIO) >>> shift) * ENTRY;
        long number = table[entry + NUMBER];
        while (number != 0) {
            if (table[entry] == key) {
                return (int) number;
            }
            entry = (entry + ENTRY) & mask;
            number = table[entry + NUMBER];
        }
        return add(key, entry);
    }

    private int add(long key, int entry) {
        last++;
        table[entry] = key;
        table[entry + NUMBER] = last;
        keys[last] = key;
        return last;
    }

    /** The highest number given. */
    int last() {
        return last;
    }

    /** The key with a number. */
    long key(int number) {
        return keys[number];
    }
}
