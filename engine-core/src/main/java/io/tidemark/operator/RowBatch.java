package io.tidemark.operator;

import org.jspecify.annotations.Nullable;

/**
 * A view on rows that lie one behind the other in flat arrays: per row {@code longStride} longs, the timestamp first, and
 * {@code objectStride} references.
 *
 * <p>Threads: belongs to the engine thread; reused from batch to batch.
 */
public final class RowBatch {
    /** How many rows are best looked at together: enough to spread the cost of the calls, few enough to stay in the first cache. */
    public static final int BLOCK = 256;

    final long[] longs;
    final int longStride;
    final @Nullable Object[] objects;
    final int objectStride;
    final int eventLane;
    private int firstSlot;

    private long earliest;
    private long latest;

    /**
     * A view on the arrays of one ring.
     *
     * @param eventLane which of a row's references is the event itself; -1 if rows do not carry it
     */
    public RowBatch(long[] longs, int longStride, @Nullable Object[] objects, int objectStride, int eventLane) {
        this.longs = longs;
        this.longStride = longStride;
        this.objects = objects;
        this.objectStride = objectStride;
        this.eventLane = eventLane;
    }

    /** Lets row 0 of this view be the ring's row at {@code slot}. */
    public void startAt(int slot) {
        firstSlot = slot;
    }

    /** The flat array. */
    public long[] longs() {
        return longs;
    }

    /** Longs per row. */
    public int longStride() {
        return longStride;
    }

    /** Index into {@link #longs} where a row starts. */
    public int row(int index) {
        return (firstSlot + index) * longStride;
    }

    /** The timestamp of a row. */
    public long timestamp(int index) {
        return longs[row(index)];
    }

    /**
     * Looks at the timestamps of rows {@code from} to {@code to}, at least one. Whoever needs to know whether one of these rows, or of some
     * of them, is early or late enough asks {@link #earliest} and {@link #latest} first, and goes through them only if it may be so.
     */
    public void measure(int from, int to) {
        long[] timestamps = longs;
        int stride = longStride;
        int end = row(to);
        // a new extreme is rare, so the branches are foretold and no step waits for the one before it
        long least = timestamps[row(from)];
        long most = least;
        for (int row = row(from) + stride; row < end; row += stride) {
            long timestamp = timestamps[row];
            if (timestamp < least) {
                least = timestamp;
            } else if (timestamp > most) {
                most = timestamp;
            }
        }
        earliest = least;
        latest = most;
    }

    /**
     * Narrows what is known of rows that were measured to those of them before the first that is stamped below {@code low}, and up to the
     * first that is stamped {@code enough} or later: to go on would be in vain, row by row, where each ends something.
     *
     * @param newest a timestamp that came before; {@link #latest} is that at least, so that hardly a row is a new extreme
     * @return how many these are
     */
    int narrow(int from, int to, long low, long newest, long enough) {
        long[] timestamps = longs;
        int stride = longStride;
        long most = newest;
        int taken = 0;
        for (int row = row(from); taken < to - from && timestamps[row] >= low; row += stride) {
            taken++;
            if (timestamps[row] > most) {
                most = timestamps[row];
                if (most >= enough) {
                    break;
                }
            }
        }
        earliest = Math.max(earliest, low);
        latest = most;
        return taken;
    }

    /** No row of those measured is stamped below it. */
    public long earliest() {
        return earliest;
    }

    /** No row of those measured is stamped above it. */
    public long latest() {
        return latest;
    }

    /** One of a row's references. */
    @Nullable
    Object object(int index, int lane) {
        return objects[objectRow(index) + lane];
    }

    /** Index into the references where a row starts. */
    int objectRow(int index) {
        return (firstSlot + index) * objectStride;
    }

    /** The event of a row, if rows carry it. */
    public @Nullable Object event(int index) {
        return eventLane < 0 ? null : object(index, eventLane);
    }
}
