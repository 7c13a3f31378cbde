package io.tidemark.operator;

/**
 * From a key to one entry of an arena: open addressing with linear probing, and deletion that closes the gap it leaves, so a key that
 * went silent takes no room. A slot holds half of the key's hash and the entry, whose own key decides.
 *
 * <p>At most half of the slots are taken, at eight bytes each, and a quarter as long as they fit into the nearer caches: a second probe costs
 * a branch that cannot be foreseen. With 100,000 keys a third, or slots that hold the whole key, made twice as many cache lines, and
 * sessions slower by a tenth.
 */
final class EntryIndex {
    private static final int SMALLEST = 16;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final long HASH = 0xFFFF_FFFF_0000_0000L;

    private static final long FREE = 0;

    /** From so many slots on, they and the entries do not fit into the second cache. */
    private static final int LARGE = 1 << 15;

    private final EntryArena arena;
    /** The high half of the hash, from which the home of the key can be told, and the entry's position + 1. */
    private long[] slots = new long[SMALLEST];

    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(SMALLEST);
    private int size;
    /** Written so that the loads are not taken for useless. */
    long fetched;

    /** An index over entries of {@code arena}, none yet. */
    EntryIndex(EntryArena arena) {
        this.arena = arena;
    }

    int size() {
        return size;
    }

    /** How many there are, taken or free. */
    int slots() {
        return slots.length;
    }

    /** The entry of a key; {@link EntryArena#NONE} if it has none. Short enough for a tight loop: most lie in their first slot. */
    int get(long key) {
        long hash = key * GOLDEN_RATIO;
        long held = slots[(int) (hash >>> shift)];
        if (held == FREE) {
            return EntryArena.NONE;
        }
        int position = (int) held - 1;
        return ((held ^ hash) & HASH) == 0 && arena.longs[position + Entries.KEY] == key ? position : getBehind(key);
    }

    /** The entry of a key that is not in the first slot where it may be. */
    private int getBehind(long key) {
        long hash = key * GOLDEN_RATIO;
        int mask = slots.length - 1;
        for (int slot = ((int) (hash >>> shift) + 1) & mask; slots[slot] != FREE; slot = (slot + 1) & mask) {
            int position = (int) slots[slot] - 1;
            if (((slots[slot] ^ hash) & HASH) == 0 && arena.longs[position + Entries.KEY] == key) {
                return position;
            }
        }
        return EntryArena.NONE;
    }

    /**
     * Looks only at the first slot of each key of a run, all in one pass: these loads wait for nothing but memory, which serves many of them
     * at once; among the decisions that follow, each would wait by itself. Where not all fits into the nearer caches, another pass brings
     * the entries near.
     *
     * @param keys where the keys lie, the first at {@code at}, then every {@code stride}
     * @param guesses gets the entry of each key if that lies in its first slot, otherwise any
     */
    void guess(long[] keys, int at, int stride, int count, int[] guesses) {
        long[] all = slots;
        int none = arena.first(); // an entry, so that nothing else is taken for one
        for (int i = 0, index = at; i < count; i++, index += stride) {
            guesses[i] = Math.max(none, (int) all[(int) ((keys[index] * GOLDEN_RATIO) >>> shift)] - 1);
        }
        if (!isLarge()) {
            return;
        }
        long[] entries = arena.longs;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += entries[guesses[i]];
        }
        fetched = sum;
    }

    /** Whether slots and entries are so many that they do not fit into the nearer caches. */
    boolean isLarge() {
        return slots.length >= LARGE;
    }

    /** Brings the slot of a key near, and the entry in it. */
    void fetch(long key) {
        fetched += arena.longs[Math.max(0, (int) slots[(int) ((key * GOLDEN_RATIO) >>> shift)] - 1)];
    }

    private int slotOf(long key, int entry) {
        long wanted = ((key * GOLDEN_RATIO) & HASH) | (entry + 1L);
        int mask = slots.length - 1;
        int slot = (int) (wanted >>> shift);
        while (slots[slot] != wanted) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Adds the first entry of a key. */
    void add(long key, int entry) {
        if ((isLarge() ? 2 : 4) * (size + 1L) > slots.length) {
            grow();
        }
        size++;
        insert(((key * GOLDEN_RATIO) & HASH) | (entry + 1L));
    }

    private void insert(long held) {
        int mask = slots.length - 1;
        int slot = (int) (held >>> shift);
        while (slots[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = held;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[Math.multiplyExact(old.length, 2)];
        shift--;
        for (long held : old) {
            if (held != FREE) {
                insert(held);
            }
        }
    }

    /** Lets another entry of a key take the place of the one that is known. */
    void replace(long key, int known, int entry) {
        slots[slotOf(key, known)] = ((key * GOLDEN_RATIO) & HASH) | (entry + 1L);
    }

    /** Forgets a key whose entry is known. */
    void remove(long key, int known) {
        long[] all = slots;
        int mask = all.length - 1;
        int hole = slotOf(key, known);
        for (int next = (hole + 1) & mask; all[next] != FREE; next = (next + 1) & mask) {
            int home = (int) (all[next] >>> shift);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                all[hole] = all[next];
                hole = next;
            }
        }
        all[hole] = FREE;
        size--;
    }
}
