package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.watermark.SourceWatermark;

/**
 * The watermark's course along a run of rows that is not cut where it reaches the end of a window: closing waits for the end of the run.
 * Streams ask here whether a row that would still find the window open comes in fact after its end. Entered only where all streams let it wait.
 *
 * <p>Threads: belongs to the engine thread. Cost: nothing until a row is in doubt, then at most one pass over the timestamps before it.
 */
final class WatermarkCourse {
    private long last = Timestamps.NONE;
    private long delay;
    private int from;
    /** The largest timestamp of the rows before the one that was looked at last. */
    private long newest;

    private int looked;

    /**
     * Rows are about to be added, and the watermark is to follow.
     *
     * @param first the first of them
     * @param source their source, which has taken them
     * @param after the watermark behind all of them
     */
    void enter(int first, SourceWatermark source, long after) {
        last = after;
        delay = source.delay();
        from = first;
        looked = first;
        newest = Timestamps.NONE;
    }

    /** The rows were added, and what they close is closed. */
    void leave() {
        last = Timestamps.NONE;
    }

    /** The watermark behind the last row: a window that ends later is open all the way. */
    long last() {
        return last;
    }

    /** Whether a window that was open before the first row, and ends by {@link #last}, has ended before this row. */
    boolean hasPassed(long end, RowBatch rows, int row) {
        if (end > last) {
            return false;
        }
        if (row < looked) { // another stream begins with the rows
            looked = from;
            newest = Timestamps.NONE;
        }
        for (; looked < row; looked++) {
            newest = Math.max(newest, rows.timestamp(looked));
        }
        return Timestamps.subtract(newest, delay) >= end;
    }
}
