package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowCursor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Windows whose edges depend on time alone: tumbling, sliding, global. Each event updates the one slice it lies in; a window's
 * result over several slices is kept up to date from window to window, see {@link SlidingTotals}.
 *
 * <p>What a slice holds is right for every window over it that has not expired: an event that came too late for one window came too
 * late for all that end before it, and those are never computed again. A late pane of a discarding stream holds
 * just its event, so discarding needs no contents of its own either.
 */
final class SlicedWindowOperator<E, K, R> extends WindowOperator<E, K, R> {
    private final SlicedWindows windows;
    private final SliceList slices;
    private final LatePanes latePanes;
    private final SlidingTotals totals;
    private final WindowCursor cursor = new WindowCursor();
    /** For looking from outside, which a listener may do while {@link #cursor} is in use. */
    private final WindowCursor looking = new WindowCursor();

    private @Nullable Slice current;
    /** All windows that end at or before it are closed. */
    private long closedUpTo = Timestamps.NONE;

    SlicedWindowOperator(WindowSpec<E, K, R> spec, SlicedWindows windows, FailureHandler failures) {
        super(spec, failures);
        this.windows = windows;
        this.slices = new SliceList(windows, () -> new KeyTable(columns, dictionary, spec.ordered()));
        AggregateColumns<?, ?> noState = AggregateColumns.none(failures);
        this.latePanes = new LatePanes(spec.allowedLateness(), noState);
        this.totals = new SlidingTotals(slices, columns, noState);
    }

    @Override
    void add(RowBatch rows, int from, int to) {
        int row = from;
        while (row < to) {
            Slice slice = sliceOf(rows.timestamp(row));
            if (slice == null) {
                unassigned.increment();
                row++;
                continue;
            }
            int until = row + 1;
            int longest = Math.min(to, row + RUN);
            while (until < longest && slice.contains(rows.timestamp(until))) {
                until++;
            }
            int count = loadKeys(rows, row, until - row);
            addRun(slice.table, rows, row, count);
            row = row + count < until ? row + count + 1 : until; // one whose key threw is skipped
        }
    }

    private @Nullable Slice sliceOf(long timestamp) {
        Slice slice = current;
        if (slice == null || !slice.contains(timestamp)) {
            slice = slices.claim(timestamp);
            if (slice != null) {
                current = slice;
            }
        }
        return slice;
    }

    /** Adds rows of one slice whose keys are loaded. */
    private void addRun(KeyTable table, RowBatch rows, int from, int count) {
        long[] keys = keys(rows);
        int stride = keyStride(rows);
        int done = 0;
        while (done < count) {
            int first = from + done;
            int claimed = table.claimAll(keys, keyIndex(rows, first, from), stride, count - done, positions, arrivals);
            if (claimed > 0) {
                columns.accumulate(table, rows, first, claimed, positions);
                arrivals += claimed;
                done += claimed;
            }
            if (done < count) {
                table.grow();
            }
        }
        aggregated.add(count);
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        long timestamp = rows.timestamp(row);
        if (!windows.lastWindow(timestamp, cursor)) {
            unassigned.increment();
            if (Timestamps.add(timestamp, spec.allowedLateness()) < watermark) {
                audit(spec.lateHandler(), rows, row, source, LateEvent.Reason.UNASSIGNED, null, watermark);
            }
            return;
        }
        if (isExpired(cursor.end(), watermark)) {
            late.increment();
            long end = cursor.end();
            auditMissed(spec.lateHandler(), rows, row, source, cursor.start(), end, watermark, heldWatermark);
            return;
        }
        if (loadKeys(rows, row, 1) == 0) {
            return;
        }
        Slice slice = Objects.requireNonNull(slices.claim(timestamp));
        long arrival = arrivals;
        addRun(slice.table, rows, row, 1);
        if (totals.holds(slice)) {
            totals.addLate(slice, single, alone(rows, row), arrival);
        }
        long expiredBy = Timestamps.subtract(watermark, spec.allowedLateness());
        long missed = windows.windowsEndedBy(timestamp, expiredBy);
        if (missed > 0) {
            windowsMissed.add(missed);
            windows.lastEndedWindow(timestamp, expiredBy, cursor);
            long end = cursor.end();
            auditMissed(spec.partlyLateHandler(), rows, row, source, cursor.start(), end, watermark, heldWatermark);
        }
        if (gives) {
            giveLatePanes(rows, row, expiredBy, watermark);
        }
        single.clear();
    }

    /** A late pane for every closed window over the event that has not expired. */
    private void giveLatePanes(RowBatch rows, int row, long expiredBy, long watermark) {
        long timestamp = rows.timestamp(row);
        long key = keys(rows)[keyIndex(rows, row, row)];
        boolean more = windows.firstWindow(timestamp, expiredBy, cursor);
        while (more && cursor.start() <= timestamp && cursor.end() <= watermark) {
            gather(cursor.start(), cursor.end(), key);
            int position = single.find(key);
            long events = single.count(position);
            long number = latePanes.next(cursor.start(), cursor.end(), key, events > 1);
            if (spec.rules().isDiscarding()) {
                position = alone(rows, row);
            }
            give(single, position, cursor.start(), cursor.end(), Pane.Timing.LATE, number, watermark);
            more = windows.nextWindow(cursor);
        }
    }

    /** Puts together what a window holds of one key. */
    private void gather(long start, long end, long key) {
        single.clear();
        int into = single.claim(key, 0);
        for (int i = slices.firstFrom(start); i < slices.size() && slices.get(i).end <= end; i++) {
            KeyTable table = slices.get(i).table;
            int position = table.find(key);
            if (position >= 0) {
                single.combine(into, table, position);
            }
        }
    }

    /** Puts just one event into {@link #single}. */
    private int alone(RowBatch rows, int row) {
        single.clear();
        int position = single.claim(keys(rows)[keyIndex(rows, row, row)], 0);
        single.longs[position + Entries.COUNT]++;
        positions[0] = position;
        columns.accumulate(single, rows, row, 1, positions);
        return position;
    }

    @Override
    long deadline(long watermark) {
        if (watermark == Timestamps.NONE) {
            return Long.MIN_VALUE + 1; // the first watermark there is
        }
        // with gaps between windows a row may turn late at any step of the watermark
        long next = windows.coversAllTime() ? windows.nextEnd(watermark) : Timestamps.add(watermark, 1);
        next = Math.min(next, latePanes.firstExpiry());
        if (slices.size() > 0) {
            next = Math.min(next, Timestamps.add(slices.get(0).lastEnd, spec.allowedLateness()));
        }
        return next;
    }

    @Override
    long lowBound(long watermark) {
        return windows.coversAllTime() && watermark != Timestamps.NONE ? windows.previousEnd(watermark) : watermark;
    }

    @Override
    boolean firstClosing(long watermark, WindowCursor closing) {
        if (!gives) {
            return false;
        }
        int index = slices.firstNotClosed(closedUpTo);
        return index < slices.size()
                && windows.firstWindow(slices.get(index).start, closedUpTo, closing)
                && closing.end() <= watermark;
    }

    @Override
    boolean close(long watermark, WindowCursor closing) {
        giveWindow(closing.start(), closing.end(), watermark);
        if (!windows.nextWindow(closing)) {
            return false;
        }
        int index = slices.firstFrom(closing.start());
        if (index == slices.size()) {
            return false;
        }
        Slice slice = slices.get(index);
        if (slice.end > closing.end() && !windows.firstWindow(slice.start, closedUpTo, closing)) {
            return false;
        }
        return closing.end() <= watermark;
    }

    private void giveWindow(long start, long end, long watermark) {
        Slice first = slices.get(slices.firstFrom(start));
        if (first.start == start && first.end == end) {
            giveAll(first.table, start, end, watermark);
        } else {
            totals.moveTo(start, end);
            giveAll(totals, start, end, watermark);
        }
    }

    @Override
    void expire(long watermark) {
        closedUpTo = Math.max(closedUpTo, watermark);
        latePanes.expire(watermark);
        int expired = 0;
        while (expired < slices.size() && isExpired(slices.get(expired).lastEnd, watermark)) {
            expired++;
        }
        if (expired > 0) {
            current = null;
            totals.leaveBefore(slices.get(expired - 1).end);
            slices.removeFirst(expired);
        }
    }

    @Override
    long liveWindows() {
        long live = 0;
        int index = slices.firstNotClosed(closedUpTo);
        boolean more = index < slices.size() && windows.firstWindow(slices.get(index).start, closedUpTo, looking);
        while (more) {
            live++;
            more = windows.nextWindow(looking);
            index = slices.firstFrom(looking.start());
            if (index == slices.size()) {
                break;
            }
            if (more && slices.get(index).end > looking.end()) {
                more = windows.firstWindow(slices.get(index).start, closedUpTo, looking);
            }
        }
        return live;
    }

    @Override
    long liveEntries() {
        return slices.entries()
                + latePanes.entries()
                + single.size()
                + totals.liveEntries()
                + (dictionary == null ? 0 : dictionary.size());
    }

    @Override
    long oldestOpenEnd() {
        int index = slices.firstNotClosed(closedUpTo);
        return index < slices.size() && windows.firstWindow(slices.get(index).start, closedUpTo, looking)
                ? looking.end()
                : Long.MAX_VALUE;
    }
}
