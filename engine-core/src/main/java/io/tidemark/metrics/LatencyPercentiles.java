package io.tidemark.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution of durations, in nanoseconds, frozen at one moment. Immutable, safe from any thread.
 *
 * <p>Precision: three significant decimal digits; a value stands for those that cannot be told from it, and is the
 * highest of them. Memory: 16 bytes for each distinct value at that precision (at most some 52,000, usually hundreds).
 * Cost of a look-up: a binary search.
 */
public final class LatencyPercentiles {

    /** Rising: the distinct values. */
    private final long[] values;

    /** Rising: how many recorded values are not above the value at the same index. */
    private final long[] ranks;

    private LatencyPercentiles(long[] values, long[] ranks) {
        this.values = values;
        this.ranks = ranks;
    }

    /** Copies what {@code histogram} holds now. */
    static LatencyPercentiles of(Histogram histogram) {
        long[] values = new long[64];
        long[] ranks = new long[64];
        int size = 0;
        for (HistogramIterationValue step : histogram.recordedValues()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
                ranks = Arrays.copyOf(ranks, size * 2);
            }
            values[size] = histogram.highestEquivalentValue(step.getValueIteratedTo());
            ranks[size] = step.getTotalCountToThisValue();
            size++;
        }
        return new LatencyPercentiles(Arrays.copyOf(values, size), Arrays.copyOf(ranks, size));
    }

    /** The values of several distributions in one. */
    static LatencyPercentiles join(List<LatencyPercentiles> parts) {
        TreeMap<Long, Long> counts = new TreeMap<>();
        for (LatencyPercentiles part : parts) {
            long before = 0;
            for (int i = 0; i < part.values.length; i++) {
                counts.merge(part.values[i], part.ranks[i] - before, Long::sum);
                before = part.ranks[i];
            }
        }
        long[] values = new long[counts.size()];
        long[] ranks = new long[counts.size()];
        int size = 0;
        long rank = 0;
        for (Map.Entry<Long, Long> step : counts.entrySet()) {
            rank += step.getValue();
            values[size] = step.getKey();
            ranks[size++] = rank;
        }
        return new LatencyPercentiles(values, ranks);
    }

    /** How many values the distribution holds. */
    public long total() {
        return ranks.length == 0 ? 0 : ranks[ranks.length - 1];
    }

    /**
     * The value that {@code percentile} percent of the values do not exceed; 0 if there is none.
     *
     * @param percentile from 0 (the lowest value) to 100 (the highest)
     * @throws IllegalArgumentException if it lies outside
     */
    public long at(double percentile) {
        requirePercentile(percentile);
        if (ranks.length == 0) {
            return 0;
        }
        // one step down before rounding up: 99.9 % of 1,000 must be rank 999, whatever the last bit of the product says
        double exact = Math.max(Math.nextDown(percentile), 0.0) * total() / 100.0;
        long rank = Math.max(1, Math.min(total(), (long) Math.ceil(exact)));
        int index = Arrays.binarySearch(ranks, rank);
        return values[index < 0 ? -index - 1 : index];
    }

    static void requirePercentile(double percentile) {
        // negated, so that NaN fails too
        if (!(percentile >= 0.0 && percentile <= 100.0)) {
            throw new IllegalArgumentException(
                    "percentile " + percentile + " is outside 0 to 100; the 99th is 99.0, not 0.99");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyPercentiles that
                && Arrays.equals(values, that.values)
                && Arrays.equals(ranks, that.ranks);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(ranks);
    }

    /** The number of values and a few percentiles in nanoseconds. */
    @Override
    public String toString() {
        return total() + " values, p50 " + at(50.0) + " ns, p99 " + at(99.0) + " ns, p99.9 " + at(99.9) + " ns";
    }
}
