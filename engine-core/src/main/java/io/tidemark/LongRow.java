package io.tidemark;

import java.util.Arrays;
import java.util.List;

/**
 * An event that is only numbers: a timestamp and the values of an engine's columns.
 *
 * <p>Extractors get it as a view that is valid during the call; {@code publish(LongRow)} takes one made with {@link #of}.
 *
 * <p>Threads: one made with {@link #of} is immutable.
 */
public final class LongRow {
    private final List<String> names;
    private long[] longs;
    private int at;

    private LongRow(List<String> names, long[] longs, int at) {
        this.names = names;
        this.longs = longs;
        this.at = at;
    }

    /**
     * A row to publish from any thread.
     *
     * @param timestamp event time in the engine's unit
     * @param values one for each of the engine's columns, in their order
     */
    public static LongRow of(long timestamp, long... values) {
        long[] longs = new long[values.length + 1];
        longs[0] = timestamp;
        System.arraycopy(values, 0, longs, 1, values.length);
        return new LongRow(List.of(), longs, 0);
    }

    static LongRow view(List<String> names) {
        return new LongRow(names, new long[names.size() + 1], 0);
    }

    void show(long[] newLongs, int newAt) {
        longs = newLongs;
        at = newAt;
    }

    /** The same row, detached. */
    LongRow copy() {
        return new LongRow(names, Arrays.copyOfRange(longs, at, at + names.size() + 1), 0);
    }

    int width() {
        return longs.length - at;
    }

    /** Copies timestamp and values into a ring. */
    void copyTo(long[] target, int targetAt, int count) {
        System.arraycopy(longs, at, target, targetAt, count);
    }

    /** Event time in the engine's unit. */
    public long timestamp() {
        return longs[at];
    }

    /** The value of the column at {@code index}, from 0. */
    public long get(int index) {
        return longs[at + 1 + index];
    }

    /**
     * The value of the column with this name; a walk over the names. On a row that the engine handed out.
     *
     * @throws IllegalArgumentException if there is none
     */
    public long get(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no column is named " + name + "; there are " + names);
        }
        return get(index);
    }
}
