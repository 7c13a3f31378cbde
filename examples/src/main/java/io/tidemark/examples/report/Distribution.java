package io.tidemark.examples.report;

import java.util.Arrays;
import java.util.stream.LongStream;

/** The exact distribution of some durations in milliseconds: all of them are kept, sorted. Immutable. */
@SuppressWarnings("LongDoubleConversion") // a millisecond more or less is no pixel
final class Distribution {

    private final long[] sorted;

    Distribution(LongStream values) {
        this.sorted = values.sorted().toArray();
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    int size() {
        return sorted.length;
    }

    /** The smallest value that at least this percentage of the values does not exceed; 0 if there are none. */
    long percentile(double percentage) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percentage / 100 * sorted.length);
        return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))];
    }

    long min() {
        return percentile(0);
    }

    long max() {
        return percentile(100);
    }

    /** How many values are above this one. */
    int above(double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted.length - low;
    }

    /** How many values fall into each of the equal parts of the axis; what lies beyond its ends goes into the first and the last. */
    int[] histogram(Axis axis, int bins) {
        int[] counts = new int[bins];
        Arrays.stream(sorted).forEach(value -> counts[Math.min(bins - 1, (int) (axis.fraction(value) * bins))]++);
        return counts;
    }
}
