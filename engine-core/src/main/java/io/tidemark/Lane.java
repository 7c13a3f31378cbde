package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.metrics.LatencyRecorder;
import io.tidemark.operator.RowBatch;
import io.tidemark.ring.RowRing;
import io.tidemark.watermark.SourceWatermark;
import org.jspecify.annotations.Nullable;

/**
 * The engine's side of one source: rows and commands in the order in which they were published.
 *
 * <p>Threads: the engine thread, but for the counters and {@link #close}.
 */
abstract class Lane {
    final String name;
    final SourceWatermark watermark;
    final SourceLatency latency;
    final LatencyRecorder publishToProcessed;
    final Haste haste = new Haste();
    final Counter handedOn = new Counter();
    final Counter invalid = new Counter();
    final Counter future = new Counter();
    /** Whether it counts only from its first event on. Set before the engine thread sees the lane. */
    boolean opensFromFirstEvent;
    /** Whether it is drained, and the tracker does not count it, or not any more. */
    volatile boolean finished;

    Lane(String name, SourceWatermark watermark, SourceLatency latency, int stampEvery) {
        this.name = name;
        this.watermark = watermark;
        this.latency = latency;
        this.publishToProcessed = new LatencyRecorder(name + ".publish-to-processed", stampEvery);
    }

    /** The view on the rows last taken. */
    abstract RowBatch batch();

    /** The command that comes before the next row, once; null if none does. */
    abstract @Nullable Command command();

    /**
     * Makes up to {@code max} rows readable through {@link #batch}, none behind a command. Asked again before {@link #release}, it
     * adds to those it had found.
     */
    abstract int take(int max);

    /** Whether to take again before {@link #release} may add to so many rows, once others have had the time to publish some. */
    abstract boolean mayGrow(int rows);

    /** Gives the first of the rows last taken back; all of them, unless the engine fails in their midst. */
    abstract void release(int rows, long nowNanos);

    /** The first row from the next one on that carries a publish stamp. */
    static long nextStamp(RowRing ring, int stampEvery) {
        return (ring.readSequence() + stampEvery - 1) & -stampEvery;
    }

    /** Gives rows of a ring back, and records how long those with a stamp were under way, if they are in the books here. */
    final void release(RowRing ring, int stampEvery, int rows, long nowNanos) {
        long first = ring.readSequence();
        long end = first + rows;
        for (long row = nextStamp(ring, stampEvery); row < end; row += stampEvery) {
            if (isInBooks((int) (row - first))) {
                publishToProcessed.record(nowNanos - ring.stampOf(row));
            }
        }
        ring.release(rows);
    }

    /** Whether one of the rows last taken counts here. */
    boolean isInBooks(int row) {
        return true;
    }

    /** Whether rows that carry a publish stamp are among those last taken. */
    abstract boolean hasStamp(int rows);

    /** Closes the entrance; what was accepted stays. */
    abstract void close();

    /** Before the first pass: if the entrance is closed, waits until {@link #isDrained} knows whether anything came. */
    void settle() {
        // most know at once
    }

    /** Whether the entrance is closed and everything accepted was taken. */
    abstract boolean isDrained();

    /** Gives up what was not taken; {@link #inFlight} then says how many events that are. */
    abstract void abandon();

    abstract long accepted();

    abstract long failed();

    abstract long inFlight();

    abstract long shed();
}
