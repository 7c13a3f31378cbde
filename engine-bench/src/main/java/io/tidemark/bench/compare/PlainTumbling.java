package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * Tumbling windows with count and sum as one would write them for exactly this workload: one loop, two tables, no ring, no batches, nothing
 * generic. The limit that the operator is measured against. Frozen: do not tune it together with the operator.
 *
 * <p>It leaves out what the operator must do besides: a window is only ever followed by the next one, no event is late, sums
 * may wrap, and the number of keys is known.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainTumbling implements Contender {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of a table entry: key, count, sum, and one that lets two entries fill a cache line exactly. */
    private static final int ENTRY = 4;

    private static final int COUNT = 1;
    private static final int SUM = 2;

    private final long size;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final int shift;
    private final int mask;

    /** The window that closes next, and the one after it. */
    private long[] open;

    private long[] following;
    private long end = Long.MIN_VALUE;

    /** Windows of {@code size} for at most {@code keys} keys, closed {@code delay} behind the newest event. */
    public PlainTumbling(int keys, long size, long delay) {
        this.size = size;
        this.delay = delay;
        int slots = Integer.highestOneBit(2 * keys - 1) << 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        mask = slots * ENTRY - 1;
        open = new long[slots * ENTRY];
        following = new long[slots * ENTRY];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
            // an event up to the delay behind the first one may still come
            end = Math.floorDiv(rows[EventStream.TIMESTAMP] - delay, size) * size + size;
        }
        int row = 0;
        while (row < rows.length) {
            row = processWindow(rows, row);
            if (row < rows.length) {
                close();
                row += EventStream.STRIDE;
            }
        }
    }

    /** Takes rows up to the one that closes the open window, which is taken too; that row's index, or the end of the rows. */
    private int processWindow(long[] rows, int from) {
        long[] current = open;
        long[] next = following;
        long windowEnd = end;
        long enough = end + delay;
        int slotShift = shift;
        int wrap = mask;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long key = rows[row + EventStream.KEY];
            long[] table = timestamp < windowEnd ? current : next;
            int entry = (int) ((key * GOLDEN_RATIO) >>> slotShift) * ENTRY;
            while (table[entry] != key || table[entry + COUNT] == 0) {
                if (table[entry + COUNT] == 0) {
                    table[entry] = key;
                    break;
                }
                entry = (entry + ENTRY) & wrap;
            }
            table[entry + COUNT]++;
            table[entry + SUM] += rows[row + EventStream.VALUE];
            if (timestamp >= enough) {
                break;
            }
        }
        return row;
    }

    @Override
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
    }
}
