package io.tidemark.bench.comparison;

import io.tidemark.bench.workload.Workload;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The rows that a short run has time for: every rival at least once, none that needs many runs for one figure. Threads: safe from any.
 */
final class ShortTable {
    private static final Set<Workload> WORKLOADS =
            EnumSet.of(Workload.TUMBLING, Workload.TUMBLING_LATE, Workload.SLIDING, Workload.SESSIONS);

    private static final int FEW = 1_000;

    /** With as many keys as it takes to leave the cache. */
    private static final Set<String> WITH_MANY = Set.of("limit", "index", "operator");

    private static final Set<String> LEFT_OUT = Set.of(
            "disruptor-batch",
            "engine-shared-by-two",
            "jctools-mpsc-by-two",
            "engine-rows-unsampled",
            "engine-rows-all-sampled");

    private ShortTable() {}

    static boolean has(Target target) {
        return Stream.concat(Stream.of(target.measured()), target.against().stream())
                .allMatch(ShortTable::has);
    }

    private static boolean has(Run run) {
        return switch (run.mode()) {
            case STEADY ->
                WORKLOADS.contains(run.workload())
                        && !LEFT_OUT.contains(run.contender())
                        && (run.keys() <= FEW || (isTumbling(run) && WITH_MANY.contains(run.contender())));
            case WHOLE -> isTumbling(run); // a round of a peer takes seconds with other windows
            case MIXED, PARTS -> false;
            case PACED, RETAINED -> true;
        };
    }

    private static boolean isTumbling(Run run) {
        return run.workload() == Workload.TUMBLING;
    }
}
