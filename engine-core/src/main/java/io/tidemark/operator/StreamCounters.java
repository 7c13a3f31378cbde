package io.tidemark.operator;

import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of one stream of windows: {@code handedOn = aggregated + late + unassigned + failed}.
 *
 * <p>Threads: the counters are readable by any thread; {@link #liveWindows}, {@link #liveEntries} and {@link #oldestOpenEnd} by the
 * engine thread, or by any once it has stopped.
 */
public final class StreamCounters {
    private final WindowOperator<?, ?, ?> operator;
    private final @Nullable String input;

    StreamCounters(WindowOperator<?, ?, ?> operator, @Nullable String input) {
        this.operator = operator;
        this.input = input;
    }

    /** The stream's name. */
    public String name() {
        return operator.spec.name();
    }

    /** The name of the stream whose results are its rows; null if they come from the sources. */
    public @Nullable String input() {
        return input;
    }

    /** Which operator runs it, for explanations. */
    public String operatorName() {
        if (operator instanceof SlicedWindowOperator<?, ?, ?> sliced) {
            String finer = sliced.finerStream();
            return finer == null ? "sliced" : "sliced, from the slices of " + finer;
        }
        return operator instanceof SessionWindowOperator ? "sessions" : "per-window";
    }

    /** Rows that came to this stream. */
    public long handedOn() {
        return operator.handedOn.value();
    }

    /** Rows that count in at least one window. */
    public long aggregated() {
        return operator.aggregated.value();
    }

    /** Rows all of whose windows had expired. */
    public long late() {
        return operator.late.value();
    }

    /** Rows that have no window (slide > size). */
    public long unassigned() {
        return operator.unassigned.value();
    }

    /** Rows whose key, gap, size or assigner threw or was refused, and results of which an extractor could make no row. */
    public long failed() {
        return operator.failed.value();
    }

    /** Windows missed by rows that count in others. */
    public long windowsMissed() {
        return operator.windowsMissed.value();
    }

    /** Panes given. */
    public long panes() {
        return operator.panes.value();
    }

    /** Panes taken back. */
    public long retractions() {
        return operator.retractions.value();
    }

    /** Windows that hold something and whose end is not reached. Linear in them on slices. */
    public long liveWindows() {
        return operator.liveWindows();
    }

    /** Entries of state in memory. */
    public long liveEntries() {
        return operator.liveEntries();
    }

    /** End of the first window still open, {@link Long#MAX_VALUE} if none is. */
    public long oldestOpenEnd() {
        return operator.oldestOpenEnd();
    }
}
