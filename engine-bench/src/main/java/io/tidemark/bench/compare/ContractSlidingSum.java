package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;

/**
 * {@link PlainSlidingSum} with what the engine's contract asks besides: events that are too late are told from others, sums are exact, and a
 * result has its count, so that a sum may be 0. It shows what of the distance to the plain loop is owed to the contract, whoever keeps
 * it: a key of a slide takes three longs instead of one, and with many keys memory decides.
 *
 * <p>It still leaves out what the operator must do: batches of rows, slides further ahead than the delay, keys that are not known
 * beforehand or have to be forgotten, any aggregation but this one.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
final class ContractSlidingSum implements Contender {

    /** Longs of an entry: count, exact sum. */
    private static final int ENTRY = 3;

    private static final int SUM = 1;
    private static final int CARRY = 2;

    private final long size;
    private final long slide;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final DenseKeys keys;

    /** By key number: what each slide of the window holds, in a circle, and those after it. */
    private final long[][] slides;

    /** By key number: what the slides before the open one hold that belong to the next window. */
    private final long[] totals;

    private final int slidesOfWindow;
    private int open;
    private long end = Long.MIN_VALUE;

    /** As {@link PlainSlidingSum#PlainSlidingSum}. */
    ContractSlidingSum(int keys, long size, long slide, long delay) {
        this.size = size;
        this.slide = slide;
        this.delay = delay;
        this.keys = new DenseKeys(keys);
        slidesOfWindow = Math.toIntExact(size / slide);
        slides = new long[slidesOfWindow + 1 + Math.toIntExact(delay / slide)][ENTRY * (keys + 1)];
        totals = new long[ENTRY * (keys + 1)];
    }

    @Override
    public void process(long[] rows) {
        if (end == Long.MIN_VALUE) {
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

    /** As in {@link PlainSlidingSum}. */
    private int processSlide(long[] rows, int from) {
        long[] current = slides[open];
        long slideEnd = end;
        long slideStart = end - slide;
        long enough = end + delay;
        int row = from;
        for (; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long key = rows[row + EventStream.KEY];
            if (timestamp < slideStart) {
                tally.addLate(key, timestamp, rows[row + EventStream.VALUE]);
                continue;
            }
            int entry = keys.numberOf(key) * ENTRY;
            long[] entries = timestamp < slideEnd ? current : slideAhead((int) (timestamp - slideStart));
            entries[entry]++;
            ExactTotals.add(entries, entry + SUM, rows[row + EventStream.VALUE]);
            if (timestamp >= enough) {
                break;
            }
        }
        return row;
    }

    private long[] slideAhead(int millis) {
        int index = open + millis / (int) slide;
        return slides[index < slides.length ? index : index - slides.length];
    }

    /** As in {@link PlainSlidingSum}. */
    private void close() {
        int first = open + 1 - slidesOfWindow;
        long[] entering = slides[open];
        long[] leaving = slides[first < 0 ? first + slides.length : first];
        int entry = ENTRY;
        for (int key = 1; key <= keys.last(); key++, entry += ENTRY) {
            totals[entry] += entering[entry];
            ExactTotals.add(totals, entry + SUM, entering[entry + SUM]);
            totals[entry + CARRY] += entering[entry + CARRY];
            if (totals[entry] != 0) {
                tally.add(keys.key(key), end - size, end, totals[entry + SUM]);
            }
            totals[entry] -= leaving[entry];
            ExactTotals.subtract(totals, entry + SUM, leaving[entry + SUM]);
            totals[entry + CARRY] -= leaving[entry + CARRY];
            leaving[entry] = 0;
            leaving[entry + SUM] = 0;
            leaving[entry + CARRY] = 0;
        }
        open = open + 1 == slides.length ? 0 : open + 1;
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
