package io.tidemark;

import org.jspecify.annotations.Nullable;

/**
 * How an engine stands or ended. Threads: immutable.
 *
 * @param state its state when the report was made; after {@code complete()} with a deadline that passed, still
 *     {@link EngineState#COMPLETING}
 * @param metrics the accounting
 * @param discardedWindows windows that held events and were discarded by a stop, once on each shard that held some; 0 after
 *     {@code complete()}
 * @param discardedEvents accepted events that were never processed; 0 after {@code complete()}
 * @param cause why it failed or did not finish in time, else null
 */
public record EngineReport(
        EngineState state,
        EngineMetrics metrics,
        long discardedWindows,
        long discardedEvents,
        @Nullable Throwable cause) {

    /** State, failures and what was discarded, in one line; the figures are in {@link #metrics}. */
    @Override
    public String toString() {
        return "EngineReport[" + state + ", " + metrics.throughput().events() + " events, " + metrics.failures()
                + " failures, discarded " + discardedWindows + " windows and " + discardedEvents + " events"
                + (cause == null ? "" : ", because of " + cause.getClass().getName()) + "]";
    }
}
