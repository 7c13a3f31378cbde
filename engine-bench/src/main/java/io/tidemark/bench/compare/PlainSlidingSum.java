package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;

/**
 * Sliding windows with the sum as one would write them for exactly this workload: an array of sums per slide, indexed by key number, and
 * one of running totals, to which a slide is added when it closes and from which it is taken when it leaves. No ring, no
 * batches, nothing generic. The limit that the operator is measured against. Frozen: do not tune it together with the operator.
 *
 * <p>It leaves out what the operator must do besides: a slide is only ever followed by the next one, no event is late, sums
 * may wrap, the number of keys is known, no value is 0, so that a sum of 0 means that there was no event.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainSlidingSum implements Contender {
    private final long size;
    private final long slide;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final DenseKeys keys;

    /** By key number: what each slide of the window holds, in a circle, and the one after it. */
    private final long[][] slides;

    /** By key number: what the slides before the open one hold that belong to the next window. */
    private final long[] totals;

    private int open;
    private long end = Long.MIN_VALUE;

    /**
     * Windows of {@code size}, one beginning every {@code slide}, for at most {@code keys} keys, closed {@code delay} behind the newest
     * event; {@code size} is a multiple of {@code slide}.
     */
    public PlainSlidingSum(int keys, long size, long slide, long delay) {
        this.size = size;
        this.slide = slide;
        this.delay = delay;
        this.keys = new DenseKeys(keys);
        slides = new long[Math.toIntExact(size / slide) + 1][keys + 1];
        totals = new long[keys + 1];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
            // an event up to the delay behind the first one may still come
            end = Math.floorDiv(rows[EventStream.TIMESTAMP] - delay, slide) * slide + slide;
        }
        int row = 0;
        while (row < rows.length) {
            row = processSlide(rows, row);
            if (row < rows.length) {
                close();
                row += EventStream.STRIDE;
            }
        }
    }

    /** Takes rows up to the one that closes the open slide, which is taken too; that row's index, or the end of the rows. */
    private int processSlide(long[] rows, int from) {
        long[] current = slides[open];
        long[] next = slides[after(open)];
        long slideEnd = end;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            int key = keys.numberOf(rows[row + EventStream.KEY]);
            long[] sums = timestamp < slideEnd ? current : next;
            sums[key] += rows[row + EventStream.VALUE];
            if (timestamp >= enough) {
                break;
            }
        }
        return row;
    }

    private int after(int index) {
        return index + 1 == slides.length ? 0 : index + 1;
    }

    /** Gives the window that ends with the open slide, and empties the slide that the next window does not reach. */
    private void close() {
        int following = after(open);
        long[] entering = slides[open];
        long[] leaving = slides[after(following)];
        for (int key = 1; key <= keys.last(); key++) {
            long total = totals[key] + entering[key];
            if (total != 0) {
                tally.add(keys.key(key), end - size, end, total);
            }
            totals[key] = total - leaving[key];
            leaving[key] = 0;
        }
        open = following;
        end += slide;
    }

    @Override
    public PaneTally.Summary finish() {
        for (int i = 0; i < slides.length; i++) {
            close();
        }
        return tally.summary();
    }
}
