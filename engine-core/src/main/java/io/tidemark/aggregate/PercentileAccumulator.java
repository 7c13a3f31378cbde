package io.tidemark.aggregate;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * A distribution of longs. Up to {@link #KEPT} values are kept as they are; from the next one on they live in histograms. The form
 * depends on the count alone, never on how the values were split or combined.
 */
final class PercentileAccumulator {

    /** Where the values kept reach the size of the smallest histogram of three digits: 2,048 counts of eight bytes. */
    static final int KEPT = 2_048;

    private static final int DIGITS = 3;
    private static final int SMALLEST = 8;

    private long[] kept = {};
    private boolean inHistograms;
    private @Nullable Histogram nonNegative;
    /** Of {@code ~value}: a histogram takes no negative numbers, and the magnitude of Long.MIN_VALUE would not fit a long. */
    private @Nullable Histogram negative;

    private long count;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    void add(long value) {
        if (count < KEPT) {
            reserve((int) count + 1);
            kept[(int) count] = value;
        } else {
            useHistograms();
            record(value);
        }
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void addAll(PercentileAccumulator other) {
        long total = count + other.count;
        if (total <= KEPT) {
            reserve((int) total);
            System.arraycopy(other.kept, 0, kept, (int) count, (int) other.count);
        } else {
            useHistograms();
            if (other.inHistograms) {
                nonNegative = sum(nonNegative, other.nonNegative);
                negative = sum(negative, other.negative);
            } else {
                for (int i = 0; i < other.count; i++) {
                    record(other.kept[i]);
                }
            }
        }
        count = total;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    long count() {
        return count;
    }

    /** {@link Long#MAX_VALUE} while empty. */
    long min() {
        return min;
    }

    /** {@link Long#MIN_VALUE} while empty. */
    long max() {
        return max;
    }

    /** The values at these ranks, 1 being the smallest value and {@link #count} the largest; exact at both ends. */
    long[] valuesAt(long[] ranks) {
        long[] sorted = {};
        if (!inHistograms) {
            sorted = Arrays.copyOf(kept, (int) count);
            Arrays.sort(sorted);
        }
        long[] values = new long[ranks.length];
        for (int i = 0; i < ranks.length; i++) {
            values[i] = inHistograms ? fromHistograms(ranks[i]) : sorted[(int) ranks[i] - 1];
        }
        return values;
    }

    private long fromHistograms(long rank) {
        if (rank == 1) {
            return min;
        }
        long below = negative == null ? 0 : negative.getTotalCount();
        long value;
        if (negative != null && rank <= below) {
            // turned round: the most negative value has the largest complement; the end of the bucket nearer zero is
            // reported
            value = ~negative.lowestEquivalentValue(bucketAt(negative, below - rank + 1));
        } else if (nonNegative != null) {
            value = bucketAt(nonNegative, rank - below);
        } else {
            throw new IllegalStateException("rank " + rank + " of " + count + " values");
        }
        // the end of a bucket lies at or above the values in it, so only the last bucket can reach beyond them
        return Math.min(max, value);
    }

    /** The highest value of the bucket that holds the rank. Counts are summed as longs: a percentage of them would be rounded. */
    private static long bucketAt(Histogram histogram, long rank) {
        long seen = 0;
        for (HistogramIterationValue bucket : histogram.recordedValues()) {
            seen += bucket.getCountAddedInThisIterationStep();
            if (seen >= rank) {
                return bucket.getValueIteratedTo();
            }
        }
        throw new IllegalStateException("rank " + rank + " of " + seen + " recorded values");
    }

    private void useHistograms() {
        if (inHistograms) {
            return;
        }
        inHistograms = true;
        for (int i = 0; i < count; i++) {
            record(kept[i]);
        }
        kept = new long[0];
    }

    private void record(long value) {
        if (value >= 0) {
            if (nonNegative == null) {
                nonNegative = new Histogram(DIGITS);
            }
            nonNegative.recordValue(value);
        } else {
            if (negative == null) {
                negative = new Histogram(DIGITS);
            }
            negative.recordValue(~value);
        }
    }

    private static @Nullable Histogram sum(@Nullable Histogram into, @Nullable Histogram from) {
        if (from == null) {
            return into;
        }
        if (into == null) {
            return from.copy();
        }
        into.add(from);
        return into;
    }

    private void reserve(int needed) {
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(KEPT, Math.max(Math.max(needed, SMALLEST), 2 * kept.length)));
        }
    }
}
