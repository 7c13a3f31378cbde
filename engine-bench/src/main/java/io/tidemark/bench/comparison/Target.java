package io.tidemark.bench.comparison;

import java.util.List;

/**
 * A line of the table: a contender's rate as a ratio of others', or what it allocates. Threads: immutable.
 *
 * @param id such as P1; several lines may share one
 * @param what in words
 * @param measured what the figure is of
 * @param against what it is compared with; the slowest of them counts. Empty: bytes per event are what is looked at
 * @param kind how the figure is made
 * @param target what to reach
 */
record Target(String id, String what, Run measured, List<Run> against, Kind kind, double target) {

    /** How the figure is made. */
    enum Kind {
        /** Rate over rate; at least the target. */
        RATIO,
        /** Time over time; at most the target. */
        TIME,
        /** Bytes allocated per event beyond the event's own; less than the target. */
        BYTES
    }

    /** Keeps a copy. */
    Target {
        against = List.copyOf(against);
    }

    boolean isMetBy(double reached) {
        return switch (kind) {
            case RATIO -> reached >= target;
            case TIME -> reached <= target;
            case BYTES -> reached < target;
        };
    }

    String bound() {
        return switch (kind) {
                    case RATIO -> ">= ";
                    case TIME -> "<= ";
                    case BYTES -> "< ";
                }
                + target;
    }
}
