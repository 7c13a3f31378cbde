package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.WindowCursor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the rows of sliced windows that come behind the watermark: late for all their windows, or taken in with a late pane
 * for each closed one. Also what such windows still owe when they expire.
 *
 * <p>A stream on time has nothing here, and pays nothing.
 */
final class LateArrivals<E, K, R> {
    private final SlicedWindowOperator<E, K, R> stream;
    private final WindowSpec<E, K, R> spec;
    private final SlidingTotals totals;
    private final LatePanes panes;
    private final LateTotals lateTotals;
    private final LateRemainders remainders;
    private final boolean givesRemainders;
    private final @Nullable EmptyWindows emptyWindows;
    /** Where an event is put by itself. */
    private final KeyTable single;

    private final WindowCursor cursor = new WindowCursor();

    /**
     * No rows yet.
     *
     * @param totals what the stream's closing windows are taken from
     * @param emptyWindows null unless the stream gives empty windows
     */
    LateArrivals(
            SlicedWindowOperator<E, K, R> stream,
            SlidingTotals totals,
            AggregateColumns<?, ?> noState,
            @Nullable EmptyWindows emptyWindows) {
        this.stream = stream;
        this.spec = stream.spec;
        this.totals = totals;
        this.panes = new LatePanes(spec.allowedLateness(), () -> new KeyTable(noState, stream.dictionary, false, 1));
        this.lateTotals = new LateTotals(stream.slices, stream.columns);
        this.remainders = new LateRemainders(stream.slices, stream.columns, noState, spec.ordered());
        this.givesRemainders = stream.gives && spec.rules().closing() != ClosingBehavior.DISCARD;
        this.emptyWindows = emptyWindows;
        this.single = new KeyTable(stream.columns, stream.dictionary, false);
    }

    /** Takes a row, as {@link WindowOperator#addBehind}. */
    void add(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        long timestamp = rows.timestamp(row);
        if (!stream.windows.lastWindow(timestamp, cursor)) {
            stream.unassigned.increment();
            if (Timestamps.add(timestamp, spec.allowedLateness()) < watermark) {
                stream.audit(spec.lateHandler(), rows, row, source, LateEvent.Reason.UNASSIGNED, null, watermark);
            }
            return;
        }
        if (stream.isExpired(cursor.end(), watermark)) {
            stream.late.increment();
            long end = cursor.end();
            stream.auditMissed(spec.lateHandler(), rows, row, source, cursor.start(), end, watermark, heldWatermark);
            return;
        }
        if (stream.loadKeys(rows, row, 1) == 0) {
            return;
        }
        Slice slice = Objects.requireNonNull(stream.slices.claim(timestamp));
        long arrival = stream.arrivals;
        stream.addBlock(rows, row, 1);
        bringUpTo(slice, rows, row, arrival);
        long expiredBy = Timestamps.subtract(watermark, spec.allowedLateness());
        long missed = stream.windows.windowsEndedBy(timestamp, expiredBy);
        if (missed > 0) {
            stream.windowsMissed.add(missed);
            stream.windows.lastEndedWindow(timestamp, expiredBy, cursor);
            long start = cursor.start();
            long end = cursor.end();
            stream.auditMissed(spec.partlyLateHandler(), rows, row, source, start, end, watermark, heldWatermark);
        }
        if (stream.gives) {
            givePanes(slice, rows, row, expiredBy, watermark);
        }
        single.clear();
    }

    /** Brings what was put together of a slice before this event up to it. */
    private void bringUpTo(Slice slice, RowBatch rows, int row, long arrival) {
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

    /** Puts just one event into {@link #single}. */
    private int alone(RowBatch rows, int row) {
        single.clear();
        int position = single.claim(key(rows, row), 0);
        single.longs[position + Entries.COUNT]++;
        stream.positions[0] = position;
        stream.columns.accumulate(single, rows, row, 1, stream.positions);
        return position;
    }

    private long key(RowBatch rows, int row) {
        return stream.keys(rows)[stream.keyIndex(rows, row, row)];
    }

    /** The late panes that an event makes in the closed windows over it that have not expired. */
    private void givePanes(Slice slice, RowBatch rows, int row, long expiredBy, long watermark) {
        long timestamp = rows.timestamp(row);
        long key = key(rows, row);
        lateTotals.begin(slice, key);
        long lastEnd = Timestamps.NONE;
        boolean more = stream.windows.firstWindow(timestamp, expiredBy, cursor);
        while (more && cursor.start() <= timestamp && cursor.end() <= watermark) {
            lastEnd = cursor.end();
            givePane(key, cursor.start(), lastEnd, watermark);
            more = stream.windows.nextWindow(cursor);
        }
        lateTotals.clear();
        if (emptyWindows != null && lastEnd != Timestamps.NONE) {
            emptyWindows.rememberLate(key, lastEnd, stream.windows.nextEnd(watermark));
        }
    }

    private void givePane(long key, long start, long end, long watermark) {
        LateWindow window = panes.claim(start, end);
        boolean hadPane = window.knows(key) || totalCount(start, end) > 1;
        long number = window.add(key, hadPane, spec.rules().lateEvery());
        if (number == LateWindow.NO_PANE) {
            return;
        }
        if (spec.rules().isDiscarding()) {
            stream.give(single, single.find(key), start, end, Pane.Timing.LATE, number, watermark);
        } else {
            int total = lateTotals.moveTo(start, end);
            stream.give(lateTotals.entries(), total, start, end, Pane.Timing.LATE, number, watermark);
        }
    }

    private long totalCount(long start, long end) {
        int total = lateTotals.moveTo(start, end);
        return lateTotals.entries().count(total);
    }

    /** As {@link LatePanes#addOnTime}. */
    void addOnTime(long start, long end, Contents given) {
        panes.addOnTime(start, end, given);
    }

    /** Moves {@code closing} to the first window that expires with late events that no pane has shown; false if there is none. */
    boolean firstRemainder(long watermark, WindowCursor closing) {
        LateWindow window = givesRemainders ? panes.firstRemainder(watermark) : null;
        if (window == null) {
            return false;
        }
        closing.set(window.start, window.end);
        return true;
    }

    /** Gives the last panes of the {@link #firstRemainder}. */
    void giveRemainder(long watermark) {
        LateWindow window = Objects.requireNonNull(panes.firstRemainder(watermark));
        remainders.moveTo(window);
        stream.giveAll(remainders, window.start, window.end, Pane.Timing.LATE, watermark);
        remainders.clear();
        panes.removeRemainder();
    }

    /** When the first window expires that got late events. */
    long firstExpiry() {
        return panes.firstExpiry();
    }

    /** Forgets windows that have expired. */
    void expire(long watermark) {
        panes.expire(watermark);
    }

    /** Lets go of slices before {@code time}, which are about to be freed. */
    void leaveBefore(long time) {
        remainders.leaveBefore(time);
    }

    /** Entries in memory. */
    long liveEntries() {
        return panes.entries() + single.size() + lateTotals.liveEntries() + remainders.liveEntries();
    }
}
