package io.tidemark.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Accumulators by key: open addressing with linear probing over flat entries, no deletion, cleared as a whole and used again.
 * An entry is free while its count is 0, so the key column needs no reserved value.
 *
 * <p>It grows exactly when a new key finds it two thirds full. Its order of entries therefore depends on the events alone, never on
 * how they were batched.
 */
final class KeyTable extends Entries implements Contents {
    private static final int SMALLEST = 16;
    /** With less than one key in so many entries, closing a window would be spent on walking over free ones. */
    private static final int SPARSE = 16;

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final @Nullable KeyDictionary<?> dictionary;
    /** Where an entry keeps the arrival number of its first event; 0 if nobody asked for the order of arrival. */
    private final int arrivalOffset;

    private int capacity;
    private int shift;
    private int size;
    private int growAt;

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
        setCapacity(SMALLEST);
    }

    private void setCapacity(int newCapacity) {
        capacity = newCapacity;
        shift = Long.numberOfLeadingZeros(newCapacity) + 1;
        growAt = newCapacity / 3 * 2;
    }

    int size() {
        return size;
    }

    @Override
    public int limit() {
        return capacity * width;
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

    /** Position of a key, -1 if it is not there. */
    int find(long key) {
        int mask = capacity - 1;
        for (int slot = (int) ((key * GOLDEN_RATIO) >>> shift); ; slot = (slot + 1) & mask) {
            int position = slot * width;
            if (longs[position + COUNT] == 0) {
                return -1;
            }
            if (longs[position] == key) {
                return position;
            }
        }
    }

    /** Position of a key, which is added with count 0 if it is not there; the caller makes the count positive at once. */
    int claim(long key, long arrival) {
        int position = find(key);
        if (position >= 0) {
            return position;
        }
        if (size == growAt) {
            grow();
        }
        position = freeSlot(key) * width;
        insert(position, key, arrival);
        return position;
    }

    /**
     * Finds or adds the keys of {@code count} rows and counts an event for each. Stops before a row whose new key would make the
     * table grow, since growing moves entries: the caller uses the positions so far, calls {@link #grow} and goes on.
     *
     * @param keys where the keys lie, the first at {@code at}, then every {@code stride}
     * @param positions gets the entry of each row
     * @param arrival arrival number of the first row
     * @return how many rows were done
     */
    int claimAll(long[] keys, int at, int stride, int count, int[] positions, long arrival) {
        long[] entries = longs;
        int entryWidth = width;
        int mask = capacity - 1;
        int byShift = shift;
        int index = at;
        for (int row = 0; row < count; row++, index += stride) {
            long key = keys[index];
            int slot = (int) ((key * GOLDEN_RATIO) >>> byShift);
            int position = slot * entryWidth;
            while (true) {
                long counted = entries[position + COUNT];
                if (counted == 0) {
                    if (size == growAt) {
                        return row;
                    }
                    insert(position, key, arrival + row);
                    entries[position + COUNT] |= 1;
                    break;
                }
                if (entries[position] == key) {
                    entries[position + COUNT] = counted + 1;
                    break;
                }
                slot = (slot + 1) & mask;
                position = slot * entryWidth;
            }
            positions[row] = position;
        }
        return count;
    }

    private int freeSlot(long key) {
        int mask = capacity - 1;
        int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
        while (longs[slot * width + COUNT] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void insert(int position, long key, long arrival) {
        size++;
        longs[position] = key;
        if (arrivalOffset != 0) {
            longs[position + arrivalOffset] = arrival;
        }
        columns.initialize(this, position);
        if (dictionary != null) {
            dictionary.retain(key);
        }
    }

    /** Doubles the room. Positions change. */
    void grow() {
        resize(capacity * 2);
    }

    /**
     * Makes room for {@code keys} keys. Asked for before another table's keys are added in its order, which is the order of hashes
     * here too: without room for all of them they would crowd at the front, each addition walking past most of those before.
     */
    void reserve(int keys) {
        int needed = capacity;
        while (needed / 3 * 2 < keys) {
            needed *= 2;
        }
        if (needed != capacity) {
            resize(needed);
        }
    }

    private void resize(int newCapacity) {
        long newLength = (long) newCapacity * width;
        if (newCapacity < 0 || newLength > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a window holds " + size
                    + " keys, more than one table can; use shorter windows, fewer aggregators, or fewer distinct keys");
        }
        long[] oldLongs = longs;
        @Nullable Object[] oldObjects = objects;
        int oldLimit = limit();
        longs = new long[(int) newLength];
        objects = new Object[Math.multiplyExact(newCapacity, objectWidth)];
        setCapacity(newCapacity);
        for (int old = 0; old < oldLimit; old += width) {
            if (oldLongs[old + COUNT] != 0) {
                int position = freeSlot(oldLongs[old]) * width;
                System.arraycopy(oldLongs, old, longs, position, width);
                System.arraycopy(oldObjects, old / width * objectWidth, objects, objectsOf(position), objectWidth);
            }
        }
    }

    /** Forgets everything but the room it has, and half of that too if nearly all was empty: a burst is forgotten by and by. */
    void clear() {
        if (size == 0) {
            return;
        }
        if (dictionary != null) {
            for (int position = 0; position < limit(); position += width) {
                if (isOccupied(position)) {
                    dictionary.release(key(position));
                }
            }
        }
        if (capacity > SMALLEST && size < capacity / SPARSE) {
            setCapacity(capacity / 2);
            longs = new long[capacity * width];
            objects = new Object[capacity * objectWidth];
        } else {
            Arrays.fill(longs, 0);
            Arrays.fill(objects, null);
        }
        size = 0;
    }
}
