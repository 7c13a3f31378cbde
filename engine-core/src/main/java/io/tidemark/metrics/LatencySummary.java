package io.tidemark.metrics;

import java.util.List;

/**
 * One stage's durations since the beginning, as they stood when {@link LatencyRecorder#summary} was called. Immutable,
 * safe from any thread. All durations are nanoseconds.
 *
 * <p>{@code count}, {@code min}, {@code max}, {@code negatives} and {@code mostNegative} are exact. {@link #percentile
 * Percentiles} come from the sampled distribution, to three significant digits, and never leave {@code [min, max]}.
 *
 * @param stage the recorder's stage
 * @param count durations that were not negative; with {@code negatives} this makes all of them
 * @param min the shortest, 0 if {@code count} is 0
 * @param max the longest, 0 if {@code count} is 0
 * @param negatives durations below zero: two clocks disagreed, or an event is stamped ahead of its time. In no other
 *     number here
 * @param mostNegative the lowest of those, 0 if there is none
 * @param sampled how many durations the percentiles rest on
 * @param clamped how many of those lay above the distribution's range (some 36.5 years) and count as its end
 * @param percentiles the distribution of the sampled durations
 */
public record LatencySummary(
        String stage,
        long count,
        long min,
        long max,
        long negatives,
        long mostNegative,
        long sampled,
        long clamped,
        LatencyPercentiles percentiles) {

    /**
     * The durations of several recorders of one stage together.
     *
     * @param parts at least one
     * @throws IllegalArgumentException if there is none
     */
    public static LatencySummary join(List<LatencySummary> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("no summaries to join; give at least one");
        }
        long count = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        long negatives = 0;
        long mostNegative = 0;
        long sampled = 0;
        long clamped = 0;
        for (LatencySummary part : parts) {
            count += part.count;
            min = part.count == 0 ? min : Math.min(min, part.min);
            max = Math.max(max, part.max);
            negatives += part.negatives;
            mostNegative = Math.min(mostNegative, part.mostNegative);
            sampled += part.sampled;
            clamped += part.clamped;
        }
        return new LatencySummary(
                parts.get(0).stage,
                count,
                count == 0 ? 0 : min,
                max,
                negatives,
                mostNegative,
                sampled,
                clamped,
                LatencyPercentiles.join(
                        parts.stream().map(LatencySummary::percentiles).toList()));
    }

    /**
     * The duration that {@code percentile} percent of the durations do not exceed. 0 gives {@code min} and 100 gives
     * {@code max}, both exact. While no duration has been sampled the only safe answer above 0 is {@code max}. 0 if
     * {@code count} is 0.
     *
     * @throws IllegalArgumentException if {@code percentile} is not from 0 to 100
     */
    public long percentile(double percentile) {
        LatencyPercentiles.requirePercentile(percentile);
        if (percentile == 0.0) {
            return min;
        }
        if (percentile == 100.0 || percentiles.total() == 0) {
            return max;
        }
        return Math.max(min, Math.min(max, percentiles.at(percentile)));
    }

    /** The median. */
    public long p50() {
        return percentile(50.0);
    }

    /** The 90th percentile. */
    public long p90() {
        return percentile(90.0);
    }

    /** The 99th percentile. */
    public long p99() {
        return percentile(99.0);
    }

    /** The 99.9th percentile. */
    public long p999() {
        return percentile(99.9);
    }

    /** All of it, with a few percentiles as {@link #percentile} gives them. */
    @Override
    public String toString() {
        return "LatencySummary[" + stage + ": " + count + " durations, min " + min + " ns, p50 " + p50() + " ns, p99 "
                + p99() + " ns, p99.9 " + p999() + " ns, max " + max + " ns; " + negatives + " negative, down to "
                + mostNegative + " ns; " + sampled + " sampled, " + clamped + " clamped]";
    }
}
