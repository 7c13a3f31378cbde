package io.tidemark.aggregate;

import java.util.Arrays;

/**
 * The distribution of one window and key: the percentiles that were asked for, the number of values, and their exact extremes.
 * Made by {@link Aggregators#percentiles}.
 *
 * <p>The value at percentile {@code p} is the smallest one that at least {@code p} per cent of the values do not exceed. It is
 * exact up to 2,048 values; above, the percentile is the upper end of a bucket whose width is at most 0.1 % of the value, and
 * never outside {@link #min} to {@link #max}. All numbers are 0 when there is no value.
 *
 * <p>Threads: immutable, safe from any thread.
 */
public final class Percentiles {

    private final double[] percentiles;
    private final long[] values;
    private final long count;
    private final long min;
    private final long max;

    /** Takes the arrays as its own; the percentiles are ascending. */
    Percentiles(double[] percentiles, long[] values, long count, long min, long max) {
        this.percentiles = percentiles;
        this.values = values;
        this.count = count;
        this.min = min;
        this.max = max;
    }

    /**
     * The value at one of the percentiles that were asked for.
     *
     * @param percentile 0 to 100, as it was given to {@link Aggregators#percentiles}
     * @throws IllegalArgumentException if it was not
     */
    public long value(double percentile) {
        int index = Arrays.binarySearch(percentiles, percentile + 0.0); // -0.0 is 0.0
        if (index < 0) {
            throw new IllegalArgumentException("percentile " + percentile + " is not among "
                    + Arrays.toString(percentiles) + "; name it in Aggregators.percentiles(...)");
        }
        return values[index];
    }

    /** The smallest value, exact; 0 if there is none. */
    public long min() {
        return min;
    }

    /** The largest value, exact; 0 if there is none. */
    public long max() {
        return max;
    }

    /** How many values there are. */
    public long count() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Percentiles that
                && count == that.count
                && min == that.min
                && max == that.max
                && Arrays.equals(percentiles, that.percentiles)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Long.hashCode(count);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Percentiles[count=")
                .append(count)
                .append(", min=")
                .append(min);
        for (int i = 0; i < values.length; i++) {
            text.append(", p").append(percentiles[i]).append('=').append(values[i]);
        }
        return text.append(", max=").append(max).append(']').toString();
    }
}
