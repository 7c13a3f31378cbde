package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.Pane;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowCursor;
import java.util.List;
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
    final SlicedWindows windows;
    final SliceList slices;
    private final SlidingTotals totals;
    private final SliceAccumulator accumulator;
    private final LateArrivals<E, K, R> lateArrivals;
    private final @Nullable EmptyWindows emptyWindows;
    /** For looking from outside, which a listener may do while another cursor is in use. */
    private final WindowCursor looking = new WindowCursor();

    private @Nullable FinerSlices finer;
    /** Whether other streams put their slices together from those of this one. */
    private boolean lends;

    /** All windows that end at or before it are closed. */
    private long closedUpTo = Timestamps.NONE;

    // the ends around the watermark, which never goes back: kept, since to find them takes divisions, and every block
    // asks every stream
    private long endBefore;
    private long endAfter = Long.MIN_VALUE;

    SlicedWindowOperator(WindowSpec<E, K, R> spec, SlicedWindows windows, FailureHandler failures) {
        super(spec, failures);
        this.windows = windows;
        this.slices = new SliceList(windows, () -> new KeyTable(columns, dictionary, spec.ordered()));
        this.accumulator = new SliceAccumulator(this, slices);
        AggregateColumns<?, ?> noState = AggregateColumns.none(failures);
        this.totals = SlidingTotals.of(slices, columns, noState, spec.ordered());
        this.emptyWindows = spec.emptyHorizon() > 0 && gives ? emptyWindows(noState) : null;
        this.lateArrivals = new LateArrivals<>(this, totals, noState, emptyWindows);
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

    void lend() {
        lends = true;
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
        Slice slice = accumulator.claim(rows.timestamp(from));
        if (!slice.contains(rows.earliest()) || !slice.contains(rows.latest())) {
            for (int row = from + 1; row < to; row++) {
                accumulator.claim(rows.timestamp(row));
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
        while (row < to && accumulator.claimIfAny(rows.timestamp(row)) != null) {
            row++;
        }
        return row - from;
    }

    /** Adds rows whose keys are loaded, and which all belong to some window. */
    void addBlock(RowBatch rows, int from, int count) {
        accumulator.add(rows, from, count, arrivals);
        arrivals += count;
        aggregated.add(count);
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        if (finer != null && finer.brings(rows.timestamp(row))) {
            foresee(rows, row, row + 1);
        } else {
            lateArrivals.add(rows, row, source, watermark, heldWatermark);
        }
    }

    @Override
    boolean givesAtEndsAlone() {
        return spec.allowedLateness() == 0;
    }

    @Override
    long deadline(long watermark) {
        if (watermark == Timestamps.NONE) {
            return Long.MIN_VALUE + 1; // the first watermark there is
        }
        // with gaps between windows a row may turn late at any step of the watermark
        long next = Timestamps.add(watermark, 1);
        if (windows.coversAllTime()) {
            lookUpEnds(watermark);
            next = endAfter;
        }
        next = Math.min(next, lateArrivals.firstExpiry());
        if (slices.size() > 0) {
            next = Math.min(next, Timestamps.add(slices.get(0).lastEnd, spec.allowedLateness()));
        }
        return next;
    }

    @Override
    long lowBound(long watermark) {
        if (!windows.coversAllTime() || watermark == Timestamps.NONE) {
            return watermark;
        }
        lookUpEnds(watermark);
        return endBefore;
    }

    private void lookUpEnds(long watermark) {
        if (watermark >= endAfter) {
            endBefore = windows.previousEnd(watermark);
            endAfter = windows.nextEnd(watermark);
        }
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
        return lateArrivals.firstRemainder(watermark, closing) || firstToClose(watermark, closing);
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
            lateArrivals.giveRemainder(watermark);
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
            lateArrivals.addOnTime(start, end, empty);
        }
        giveAll(empty, start, end, Pane.Timing.ON_TIME, watermark);
    }

    @Override
    void expire(long watermark) {
        closedUpTo = Math.max(closedUpTo, watermark);
        lateArrivals.expire(watermark);
        int expired = 0;
        while (expired < slices.size() && isExpired(slices.get(expired).lastEnd, watermark)) {
            expired++;
        }
        if (expired > 0) {
            accumulator.forgetCurrent();
            totals.leaveBefore(slices.get(expired - 1).end);
            lateArrivals.leaveBefore(slices.get(expired - 1).end);
            slices.removeFirst(expired, keepsKeys() && windows.mostWindows() == 1);
        }
        if (keepsKeys() && !lends) {
            totals.shareKeys();
        }
        if (emptyWindows != null && emptyWindows.size() > 0) {
            emptyWindows.expire(watermark, windows.nextEnd(watermark));
        }
    }

    /**
     * Whether tables may keep keys without events: not where they are put together from those of another stream, nor where a key is an object,
     * which would be kept from the collector. Where windows share slices, each of which has but some of the keys, a table keeps them only
     * if it follows one that has all of them; and then it has no index of its own, which other streams would need to take it over.
     */
    private boolean keepsKeys() {
        return finer == null && dictionary == null && !spec.ordered() && columns.objectWidth() == 0;
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
                + totals.liveEntries()
                + lateArrivals.liveEntries()
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
