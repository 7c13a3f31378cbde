package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.AssignedWindows;
import io.tidemark.window.LateEvent;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowArithmetic;
import io.tidemark.window.WindowCollector;
import io.tidemark.window.WindowCursor;

/**
 * Windows whose bounds are known for each event: those of a grid or a calendar where slices will not do, and those of a user's own function.
 *
 * <p>Cost: an event walks its key's live windows, newest first, down to its own.
 */
final class AssignedWindowOperator<E, K, R> extends PerWindowOperator<E, K, R> {
    private final WindowArithmetic arithmetic;
    private final WindowCollector assigned = new WindowCollector();
    private final WindowCursor cursor = new WindowCursor();
    private int[] taking = new int[64];

    AssignedWindowOperator(WindowSpec<E, K, R> spec, FailureHandler failures) {
        super(spec, failures);
        arithmetic = spec.windows();
        if (arithmetic instanceof SlicedWindows sliced && sliced.mostWindows() > WindowCollector.MOST) {
            throw new IllegalArgumentException(spec.name() + ": every event belongs to " + sliced.mostWindows()
                    + " windows, and with this trigger each would be updated; the most is " + WindowCollector.MOST
                    + ", use a longer slide, or panes at the window's end alone");
        }
    }

    @Override
    void add(RowBatch rows, int from, int to) {
        for (int row = from; row < to; row++) {
            if (!assign(rows, row)) {
                continue;
            }
            if (assigned.size() == 0) {
                unassigned.increment();
            } else if (loadKeys(rows, row, 1) > 0) {
                addTo(0, rows, row, watermark);
            }
        }
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long atWatermark, long heldWatermark) {
        if (!assign(rows, row)) {
            return;
        }
        int all = assigned.size();
        if (all == 0) {
            unassigned.increment();
            if (Timestamps.add(rows.timestamp(row), spec.allowedLateness()) < atWatermark) {
                audit(spec.lateHandler(), rows, row, source, LateEvent.Reason.UNASSIGNED, null, atWatermark);
            }
            return;
        }
        int missed = 0;
        while (missed < all && isExpired(assigned.end(missed), atWatermark)) {
            missed++;
        }
        if (missed == all) {
            late.increment();
            long start = assigned.start(all - 1);
            long end = assigned.end(all - 1);
            auditMissed(spec.lateHandler(), rows, row, source, start, end, atWatermark, heldWatermark);
            return;
        }
        if (loadKeys(rows, row, 1) == 0) {
            return;
        }
        if (missed > 0) {
            windowsMissed.add(missed);
            long start = assigned.start(missed - 1);
            long end = assigned.end(missed - 1);
            auditMissed(spec.partlyLateHandler(), rows, row, source, start, end, atWatermark, heldWatermark);
        }
        addTo(missed, rows, row, atWatermark);
    }

    /** Finds the windows of a row; false if that failed, which has been reported. */
    private boolean assign(RowBatch rows, int row) {
        try {
            if (arithmetic instanceof SlicedWindows sliced) {
                sliced.assign(rows.timestamp(row), cursor, assigned);
            } else {
                int column = spec.windowInput();
                long input = column < 0 ? 0 : rows.longs[rows.row(row) + column];
                ((AssignedWindows) arithmetic).assign(rows.timestamp(row), input, assigned);
            }
            return true;
        } catch (RuntimeException thrown) {
            failed.increment();
            failures.failed(FailureHandler.Stage.ASSIGNER, spec.name(), thrown);
            return false;
        }
    }

    /** Adds a row whose key is loaded to all its windows but the first so many. */
    private void addTo(int firstTaking, RowBatch rows, int row, long atWatermark) {
        long key = keys(rows)[keyIndex(rows, row, row)];
        int count = assigned.size() - firstTaking;
        if (count > taking.length) {
            taking = new int[2 * count];
        }
        int window = WindowArena.NONE;
        for (int i = count - 1; i >= 0; i--) { // newest first, as the key's windows are linked
            window = live.claim(key, assigned.start(firstTaking + i), assigned.end(firstTaking + i), window);
            if (!windows.is(window, WindowArena.AWAITED)) {
                await(window, false, atWatermark);
            }
            windows.longs[window + Entries.COUNT]++;
            taking[i] = window;
        }
        columns.accumulateToAll(windows, rows, row, count, taking);
        aggregated.increment();
        for (int i = 0; i < count; i++) {
            eventAdded(taking[i], atWatermark);
        }
    }

    @Override
    long earliestNewDeadline(long atWatermark) {
        return Timestamps.add(atWatermark, 1);
    }
}
