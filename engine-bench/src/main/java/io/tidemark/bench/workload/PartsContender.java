package io.tidemark.bench.workload;

/**
 * A contender that takes the time itself: of taking events, and of giving results, apart from each other.
 *
 * <p>Threads: belongs to one thread.
 */
public interface PartsContender extends Contender {

    /** Nanoseconds spent on taking events since the last call. */
    long takeEventNanos();

    /** Nanoseconds spent on giving results since the last call. */
    long takeResultNanos();

    /** Results given since the last call. */
    long takeResults();
}
