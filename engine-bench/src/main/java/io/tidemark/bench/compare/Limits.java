package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;

/** The loop written by hand for each workload. Threads: safe from any. */
public final class Limits {

    private Limits() {}

    /** Whether there is a loop by hand for this workload that keeps the engine's contract. */
    public static boolean hasContract(Workload workload) {
        return workload == Workload.TUMBLING || workload == Workload.SESSIONS || isSlidingSum(workload);
    }

    private static boolean isSlidingSum(Workload workload) {
        return workload.spans().size() == 1
                && workload.windowsPerEvent() > 1
                && workload.measure() == Workload.Measure.SUM;
    }

    /** The loop for this workload that keeps the engine's contract: what a target against {@link #of} can come to at best. */
    public static Contender withContract(Workload workload, int keys) {
        long delay = EventStream.JITTER;
        if (isSlidingSum(workload)) {
            Workload.Span span = workload.spans().get(0);
            return new ContractSlidingSum(keys, span.size(), span.slide(), delay);
        }
        if (workload == Workload.TUMBLING) {
            return new ContractTumbling(Workload.TUMBLING_SIZE, delay);
        }
        if (workload == Workload.SESSIONS) {
            return new ContractSessions(Workload.SESSION_GAP, delay);
        }
        throw new IllegalArgumentException("no loop with the contract for " + workload);
    }

    /** The loop for this workload. */
    public static Contender of(Workload workload, int keys) {
        long delay = EventStream.JITTER;
        return switch (workload) {
            case TUMBLING -> new PlainTumbling(keys, Workload.TUMBLING_SIZE, delay);
            case TUMBLING_MAX -> new PlainTumblingMax(keys, Workload.TUMBLING_SIZE, delay);
            case TUMBLING_LATE -> new LateTumbling(keys, Workload.TUMBLING_SIZE, delay);
            case SLIDING -> new PlainSlidingSum(keys, Workload.SLIDING_SIZE, Workload.SLIDE, delay);
            case SLIDING_MAX -> new PlainSlidingMax(keys, Workload.SLIDING_SIZE, Workload.SLIDE, delay);
            case SESSIONS -> new PlainSessions(keys, Workload.SESSION_GAP, delay);
            case FIVE -> new PlainFiveWindows(keys, delay);
            case SLIDING_10MS -> {
                Workload.Span span = workload.spans().get(0);
                yield new InOrder(new PlainSlidingSum(keys, span.size(), span.slide(), 0));
            }
            case SLIDING_MAX_10MS -> {
                Workload.Span span = workload.spans().get(0);
                yield new InOrder(new PlainSlidingMax(keys, span.size(), span.slide(), 0));
            }
            case SLIDING_MAX_10S, SLIDING_MAX_100MS -> {
                Workload.Span span = workload.spans().get(0);
                yield new PlainSlidingMax(keys, span.size(), span.slide(), delay);
            }
            case SLIDING_10S,
                    SLIDING_100MS,
                    FIVE_TUMBLING_1S,
                    FIVE_TUMBLING_10S,
                    FIVE_TUMBLING_60S,
                    FIVE_SLIDING_60S,
                    FIVE_SLIDING_300S -> {
                Workload.Span span = workload.spans().get(0);
                yield new PlainSlidingSum(keys, span.size(), span.slide(), delay);
            }
        };
    }
}
