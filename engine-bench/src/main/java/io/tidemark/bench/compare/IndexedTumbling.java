package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * {@link PlainTumbling} for keys that are array indices, so without hashing or comparing: what the memory of this machine allows, and
 * the measure of whether the plain loop is a good one. Frozen like it.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class IndexedTumbling implements Contender {
    private static final int ENTRY = 2;
    private static final int SUM = 1;

    private final long size;
    private final long delay;
    private final PaneTally tally = new PaneTally();

    /** Count and sum by key, of the window that closes next and of the one after it. */
    private long[] open;

    private long[] following;
    private long end = Long.MIN_VALUE;

    /** Windows of {@code size} for keys below {@code keys}, closed {@code delay} behind the newest event. */
    public IndexedTumbling(int keys, long size, long delay) {
        this.size = size;
        this.delay = delay;
        open = new long[keys * ENTRY];
        following = new long[keys * ENTRY];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
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

    private int processWindow(long[] rows, int from) {
        long[] current = open;
        long[] next = following;
        long windowEnd = end;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long[] table = timestamp < windowEnd ? current : next;
            int entry = (int) rows[row + EventStream.KEY] * ENTRY;
            table[entry]++;
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
            if (table[entry] != 0) {
                tally.add(entry / ENTRY, end - size, end, table[entry], table[entry + SUM]);
            }
        }
        Arrays.fill(table, 0);
        open = following;
        following = table;
        end += size;
    }
}
