package io.tidemark.bench.workload;

import java.util.Arrays;

/**
 * What the panes of a stream must be: all events sorted by (key, timestamp), then one walk. Slow, obvious, and without anything in
 * common with the contenders.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class ReferencePanes {
    private static final int INDEX_BITS = 20;
    private static final int TIME_BITS = 24;

    private final PaneTally tally = new PaneTally();
    private final Workload.Measure measure;
    private final long[] keys;
    private final long[] timestamps;
    private final long[] values;
    /** Sum of the values of all events before this one. */
    private final long[] sums;

    private ReferencePanes(long[] rows, Workload.Measure measure) {
        this.measure = measure;
        int events = rows.length / EventStream.STRIDE;
        long earliest = Long.MAX_VALUE;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            earliest = Math.min(earliest, rows[row + EventStream.TIMESTAMP]);
        }
        long[] order = new long[events];
        for (int i = 0; i < events; i++) {
            int row = i * EventStream.STRIDE;
            order[i] = (rows[row + EventStream.KEY] << TIME_BITS | rows[row + EventStream.TIMESTAMP] - earliest)
                            << INDEX_BITS
                    | i;
        }
        Arrays.sort(order);
        keys = new long[events];
        timestamps = new long[events];
        values = new long[events];
        sums = new long[events + 1];
        for (int i = 0; i < events; i++) {
            int row = (int) (order[i] & (1 << INDEX_BITS) - 1) * EventStream.STRIDE;
            keys[i] = rows[row + EventStream.KEY];
            timestamps[i] = rows[row + EventStream.TIMESTAMP];
            values[i] = rows[row + EventStream.VALUE];
            sums[i + 1] = sums[i] + values[i];
        }
    }

    /** Windows of {@code size}, one beginning every {@code slide}; tumbling if they are equal. */
    public static PaneTally.Summary sliding(EventStream stream, long size, long slide, Workload.Measure measure) {
        return sliding(new ReferencePanes(stream.rows(), measure), size, slide);
    }

    /** Windows of {@code size} that follow each other, with what came too late for them. */
    public static PaneTally.Summary tumblingWithLate(EventStream stream, long size, Workload.Measure measure) {
        long[] rows = stream.rows();
        long[] inTime = new long[rows.length];
        int kept = 0;
        PaneTally tally = new PaneTally();
        long newest = rows[EventStream.TIMESTAMP];
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            newest = Math.max(newest, timestamp);
            if (Math.floorDiv(timestamp, size) * size + size <= newest - EventStream.JITTER) {
                tally.addLate(rows[row + EventStream.KEY], timestamp, rows[row + EventStream.VALUE]);
            } else {
                System.arraycopy(rows, row, inTime, kept, EventStream.STRIDE);
                kept += EventStream.STRIDE;
            }
        }
        ReferencePanes panes = new ReferencePanes(Arrays.copyOf(inTime, kept), measure);
        return sliding(panes, size, size).plus(tally.summary());
    }

    private static PaneTally.Summary sliding(ReferencePanes panes, long size, long slide) {
        int first = 0;
        while (first < panes.keys.length) {
            int end = panes.endOfKey(first);
            panes.slideOver(first, end, size, slide);
            first = end;
        }
        return panes.tally.summary();
    }

    /** Sessions that end after more than {@code gap} of silence, with the sum. */
    public static PaneTally.Summary sessions(EventStream stream, long gap) {
        ReferencePanes panes = new ReferencePanes(stream.rows(), Workload.Measure.SUM);
        int first = 0;
        for (int next = 1; next <= panes.keys.length; next++) {
            if (next == panes.keys.length
                    || panes.keys[next] != panes.keys[first]
                    || panes.timestamps[next] - panes.timestamps[next - 1] > gap) {
                panes.give(first, next, panes.timestamps[first], panes.timestamps[next - 1] + gap);
                first = next;
            }
        }
        return panes.tally.summary();
    }

    private int endOfKey(int first) {
        int end = first;
        while (end < keys.length && keys[end] == keys[first]) {
            end++;
        }
        return end;
    }

    private void slideOver(int first, int end, long size, long slide) {
        int from = first;
        int to = first;
        long start = Math.floorDiv(timestamps[first] - size, slide) * slide + slide;
        for (; start <= timestamps[end - 1]; start += slide) {
            while (from < end && timestamps[from] < start) {
                from++;
            }
            while (to < end && timestamps[to] < start + size) {
                to++;
            }
            if (to > from) {
                give(from, to, start, start + size);
            }
        }
    }

    private void give(int from, int to, long start, long end) {
        long sum = sums[to] - sums[from];
        switch (measure) {
            case COUNT_AND_SUM -> tally.add(keys[from], start, end, to - from, sum);
            case SUM -> tally.add(keys[from], start, end, sum);
            case MAX -> {
                long max = Arrays.stream(values, from, to).max().orElseThrow();
                tally.add(keys[from], start, end, max);
            }
        }
    }
}
