package io.tidemark.bench;

import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.PartsContender;
import io.tidemark.bench.workload.SpentTime;
import io.tidemark.bench.workload.Workload;
import io.tidemark.operator.RowBatch;

/**
 * The operator alone, cut where windows end: the row that moves the watermark there is a batch by itself, so its time is that of
 * combining and giving results; the other batches take events and give nothing. The callback does the least that it can, and that
 * is in the time.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
final class OperatorParts implements PartsContender {
    private final PaneTally tally = new PaneTally();
    private final OperatorRun operator;
    private final long slide;
    private final SpentTime onEvents = new SpentTime();
    private final SpentTime onResults = new SpentTime();
    private long enough = Long.MIN_VALUE;
    private long resultsTaken;

    OperatorParts(Workload workload) {
        slide = workload.spans().get(0).slide();
        operator = new OperatorRun(workload, pane -> tally.addUnchecked(pane.longValue()));
    }

    @Override
    public void process(long[] rows) {
        if (enough == Long.MIN_VALUE) {
            enough = Math.floorDiv(rows[EventStream.TIMESTAMP] - EventStream.JITTER, slide) * slide
                    + slide
                    + EventStream.JITTER;
        }
        RowBatch batch = OperatorRun.batch(rows);
        int events = rows.length / EventStream.STRIDE;
        int row = 0;
        while (row < events) {
            // looking for the end reads the rows beforehand, with every slide alike
            int closing = closingRow(rows, row, Math.min(events, row + OperatorRun.BATCH));
            long start = System.nanoTime();
            if (closing > row) {
                operator.process(batch, row, closing - row);
            }
            long between = onEvents.addSince(start);
            row = closing;
            if (row < events && timestamp(rows, row) >= enough) {
                operator.process(batch, row, 1);
                onResults.addSince(between);
                enough += slide;
                row++;
            }
        }
    }

    /** The first row that ends a window, or {@code to}. */
    private int closingRow(long[] rows, int from, int to) {
        int row = from;
        while (row < to && timestamp(rows, row) < enough) {
            row++;
        }
        return row;
    }

    private static long timestamp(long[] rows, int row) {
        return rows[row * EventStream.STRIDE + EventStream.TIMESTAMP];
    }

    @Override
    public long takeEventNanos() {
        return onEvents.take();
    }

    @Override
    public long takeResultNanos() {
        return onResults.take();
    }

    @Override
    public long takeResults() {
        long results = tally.summary().panes() - resultsTaken;
        resultsTaken += results;
        return results;
    }

    @Override
    public PaneTally.Summary finish() {
        operator.finish();
        return tally.summary();
    }
}
