package io.tidemark.bench.compare;

import io.tidemark.bench.workload.EventSink;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * {@link TumblingTables} that know an event which is too late for its window. Frozen like them.
 *
 * <p>Threads: belongs to one thread at a time. Units: milliseconds.
 */
public final class LateTumblingTables implements EventSink {
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
    private long start = Long.MIN_VALUE;
    private long end = Long.MIN_VALUE;
    private long enough = Long.MIN_VALUE;

    /** Windows of {@code size} for at most {@code keys} keys, closed {@code delay} behind the newest event. */
    public LateTumblingTables(int keys, long size, long delay) {
        this.size = size;
        this.delay = delay;
        int slots = Integer.highestOneBit(2 * keys - 1) << 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        mask = slots * ENTRY - 1;
        open = new long[slots * ENTRY];
        following = new long[slots * ENTRY];
    }

    /** Adds an event or tells that it is late, then closes the window that it ends. */
    @Override
    public void add(long timestamp, long key, long value) {
        if (end == Long.MIN_VALUE) {
            start = Math.floorDiv(timestamp - delay, size) * size;
            end = start + size;
            enough = end + delay;
        }
        if (timestamp < start) {
            tally.addLate(key, timestamp, value);
            return;
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
        start = end;
        end += size;
        enough += size;
    }
}
