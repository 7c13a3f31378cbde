package io.tidemark.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accumulators by key: a hash index of positions over entries that lie one behind the other in the order in which their keys came.
 * So only the index, four bytes a slot, has free room that must be cleared; a walk over the entries meets no gaps, and a position
 * stays valid while the table grows. It is cleared as a whole and used again, or keeps its keys, without events, for a window in
 * which they come again; no key is removed by itself. A table may also follow another: it has no index of its own then, and each key's
 * entry is at the same position in both.
 *
 * <ul>
 *   <li>Name: open addressing with linear probing, the entries apart from the index.
 *   <li>Cost: expected O(1) a key. A batch goes through a large index and its entries in one loop each, in which no step waits for the
 *       one before it: the memory then works on several at once.
 *   <li>Space: an entry a key, with at most an eighth of them in reserve beyond half a million, and 6 to 12 bytes of index.
 * </ul>
 */
final class KeyTable extends Entries implements Contents {
    private static final int SMALLEST = 16;
    /** With less than one key in so many slots, clearing the index would be what a window costs. */
    private static final int SPARSE = 16;
    /** So many entries are added at least when a table is full, unless it has fewer; then it doubles. */
    private static final int STEP = 1 << 16;

    /** Up to so many longs, entries and index stay in the second cache, and the two are gone through in one loop. */
    private static final int CACHED = 1 << 16;

    /** One key in so many may be another from window to window. */
    static final int RARE = 8;

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final @Nullable KeyDictionary<?> dictionary;
    /** Where an entry keeps the arrival number of its first event; 0 if nobody asked for the order of arrival. */
    private final int arrivalOffset;

    /** The table whose index this one uses: itself, or the one it follows. */
    private KeyTable leader = this;
    /** How many others use this one's. */
    private int followers;

    /** Position of the first entry, above 0. */
    private final int first;

    /** Position of the entry of the key that hashed here or before; 0, where no entry is, if the slot is free. */
    private int[] slots = new int[SMALLEST];

    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(SMALLEST);
    /** Where the next entry goes. */
    private int limit;
    /** Beyond it the index is too full. */
    private long fullAt;

    KeyTable(AggregateColumns<?, ?> columns, @Nullable KeyDictionary<?> dictionary, boolean keepArrival) {
        this(columns, dictionary, keepArrival, 0);
    }

    /**
     * An empty table.
     *
     * @param extraLongs longs at the end of each entry for the owner's own use, 0 at first
     */
    KeyTable(
            AggregateColumns<?, ?> columns,
            @Nullable KeyDictionary<?> dictionary,
            boolean keepArrival,
            int extraLongs) {
        super(columns, (keepArrival ? 1 : 0) + extraLongs, SMALLEST);
        this.dictionary = dictionary;
        this.arrivalOffset = keepArrival ? width - extraLongs - 1 : 0;
        this.first = width > HEADER ? width - HEADER : width;
        this.limit = first;
        this.fullAt = fullAt(SMALLEST);
    }

    /** Where so many entries end that two thirds of the slots are taken. */
    private long fullAt(int slotCount) {
        return first + 2L * slotCount / 3 * width;
    }

    int size() {
        return (limit - first) / width;
    }

    /** Keys for which there is an entry, or room that will be made for one once it is needed. */
    int knownKeys() {
        return leader.size();
    }

    @Override
    public int first() {
        return first;
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public int step() {
        return width;
    }

    @Override
    public int entryAt(int position) {
        return position;
    }

    @Override
    public Entries entries() {
        return this;
    }

    @Override
    public boolean isOccupied(int position) {
        return longs[position + COUNT] != 0;
    }

    /** As asked for; without the order of arrival it means nothing. */
    @Override
    public long arrival(int position) {
        return longs[position + arrivalOffset];
    }

    /** Position of a key with events, -1 if there is none. */
    int find(long key) {
        int position = leader.slots[leader.slotOf(key)];
        return position == 0 || position >= limit || !isOccupied(position) ? -1 : position;
    }

    /**
     * Lets the keys lie where they lie in another table of such entries, one that is not cleared as long as tables follow it; null for where
     * they come to lie here. Only while this table is empty, and for state over longs alone, of known identity, without arrivals, extra longs
     * or a dictionary.
     */
    void follow(@Nullable KeyTable table) {
        KeyTable next = table == null ? this : table;
        if (leader == next) {
            return;
        }
        leader.followers -= followsAnother() ? 1 : 0;
        leader = next;
        limit = first;
        if (followsAnother()) {
            leader.followers++;
            if (longs.length / SPARSE > leader.longs.length) {
                longs = new long[leader.longs.length];
            }
        }
    }

    /** Whether keys lie at the same positions in both. */
    boolean follows(KeyTable table) {
        return leader == table;
    }

    boolean followsAnother() {
        return leader != this;
    }

    boolean isFollowed() {
        return followers > 0;
    }

    /** Tells the table it follows, if any, of a key that will be added to this one. */
    void announce(long key) {
        if (followsAnother()) {
            leader.claim(key, 0);
        }
    }

    /** Makes room for keys that the table it follows has got meanwhile. */
    private void extend() {
        if (longs.length < leader.limit) {
            longs = Arrays.copyOf(longs, leader.longs.length);
        }
        for (; limit < leader.limit; limit += width) {
            longs[limit + KEY] = leader.longs[limit + KEY];
            clearContents(limit);
        }
    }

    /** The slot of a key, or the free one where it would go. */
    private int slotOf(long key) {
        int mask = slots.length - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
        while (slots[slot] != 0 && longs[slots[slot]] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Position of a key, which is added with count 0 if it is not there; the caller makes the count positive at once. */
    int claim(long key, long arrival) {
        if (followsAnother()) {
            int position = leader.claim(key, arrival);
            extend();
            return position;
        }
        int slot = slotOf(key);
        return slots[slot] == 0 ? insert(slot, key, arrival) : slots[slot];
    }

    /**
     * Finds or adds the keys of {@code count} rows and counts an event for each.
     *
     * @param keys where the keys lie, the first at {@code at}, then every {@code stride}
     * @param positions gets the entry of each row
     * @param arrival arrival number of the first row of the block
     * @param places place of each row in the block
     */
    void claimAll(long[] keys, int at, int stride, int count, int[] positions, long arrival, int[] places) {
        extend();
        int missed = longs.length <= CACHED
                ? findAndCount(keys, at, stride, count, positions)
                : findThenCount(keys, at, stride, count, positions);
        while (missed < count) {
            int next = positions[missed];
            int position = claim(keys[at + missed * stride], arrival + places[missed]);
            positions[missed] = position;
            longs[position + COUNT]++;
            missed = next;
        }
    }

    /**
     * Counts the rows whose entry is in the slot of their key: nearly all. The others wait. With the search for them in this loop the compiler
     * keeps little of it in registers, and the loop is compiled for whatever other streams searched: 0.8 of the speed, where those ran first.
     *
     * @return the first row that waits, {@code count} if none does; in {@code positions} each leads to the next
     */
    private int findAndCount(long[] keys, int at, int stride, int count, int[] positions) {
        long[] entries = longs;
        int[] index = leader.slots;
        int mask = index.length - 1; // says to the compiler that no bound must be checked
        int byShift = leader.shift;
        int first = count;
        int last = 0;
        int from = at;
        for (int row = 0; row < count; row++, from += stride) {
            long key = keys[from];
            int position = index[(int) ((key * GOLDEN_RATIO) >>> byShift) & mask];
            positions[row] = position;
            if (entries[position] == key && position != 0) {
                entries[position + COUNT]++;
            } else {
                if (first == count) {
                    first = row;
                } else {
                    positions[last] = row;
                }
                last = row;
            }
        }
        if (first < count) {
            positions[last] = count;
        }
        return first;
    }

    /** As {@link #findAndCount}, in two loops, so that the memory works on many slots and then on many entries at once. */
    private int findThenCount(long[] keys, int at, int stride, int count, int[] positions) {
        findLikely(keys, at, stride, count, positions);
        long[] entries = longs;
        int first = count;
        int last = 0;
        int from = at;
        for (int row = 0; row < count; row++, from += stride) {
            int position = positions[row];
            if (entries[position] == keys[from] && position != 0) {
                entries[position + COUNT]++;
            } else {
                if (first == count) {
                    first = row;
                } else {
                    positions[last] = row;
                }
                last = row;
            }
        }
        if (first < count) {
            positions[last] = count;
        }
        return first;
    }

    /**
     * Finds or adds keys; one that is added has count 0, and that is no event, until the caller makes it positive.
     *
     * @param keys where the keys lie, the first at {@code at}, then every {@code stride}
     * @param positions gets the entry of each
     */
    void claimKeys(long[] keys, int at, int stride, int count, int[] positions) {
        findLikely(keys, at, stride, count, positions);
        long[] entries = longs;
        int from = at;
        for (int row = 0; row < count; row++, from += stride) {
            int position = positions[row];
            if (entries[position] != keys[from] || position == 0) {
                positions[row] = claim(keys[from], 0);
                entries = longs;
            }
        }
    }

    /** Counts an event for each of some entries of the table it follows. */
    void countAll(int[] positions, int count) {
        extend();
        for (int row = 0; row < count; row++) {
            longs[positions[row] + COUNT]++;
        }
    }

    /** The entry in the slot of each key, which is nearly always its own. A loop without branches or dependencies. */
    private void findLikely(long[] keys, int at, int stride, int count, int[] positions) {
        int[] index = leader.slots;
        int byShift = leader.shift;
        int from = at;
        for (int row = 0; row < count; row++, from += stride) {
            positions[row] = index[(int) ((keys[from] * GOLDEN_RATIO) >>> byShift)];
        }
    }

    /**
     * Gathers the entries with events among those from {@code from} to {@code to}, without a branch.
     *
     * @return how many they are
     */
    int gatherOccupied(int from, int to, int[] positions) {
        int count = 0;
        for (int position = from; position < to; position += width) {
            positions[count] = position;
            count += isOccupied(position) ? 1 : 0;
        }
        return count;
    }

    private int insert(int slot, long key, long arrival) {
        int position = limit;
        if (position > longs.length - width) {
            growEntries();
        }
        limit += width;
        slots[slot] = position;
        longs[position] = key;
        for (int at = position + COUNT; at < limit; at++) {
            longs[at] = 0;
        }
        if (arrivalOffset != 0) {
            longs[position + arrivalOffset] = arrival;
        }
        columns.initialize(this, position);
        if (dictionary != null) {
            dictionary.retain(key);
        }
        if (limit > fullAt) {
            index(2 * slots.length);
        }
        return position;
    }

    private void growEntries() {
        int capacity = longs.length / width;
        long more = Math.max(capacity >> 3, Math.min(capacity, STEP));
        int newCapacity = (int) Math.min(capacity + more, LARGEST_ARRAY / Math.max(width, objectWidth));
        if (newCapacity == capacity) {
            throw full();
        }
        longs = Arrays.copyOf(longs, newCapacity * width);
        objects = Arrays.copyOf(objects, newCapacity * objectWidth);
    }

    private IllegalStateException full() {
        return new IllegalStateException("a window holds " + size()
                + " keys, more than one table can; use shorter windows, fewer aggregators, or fewer distinct keys");
    }

    /** Adds what another table with an index of its own holds, of state over longs alone, without arrivals, extra longs or a dictionary. */
    void addAll(KeyTable other) {
        if (size() == 0) {
            copy(other);
            return;
        }
        for (int from = other.first; from < other.limit; from += other.width) {
            if (other.isOccupied(from)) {
                combine(claim(other.key(from), 0), other, from);
            }
        }
    }

    /** Becomes like another table; it is empty, and its room stays what it is if that is enough. */
    private void copy(KeyTable other) {
        if (longs.length < other.limit) {
            longs = new long[other.longs.length];
        }
        System.arraycopy(other.longs, 0, longs, 0, other.limit);
        limit = other.limit;
        if (slots.length < other.slots.length) {
            slots = new int[other.slots.length];
            shift = other.shift;
            fullAt = other.fullAt;
        }
        if (slots.length == other.slots.length) {
            System.arraycopy(other.slots, 0, slots, 0, slots.length);
        } else {
            enterAll();
        }
    }

    /** Enters all keys in a new index. */
    private void index(int newSlots) {
        if (newSlots < 0) {
            throw full();
        }
        slots = new int[newSlots];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(newSlots);
        fullAt = fullAt(newSlots);
        enterAll();
    }

    private void enterAll() {
        for (int position = first; position < limit; position += width) {
            slots[slotOf(longs[position])] = position;
        }
    }

    /**
     * Leaves the keys, without events, for a window in which they are likely to come again: to find one costs less than to enter it. If more
     * than a few had no events this time either, all are forgotten. Only for state over longs alone, without arrivals, extra longs or a
     * dictionary.
     */
    void clearContents() {
        int occupied = 0;
        for (int position = first; position < limit; position += width) {
            if (incomplete(position)) {
                clear(); // an aggregator that throws may not be able to begin anew
                return;
            }
            occupied += isOccupied(position) ? 1 : 0;
            clearContents(position);
        }
        if (occupied < size() - size() / RARE || isSparse()) {
            clear();
        }
    }

    private boolean isSparse() {
        // one that followed another may have room for many more than its index
        return size() < Math.max(slots.length, longs.length / width) / SPARSE && longs.length > SMALLEST * width;
    }

    /** Whether a key is here, with events or without. */
    boolean knows(long key) {
        return leader.slots[leader.slotOf(key)] != 0;
    }

    /**
     * Forgets everything but the room it has, and half of that too if nearly all was empty: a burst is forgotten by and by. A table that
     * follows another only loses its events.
     */
    void clear() {
        int size = size();
        if (size == 0) {
            return;
        }
        if (followsAnother()) {
            for (int position = first; position < limit; position += width) {
                clearContents(position);
            }
            return;
        }
        if (dictionary != null) {
            for (int position = first; position < limit; position += width) {
                dictionary.release(key(position));
            }
        }
        Arrays.fill(objects, 0, objectsOf(limit), null);
        boolean sparse = isSparse();
        limit = first;
        if (sparse) {
            int capacity = Math.max(SMALLEST, longs.length / width / 2);
            longs = new long[capacity * width];
            objects = new Object[capacity * objectWidth];
            index(Math.max(SMALLEST, slots.length / 2));
        } else {
            Arrays.fill(slots, 0);
        }
    }
}
