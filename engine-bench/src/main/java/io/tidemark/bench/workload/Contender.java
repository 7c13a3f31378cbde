package io.tidemark.bench.workload;

/**
 * Who is measured: takes rows of an {@link EventStream} in their order and tallies its panes.
 *
 * <p>Threads: belongs to one thread, whatever threads it has of its own.
 */
public interface Contender {

    /** Takes all rows; returns when they are processed. */
    void process(long[] rows);

    /** End of input: closes every window; what all panes add up to. */
    PaneTally.Summary finish();
}
