package io.tidemark.metrics;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The distribution behind a {@link LatencyRecorder}: one writer, and several readers that do not take values from one
 * another.
 *
 * <p>The writer fills one histogram while the readers own another; a reader swaps the two. What it finds goes to the
 * total since the beginning and to every open {@link Interval}, so each reader has its own books.
 *
 * <p>Threads: {@link #record} is wait-free (two uncontended atomic adds and a store into an array). Readers exclude
 * each other by the monitor of this object; a reader waits for a writer that is inside {@code record}, never the other
 * way round.
 */
final class SampledDistribution {

    /** The largest value that is told apart, some 36.5 years: it bounds a histogram at 418,304 bytes. */
    static final long CEILING = (1L << 60) - 1;

    private static final int SIGNIFICANT_DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(SIGNIFICANT_DIGITS);
    private final Counter clamped = new Counter();
    private final Histogram total = newHistogram();
    private final List<Interval> intervals = new ArrayList<>();
    private @Nullable Histogram recycled;

    /** An empty histogram that grows with its values, of the precision used throughout. */
    static Histogram newHistogram() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }

    /** Writer: one value, not negative; above {@link #CEILING} it counts as that, and as clamped. */
    void record(long nanos) {
        if (nanos > CEILING) {
            clamped.increment();
            recorder.recordValue(CEILING);
        } else {
            recorder.recordValue(nanos);
        }
    }

    /** How many values lay above {@link #CEILING}. Any thread. */
    long clamped() {
        return clamped.value();
    }

    /** The distribution since the beginning, frozen. */
    synchronized LatencyPercentiles percentiles() {
        drain();
        return LatencyPercentiles.of(total);
    }

    /** A reader of its own, which starts empty now. */
    synchronized Interval openInterval() {
        drain();
        Interval interval = new Interval();
        intervals.add(interval);
        return interval;
    }

    /** How many readers of their own are open. */
    synchronized int openIntervals() {
        return intervals.size();
    }

    private void drain() {
        Histogram fresh = recorder.getIntervalHistogram(recycled);
        recycled = fresh;
        if (fresh.getTotalCount() == 0) {
            return;
        }
        total.add(fresh);
        for (Interval interval : intervals) {
            interval.pending.add(fresh);
        }
    }

    /** The values since one reader looked last. Safe from any thread. */
    final class Interval {

        private final Histogram pending = newHistogram();

        private Interval() {}

        /** Adds the values since the last call to {@code target}. */
        void moveInto(Histogram target) {
            synchronized (SampledDistribution.this) {
                drain();
                target.add(pending);
                pending.reset();
            }
        }

        /** Ends this reader: no values are kept for it any more. */
        void close() {
            synchronized (SampledDistribution.this) {
                intervals.remove(this);
            }
        }
    }
}
