package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * Tumbling windows with the maximum as one would write them for exactly this workload: {@link PlainTumbling} with an entry of half the
 * size, since a value is never 0 and so tells whether an entry is taken. The limit that the operator is measured against. Frozen: do not tune it together with the operator.
 *
 * <p>It leaves out what {@code PlainTumbling} does.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainTumblingMax implements Contender {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of a table entry: key and maximum. */
    private static final int ENTRY = 2;

    private static final int MAX = 1;

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
    public PlainTumblingMax(int keys, long size, long delay) {
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
            long value = rows[row + EventStream.VALUE];
            long[] table = timestamp < windowEnd ? current : next;
            int entry = (int) ((key * GOLDEN_RATIO) >>> slotShift) * ENTRY;
            while (table[entry] != key && table[entry + MAX] != 0) {
                entry = (entry + ENTRY) & wrap;
            }
            table[entry] = key;
            if (value > table[entry + MAX]) {
                table[entry + MAX] = value;
            }
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
            if (table[entry + MAX] != 0) {
                tally.add(table[entry], end - size, end, table[entry + MAX]);
            }
        }
        Arrays.fill(table, 0);
        open = following;
        following = table;
        end += size;
    }
}
