package io.tidemark.bench.comparison;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table. Threads: immutable.
 *
 * @param id such as P1; several lines may share one
 * @param what in words
 * @param measured what the figure is of
 * @param against what it is compared with; the slowest of them counts
 * @param kind how the figure is made
 * @param figure of which figure; null if it is of the rate or of the bytes
 * @param target what to reach; 0: the figure is for information
 */
record Target(
        String id,
        String what,
        Run measured,
        List<Run> against,
        Kind kind,
        @Nullable Figure figure,
        double target) {

    /** How the figure is made. */
    enum Kind {
        /** Rate over rate; at least the target. */
        RATIO,
        /** Time over time; at most the target. */
        TIME,
        /** Bytes allocated per event beyond the event's own; less than the target. */
        BYTES,
        /** The median of a figure; at most the target. */
        FIGURE,
        /** Median over median of a figure; at most the target. */
        FIGURE_RATIO,
        /** Among the medians of a figure, this one's and all others', the largest over the smallest; at most the target. */
        FLATNESS
    }

    /** Keeps a copy. */
    Target {
        against = List.copyOf(against);
    }

    boolean isMetBy(double reached) {
        return switch (kind) {
            case RATIO -> reached >= target;
            case BYTES -> reached < target;
            case TIME, FIGURE, FIGURE_RATIO, FLATNESS -> reached <= target;
        };
    }

    String bound() {
        return switch (kind) {
                    case RATIO -> ">= ";
                    case BYTES -> "< ";
                    case TIME, FIGURE, FIGURE_RATIO, FLATNESS -> "<= ";
                }
                + target;
    }
}
