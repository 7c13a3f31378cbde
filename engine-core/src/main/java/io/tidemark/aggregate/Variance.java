package io.tidemark.aggregate;

/**
 * How far the values of one window and key are spread around their mean. Made by {@link Aggregators#variance}.
 *
 * <p>Threads: immutable, safe from any thread.
 *
 * @param count how many values there are
 * @param mean the arithmetic mean; NaN if there is no value
 * @param population the mean of the squared distances from the mean, the values being all there are; NaN if there is none
 */
public record Variance(long count, double mean, double population) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if {@code count} or {@code population} is negative
     */
    public Variance {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count + " is negative");
        }
        if (population < 0) {
            throw new IllegalArgumentException("population variance " + population + " is negative");
        }
    }

    /** The unbiased estimate, the values being a sample of something larger: over {@code count - 1}. NaN below two values. */
    public double sample() {
        return count < 2 ? Double.NaN : population * count / (count - 1);
    }

    /** The square root of {@link #population}; NaN if there is no value. */
    public double standardDeviation() {
        return Math.sqrt(population);
    }
}
