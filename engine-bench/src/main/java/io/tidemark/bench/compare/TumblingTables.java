package io.tidemark.bench.compare;

import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * The tables of {@link PlainTumbling} for one event at a time: what hand-offs of others are given to fill. Frozen like it.
 *
 * <p>Threads: belongs to one thread at a time. Units: milliseconds.
 */
public final class TumblingTables {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
    private static final int ENTRY = 4;
    private static final int COUNT = 1;
    private static final int SUM = 2;

    private final long size;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final int shift;
    private final int mask;
    private long[] open;
    private long[] following;
    private long end = Long.MIN_VALUE;
    private long enough = Long.MIN_VALUE;

    /** Windows of {@code size} for at most {@code keys} keys, closed {@code delay} behind the newest event. */
    public TumblingTables(int keys, long size, long delay) {
        this.size = size;
        this.delay = delay;
        int slots = Integer.highestOneBit(2 * keys - 1) << 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        mask = slots * ENTRY - 1;
        open = new long[slots * ENTRY];
        following = new long[slots * ENTRY];
    }

    /** Adds an event, then closes the window that it ends. */
    public void add(long timestamp, long key, long value) {
        if (end == Long.MIN_VALUE) {
            end = Math.floorDiv(timestamp - delay, size) * size + size;
            enough = end + delay;
        }
        long[] table = timestamp < end ? open : following;
        int entry = (int) ((key * GOLDEN_RATIO) >>> shift) * ENTRY;
        while (table[entry] != key || table[entry + COUNT] == 0) {
            if (table[entry + COUNT] == 0) {
                table[entry] = key;
                break;
            }
            entry = (entry + ENTRY) & mask;
        }
        table[entry + COUNT]++;
        table[entry + SUM] += value;
        if (timestamp >= enough) {
            close();
        }
    }

    /** End of input. */
    public PaneTally.Summary finish() {
        close();
        close();
        return tally.summary();
    }

    private void close() {
        long[] table = open;
        for (int entry = 0; entry < table.length; entry += ENTRY) {
            if (table[entry + COUNT] != 0) {
                tally.add(table[entry], end - size, end, table[entry + COUNT], table[entry + SUM]);
            }
        }
        Arrays.fill(table, 0);
        open = following;
        following = table;
        end += size;
        enough += size;
    }
}
