package io.tidemark.operator;

import org.jspecify.annotations.Nullable;

/** One event of a test: where it came from, and what its row carries. */
record Row(int source, long timestamp, long key, long value) {
    static final int LONGS = 3;
    static final int KEY_COLUMN = 1;
    static final int VALUE_COLUMN = 2;
    static final int OBJECTS = 2;
    static final int KEY_LANE = 0;
    static final int EVENT_LANE = 1;

    static Row of(long timestamp, long key, long value) {
        return new Row(0, timestamp, key, value);
    }

    /** The object key: equal for equal numbers, and colliding with every third. */
    record ObjectKey(long number) {
        @Override
        public int hashCode() {
            return (int) (number % 3);
        }

        @Override
        public String toString() {
            return "k" + number;
        }
    }

    void write(long[] longs, @Nullable Object[] objects, int slot) {
        longs[slot * LONGS] = timestamp;
        longs[slot * LONGS + KEY_COLUMN] = key;
        longs[slot * LONGS + VALUE_COLUMN] = value;
        objects[slot * OBJECTS + KEY_LANE] = new ObjectKey(key);
        objects[slot * OBJECTS + EVENT_LANE] = this;
    }
}
