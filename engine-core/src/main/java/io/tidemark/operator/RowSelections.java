package io.tidemark.operator;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a run are meant for which stream, where streams are split among shards by different keys. Each row names the keys that
 * brought it here by bits in one of its columns; the rows of each key are copied together, so that streams still get whole runs.
 *
 * <p>Threads: belongs to the engine thread. Cost: a copy of each row per key that it is here for; no allocation once runs have been as
 * long as they get.
 */
final class RowSelections {
    private final int column;
    /** For each stream, which of {@link #keys} it is split by. */
    private final int[] keyOfStream;

    private final Key[] keys;

    /**
     * Nothing selected yet.
     *
     * @param bits for each stream its bit
     */
    RowSelections(int column, long[] bits) {
        this.column = column;
        long[] distinct = Arrays.stream(bits).distinct().toArray();
        keys = new Key[distinct.length];
        Arrays.setAll(keys, i -> new Key(distinct[i]));
        keyOfStream = new int[bits.length];
        for (int stream = 0; stream < bits.length; stream++) {
            for (int key = 0; key < distinct.length; key++) {
                if (distinct[key] == bits[stream]) {
                    keyOfStream[stream] = key;
                }
            }
        }
    }

    /** Makes the rows of a run readable stream by stream. */
    void select(RowBatch rows, int from, int to) {
        for (Key key : keys) {
            key.select(rows, from, to, column);
        }
    }

    /** Keeps no object of the run alive. */
    void clear() {
        for (Key key : keys) {
            key.clear();
        }
    }

    /** How many rows of the run are for a stream. */
    int count(int stream) {
        return keys[keyOfStream[stream]].count;
    }

    /** The rows of the run that are for a stream, from 0 on and measured; there are some. */
    RowBatch rows(int stream) {
        return keys[keyOfStream[stream]].rows();
    }

    /** Whether a row is for a stream. */
    boolean isFor(int stream, RowBatch rows, int row) {
        return (rows.longs[rows.row(row) + column] & keys[keyOfStream[stream]].bit) != 0;
    }

    /** The rows of a run that came for one key. */
    private static final class Key {
        private final long bit;
        private @Nullable RowBatch rows;
        private int count;

        Key(long bit) {
            this.bit = bit;
        }

        RowBatch rows() {
            if (rows == null) {
                throw new IllegalStateException("no rows were selected");
            }
            return rows;
        }

        void select(RowBatch from, int first, int to, int column) {
            RowBatch target = room(from, to - first);
            int stride = from.longStride;
            int objects = from.objectStride;
            count = 0;
            for (int row = first; row < to; row++) {
                int at = from.row(row);
                if ((from.longs[at + column] & bit) != 0) {
                    System.arraycopy(from.longs, at, target.longs, count * stride, stride);
                    System.arraycopy(from.objects, from.objectRow(row), target.objects, count * objects, objects);
                    count++;
                }
            }
            if (count > 0) {
                target.measure(0, count);
            }
        }

        void clear() {
            if (rows != null) {
                Arrays.fill(rows.objects, 0, count * rows.objectStride, null);
            }
        }

        private RowBatch room(RowBatch like, int count) {
            RowBatch room = rows;
            if (room == null || room.longs.length < count * like.longStride) {
                int size = Integer.highestOneBit(Math.max(1, count - 1)) << 1;
                long[] longs = new long[size * like.longStride];
                Object[] objects = new Object[size * like.objectStride];
                room = new RowBatch(longs, like.longStride, objects, like.objectStride, like.eventLane);
                rows = room;
            }
            return room;
        }
    }
}
