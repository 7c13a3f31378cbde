package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowCursor;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Windows whose edges depend on time alone: tumbling, sliding, global. Each event updates the one slice it lies in; a window's
 * result over several slices is kept up to date from window to window, see {@link SlidingTotals}.
 *
 * <p>What a slice holds is right for every window over it that has not expired: an event that came too late for one window came too
 * late for all that end before it, and those are never computed again. A late pane of a discarding stream holds
 * just its event, so discarding needs no contents of its own either.
 *
 * <p>In one step, windows that expire with late events that no pane has shown come before those that close: they ended earlier.
 */
final class SlicedWindowOperator<E, K, R> extends WindowOperator<E, K, R> {
    /** The places of the rows of a block that lie as they came. */
    private static final int[] IN_ORDER = IntStream.range(0, RUN).toArray();

    final SlicedWindows windows;
    final SliceList slices;
    private final SlidingTotals totals;
    private final LatePanes latePanes;
    private final LateTotals lateTotals;
    private final LateRemainders remainders;
    private final boolean givesRemainders;
    /** Where a late event is put by itself. */
    private final KeyTable single;

    private final @Nullable EmptyWindows emptyWindows;
    private final WindowCursor cursor = new WindowCursor();
    /** For looking from outside, which a listener may do while {@link #cursor} is in use. */
    private final WindowCursor looking = new WindowCursor();

    private @Nullable FinerSlices finer;
    private @Nullable SlicePartition partition;
    private @Nullable Slice current;
    /** All windows that end at or before it are closed. */
    private long closedUpTo = Timestamps.NONE;

    SlicedWindowOperator(WindowSpec<E, K, R> spec, SlicedWindows windows, FailureHandler failures) {
        super(spec, failures);
        this.windows = windows;
        this.slices = new SliceList(windows, () -> new KeyTable(columns, dictionary, spec.ordered()));
        this.single = new KeyTable(columns, dictionary, false);
        AggregateColumns<?, ?> noState = AggregateColumns.none(failures);
        this.totals = SlidingTotals.of(slices, columns, noState, spec.ordered());
        this.latePanes = new LatePanes(spec.allowedLateness(), () -> new KeyTable(noState, dictionary, false, 1));
        this.lateTotals = new LateTotals(slices, columns);
        this.remainders = new LateRemainders(slices, columns, noState, spec.ordered());
        this.givesRemainders = gives && spec.rules().closing() != ClosingBehavior.DISCARD;
        this.emptyWindows = spec.emptyHorizon() > 0 && gives ? emptyWindows(noState) : null;
    }

    private EmptyWindows emptyWindows(AggregateColumns<?, ?> noState) {
        if (!windows.coversAllTime()) {
            throw new IllegalArgumentException(spec.name() + ": empty windows can be given, here up to "
                    + spec.emptyHorizon() + " behind a key's last, only if windows leave no time out;"
                    + " choose a slide no longer than the size");
        }
        KeyTable remembered = new KeyTable(noState, dictionary, spec.ordered(), 1);
        KeyTable spare = new KeyTable(noState, dictionary, spec.ordered(), 1);
        return new EmptyWindows(spec, slices, columns, remembered, spare);
    }

    /** Lets the slices be put together from those of another of these streams, if one has them in pieces. */
    void chooseFiner(List<SlicedWindowOperator<?, ?, ?>> streams) {
        finer = FinerSlices.choose(this, streams);
    }

    /** The stream from whose slices these are put together; null if rows are added here. */
    @Nullable
    String finerStream() {
        return finer == null ? null : finer.streamName();
    }

    @Override
    void add(RowBatch rows, int from, int to) {
        if (finer != null) {
            foresee(rows, from, to);
            return;
        }
        int row = from;
        while (row < to) {
            int count = assigned(rows, row, Math.min(to, row + RUN));
            if (count == 0) {
                unassigned.increment();
                row++;
                continue;
            }
            int loaded = loadKeys(rows, row, count);
            if (loaded > 0) {
                addBlock(rows, row, loaded);
            }
            row += loaded < count ? loaded + 1 : count; // one whose key threw is skipped
        }
    }

    /** Counts rows that will be taken over; that a slice is there already shows which windows are open. */
    private void foresee(RowBatch rows, int from, int to) {
        Slice slice = claimSlice(rows.timestamp(from));
        if (!slice.contains(rows.earliest()) || !slice.contains(rows.latest())) {
            for (int row = from + 1; row < to; row++) {
                claimSlice(rows.timestamp(row));
            }
        }
        aggregated.add(to - from);
    }

    /** How many rows from {@code from} on belong to some window. */
    private int assigned(RowBatch rows, int from, int to) {
        int row = from;
        if (windows.coversAllTime()) {
            row = to;
        }
        while (row < to && sliceOf(rows.timestamp(row)) != null) {
            row++;
        }
        return row - from;
    }

    /** Adds rows whose keys are loaded: nearly always all to one slice. */
    private void addBlock(RowBatch rows, int from, int count) {
        Slice slice = claimSlice(rows.timestamp(from));
        if (count == 1 || (slice.start <= rows.earliest() && rows.latest() < slice.end)) {
            addRun(
                    slice.table,
                    keys(rows),
                    keyIndex(rows, from, from),
                    keyStride(rows),
                    rows.longs,
                    rows.row(from),
                    rows.longStride,
                    count,
                    IN_ORDER);
            for (int part = 0; part < columns.objectWidth(); part++) {
                for (int i = 0; i < count; i++) {
                    columns.accumulateObject(part, slice.table, positions[i], rows, from + i);
                }
            }
        } else {
            addMixed(rows, from, count);
        }
        arrivals += count;
        aggregated.add(count);
    }

    /** Adds rows of several slices. */
    private void addMixed(RowBatch rows, int from, int count) {
        SlicePartition sorted = partition(rows.longStride);
        sorted.begin();
        for (int row = from; row < from + count; row++) {
            sorted.add(claimSlice(rows.timestamp(row)));
        }
        sorted.sort();
        for (int group = 0; group < sorted.groups(); group++) {
            int size = sorted.gather(group, rows, from, keys(rows), keyIndex(rows, from, from), keyStride(rows));
            addRun(sorted.slice(group).table, sorted.keys, 0, 1, sorted.longs, 0, rows.longStride, size, sorted.places);
            if (columns.objectWidth() > 0) {
                sorted.keepPositions(positions, size);
            }
        }
        // in the order of arrival across the slices, on which an aggregator of objects may depend
        for (int part = 0; part < columns.objectWidth(); part++) {
            for (int i = 0; i < count; i++) {
                columns.accumulateObject(part, sorted.sliceAt(i).table, sorted.position(i), rows, from + i);
            }
        }
        sorted.end();
    }

    private SlicePartition partition(int longStride) {
        if (partition == null) {
            partition = new SlicePartition(longStride);
        }
        return partition;
    }

    private Slice claimSlice(long timestamp) {
        return Objects.requireNonNull(sliceOf(timestamp));
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

    /** Adds rows of one slice. */
    private void addRun(
            KeyTable table,
            long[] keys,
            int keyAt,
            int keyStride,
            long[] longs,
            int at,
            int longStride,
            int count,
            int[] places) {
        table.claimAll(keys, keyAt, keyStride, count, positions, arrivals, places);
        columns.accumulateLongs(table, longs, at, longStride, count, positions);
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        long timestamp = rows.timestamp(row);
        if (finer != null && finer.brings(timestamp)) {
            foresee(rows, row, row + 1);
            return;
        }
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
        addBlock(rows, row, 1);
        addLate(slice, rows, row, arrival);
        long expiredBy = Timestamps.subtract(watermark, spec.allowedLateness());
        long missed = windows.windowsEndedBy(timestamp, expiredBy);
        if (missed > 0) {
            windowsMissed.add(missed);
            windows.lastEndedWindow(timestamp, expiredBy, cursor);
            long end = cursor.end();
            auditMissed(spec.partlyLateHandler(), rows, row, source, cursor.start(), end, watermark, heldWatermark);
        }
        if (gives) {
            giveLatePanes(slice, rows, row, expiredBy, watermark);
        }
        single.clear();
    }

    /** Brings what was put together of a slice before this event up to it. */
    private void addLate(Slice slice, RowBatch rows, int row, long arrival) {
        boolean inTotals = totals.holds(slice);
        boolean inRemainders = remainders.holds(slice);
        if (inTotals || inRemainders || spec.rules().isDiscarding()) {
            int event = alone(rows, row);
            if (inTotals) {
                totals.addLate(slice, single, event, arrival);
            }
            if (inRemainders) {
                remainders.addLate(slice, single, event, arrival);
            }
        }
    }

    /** The late panes that an event makes in the closed windows over it that have not expired. */
    private void giveLatePanes(Slice slice, RowBatch rows, int row, long expiredBy, long watermark) {
        long timestamp = rows.timestamp(row);
        long key = keys(rows)[keyIndex(rows, row, row)];
        lateTotals.begin(slice, key);
        long lastEnd = Timestamps.NONE;
        boolean more = windows.firstWindow(timestamp, expiredBy, cursor);
        while (more && cursor.start() <= timestamp && cursor.end() <= watermark) {
            lastEnd = cursor.end();
            giveLatePane(key, cursor.start(), lastEnd, watermark);
            more = windows.nextWindow(cursor);
        }
        lateTotals.clear();
        if (emptyWindows != null && lastEnd != Timestamps.NONE) {
            emptyWindows.rememberLate(key, lastEnd, windows.nextEnd(watermark));
        }
    }

    private void giveLatePane(long key, long start, long end, long watermark) {
        LateWindow window = latePanes.claim(start, end);
        boolean hadPane = window.knows(key) || totalCount(start, end) > 1;
        long number = window.add(key, hadPane, spec.rules().lateEvery());
        if (number == LateWindow.NO_PANE) {
            return;
        }
        if (spec.rules().isDiscarding()) {
            give(single, single.find(key), start, end, Pane.Timing.LATE, number, watermark);
        } else {
            int total = lateTotals.moveTo(start, end);
            give(lateTotals.entries(), total, start, end, Pane.Timing.LATE, number, watermark);
        }
    }

    private long totalCount(long start, long end) {
        int total = lateTotals.moveTo(start, end);
        return lateTotals.entries().count(total);
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
        completeSlices(watermark);
        return gives && firstToGive(watermark, closing);
    }

    /** Brings the slices of windows that a watermark closes up to date; before anything is closed or freed, in any stream. */
    void completeSlices(long watermark) {
        if (finer != null) {
            finer.takeUpTo(watermark);
        }
    }

    private boolean firstToGive(long watermark, WindowCursor closing) {
        return firstRemainder(watermark, closing) || firstToClose(watermark, closing);
    }

    private boolean firstRemainder(long watermark, WindowCursor closing) {
        LateWindow window = givesRemainders ? latePanes.firstRemainder(watermark) : null;
        if (window == null) {
            return false;
        }
        closing.set(window.start, window.end);
        return true;
    }

    private boolean firstToClose(long watermark, WindowCursor closing) {
        if (emptyWindows != null
                && emptyWindows.size() > 0
                && windows.firstWindow(closedUpTo, closedUpTo, closing)
                && emptyWindows.reach(closing.end())) {
            return closing.end() <= watermark;
        }
        int index = slices.firstNotClosed(closedUpTo);
        return index < slices.size()
                && windows.firstWindow(slices.get(index).start, closedUpTo, closing)
                && closing.end() <= watermark;
    }

    @Override
    boolean close(long watermark, WindowCursor closing) {
        if (closing.end() <= closedUpTo) {
            giveRemainders(Objects.requireNonNull(latePanes.firstRemainder(watermark)), watermark);
            return firstToGive(watermark, closing);
        }
        giveWindow(closing.start(), closing.end(), watermark);
        return windows.nextWindow(closing) && skipToContents(closing) && closing.end() <= watermark;
    }

    /** Moves to the first window from the cursor on that may give something; false if there is none. */
    private boolean skipToContents(WindowCursor closing) {
        if (emptyWindows != null && emptyWindows.reach(closing.end())) {
            return true;
        }
        int index = slices.firstFrom(closing.start());
        if (index == slices.size()) {
            return false;
        }
        Slice slice = slices.get(index);
        return slice.end <= closing.end() || windows.firstWindow(slice.start, closedUpTo, closing);
    }

    private void giveWindow(long start, long end, long watermark) {
        int index = slices.firstFrom(start);
        if (index < slices.size() && slices.get(index).end <= end) {
            Contents contents = contents(slices.get(index), start, end);
            giveAll(contents, start, end, Pane.Timing.ON_TIME, watermark);
            if (emptyWindows != null) {
                emptyWindows.remember(contents, end);
            }
        }
        if (emptyWindows != null) {
            giveEmpty(emptyWindows, start, end, watermark);
        }
    }

    private Contents contents(Slice first, long start, long end) {
        if (first.start == start && first.end == end) {
            return first.table;
        }
        totals.moveTo(start, end);
        return totals;
    }

    private void giveEmpty(EmptyWindows empty, long start, long end, long watermark) {
        empty.moveTo(end);
        if (!isExpired(end, watermark)) {
            latePanes.addOnTime(start, end, empty);
        }
        giveAll(empty, start, end, Pane.Timing.ON_TIME, watermark);
    }

    private void giveRemainders(LateWindow window, long watermark) {
        remainders.moveTo(window);
        giveAll(remainders, window.start, window.end, Pane.Timing.LATE, watermark);
        remainders.clear();
        latePanes.removeRemainder();
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
            remainders.leaveBefore(slices.get(expired - 1).end);
            slices.removeFirst(expired);
        }
        if (emptyWindows != null && emptyWindows.size() > 0) {
            emptyWindows.expire(watermark, windows.nextEnd(watermark));
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
                + lateTotals.liveEntries()
                + remainders.liveEntries()
                + (emptyWindows == null ? 0 : emptyWindows.size())
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
