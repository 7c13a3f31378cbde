package io.tidemark;

import io.tidemark.operator.KeyLocation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which shards a row goes to: one for each of the keys by which the streams on the sources' rows are split, the first for windows
 * without a key. Where there are several keys, a row says in a column of its own for which of them it is there.
 *
 * <p>Threads: immutable.
 */
final class ShardKeys {
    private static final int MOST_KEYS = 64;
    private static final long ODD =
            0xD6E8FEB86659FD93L; // another one than in the tables, or each would fill in part only

    private final KeyLocation[] keys;
    private final int shards;

    /**
     * Splits rows.
     *
     * @param keys where they are; each once
     * @throws IllegalArgumentException if there are more than bits in a column
     */
    ShardKeys(List<KeyLocation> keys, int shards) {
        if (keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException("windows by " + keys.size() + " different keys cannot be split among "
                    + shards + " shards; use " + MOST_KEYS + " keys at most, or one shard");
        }
        this.keys = keys.toArray(new KeyLocation[0]);
        this.shards = shards;
    }

    int shards() {
        return shards;
    }

    /** How many different keys there are. */
    int count() {
        return keys.length;
    }

    /** The bit that says of a row that it is there for a key. */
    long bit(KeyLocation key) {
        return 1L << List.of(keys).indexOf(key);
    }

    /**
     * Finds the shards where some rows, one behind the other, are needed for the key with this number. A key whose hash throws will be
     * reported by the first shard.
     *
     * @param shardOf gets the shard of each row
     */
    void shardsOf(
            int key,
            long[] longs,
            int at,
            int longStride,
            @Nullable Object[] objects,
            int objectsAt,
            int objectStride,
            int count,
            int[] shardOf) {
        int index = keys[key].index();
        switch (keys[key].kind()) {
            case NONE -> Arrays.fill(shardOf, 0, count, 0);
            case LONG -> {
                for (int row = 0; row < count; row++) {
                    shardOf[row] = shardOf(longs[at + row * longStride + index]);
                }
            }
            case OBJECT -> {
                for (int row = 0; row < count; row++) {
                    shardOf[row] = shardOf(objects[objectsAt + row * objectStride + index]);
                }
            }
        }
    }

    private int shardOf(@Nullable Object key) {
        try {
            return shardOf(Objects.requireNonNull(key).hashCode());
        } catch (RuntimeException thrown) {
            return 0;
        }
    }

    private int shardOf(long key) {
        long mixed = (key ^ (key >>> 32)) * ODD;
        return (int) (((mixed >>> 32) * shards) >>> 32);
    }
}
