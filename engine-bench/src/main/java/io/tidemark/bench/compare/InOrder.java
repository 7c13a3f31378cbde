package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;

/**
 * Sorts events by their timestamps, as far as nothing earlier can come, for a loop that needs them so: where slides are
 * shorter than the jitter, the loops by hand cannot take them as they come. For checking results; it is not measured.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
final class InOrder implements Contender {
    private final Contender loop;
    private long[] waiting = new long[0];

    /** Hands them on to a loop that expects no delay. */
    InOrder(Contender loop) {
        this.loop = loop;
    }

    @Override
    public void process(long[] rows) {
        long[] sorted = sorted(waiting, rows);
        long safe = sorted[sorted.length - EventStream.STRIDE] - EventStream.JITTER;
        int end = sorted.length;
        while (end > 0 && sorted[end - EventStream.STRIDE] > safe) {
            end -= EventStream.STRIDE;
        }
        waiting = slice(sorted, end, sorted.length);
        if (end > 0) {
            loop.process(slice(sorted, 0, end));
        }
    }

    @Override
    public PaneTally.Summary finish() {
        if (waiting.length > 0) {
            loop.process(waiting);
        }
        return loop.finish();
    }

    private static long[] slice(long[] rows, int from, int to) {
        long[] slice = new long[to - from];
        System.arraycopy(rows, from, slice, 0, slice.length);
        return slice;
    }

    /** Both together, by counting how many events there are of each millisecond. */
    private static long[] sorted(long[] first, long[] second) {
        long earliest = Math.min(earliest(first), earliest(second));
        long latest = Math.max(latest(first), latest(second));
        int[] next = new int[Math.toIntExact(latest - earliest) + 2];
        count(first, earliest, next);
        count(second, earliest, next);
        for (int i = 1; i < next.length; i++) {
            next[i] += next[i - 1];
        }
        long[] sorted = new long[first.length + second.length];
        place(first, earliest, next, sorted);
        place(second, earliest, next, sorted);
        return sorted;
    }

    private static long earliest(long[] rows) {
        long earliest = Long.MAX_VALUE;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            earliest = Math.min(earliest, rows[row + EventStream.TIMESTAMP]);
        }
        return earliest;
    }

    private static long latest(long[] rows) {
        long latest = Long.MIN_VALUE;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            latest = Math.max(latest, rows[row + EventStream.TIMESTAMP]);
        }
        return latest;
    }

    private static void count(long[] rows, long earliest, int[] counts) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            counts[(int) (rows[row + EventStream.TIMESTAMP] - earliest) + 1] += EventStream.STRIDE;
        }
    }

    private static void place(long[] rows, long earliest, int[] next, long[] sorted) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            int millis = (int) (rows[row + EventStream.TIMESTAMP] - earliest);
            System.arraycopy(rows, row, sorted, next[millis], EventStream.STRIDE);
            next[millis] += EventStream.STRIDE;
        }
    }
}
