package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * {@link PlainTumbling} with what the engine's contract asks besides: events that are too late are told from others, sums are exact, the
 * number of keys is not known, and ten million of them take no more than 44 bytes each, so entries lie apart from their index. It shows what of
 * the distance to the plain loop is owed to the contract, whoever keeps it.
 *
 * <p>It still leaves out what the operator must do: batches of rows, any window but the next two, any aggregation but this one.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
final class ContractTumbling implements Contender {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of an entry: key, count, exact sum. */
    private static final int ENTRY = 4;

    private static final int COUNT = 1;
    private static final int SUM = 2;

    private final long size;
    private final long delay;
    private final PaneTally tally = new PaneTally();

    /** The window that closes next, and the one after it. */
    private Table open = new Table();

    private Table following = new Table();
    private long end = Long.MIN_VALUE;

    /** Windows of {@code size}, closed {@code delay} behind the newest event. */
    ContractTumbling(long size, long delay) {
        this.size = size;
        this.delay = delay;
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

    /** As in {@link PlainTumbling}. */
    private int processWindow(long[] rows, int from) {
        Table current = open;
        Table next = following;
        long windowEnd = end;
        long windowStart = end - size;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long key = rows[row + EventStream.KEY];
            if (timestamp < windowStart) {
                tally.addLate(key, timestamp, rows[row + EventStream.VALUE]);
                continue;
            }
            Table table = timestamp < windowEnd ? current : next;
            int entry = table.index[(int) ((key * GOLDEN_RATIO) >>> table.shift)];
            long[] entries = table.entries;
            if (entries[entry] != key || entry == 0) {
                entry = table.claim(key);
                entries = table.entries;
            }
            entries[entry + COUNT]++;
            ExactTotals.add(entries, entry + SUM, rows[row + EventStream.VALUE]);
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
        long[] entries = open.entries;
        for (int entry = ENTRY; entry < open.limit; entry += ENTRY) {
            tally.add(entries[entry], end - size, end, entries[entry + COUNT], entries[entry + SUM]);
        }
        open.clear();
        Table closed = open;
        open = following;
        following = closed;
        end += size;
    }

    /** Entries in the order in which their keys came, from the second on, and an index of them that is two thirds full at most. */
    private static final class Table {
        private long[] entries = new long[16 * ENTRY];
        private int[] index = new int[16];
        private int shift = Long.SIZE - 4;
        private int limit = ENTRY;

        private int claim(long key) {
            int slot = slotOf(key);
            if (index[slot] == 0) {
                if (limit == entries.length) {
                    entries = Arrays.copyOf(entries, limit + Math.max(limit >> 3, Math.min(limit, 1 << 18)));
                }
                if (limit / ENTRY > index.length / 3 * 2) {
                    growIndex();
                    slot = slotOf(key);
                }
                Arrays.fill(entries, limit, limit + ENTRY, 0);
                entries[limit] = key;
                index[slot] = limit;
                limit += ENTRY;
            }
            return index[slot];
        }

        private int slotOf(long key) {
            int slot = (int) ((key * GOLDEN_RATIO) >>> shift);
            while (index[slot] != 0 && entries[index[slot]] != key) {
                slot = (slot + 1) & (index.length - 1);
            }
            return slot;
        }

        private void growIndex() {
            index = new int[2 * index.length];
            shift--;
            for (int entry = ENTRY; entry < limit; entry += ENTRY) {
                index[slotOf(entries[entry])] = entry;
            }
        }

        private void clear() {
            Arrays.fill(index, 0);
            limit = ENTRY;
        }
    }
}
