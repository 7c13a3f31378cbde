package io.tidemark.bench.workload;

/** Takes events one at a time. Threads: one at a time. */
@FunctionalInterface
public interface EventSink {

    /** Takes one event. */
    void add(long timestamp, long key, long value);
}
