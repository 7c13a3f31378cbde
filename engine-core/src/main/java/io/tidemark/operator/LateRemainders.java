package io.tidemark.operator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an expiring window holds of the keys whose last late events no pane has shown. A few keys are put together slice by slice;
 * for many it pays to carry totals of all keys from window to window, as closing windows do.
 */
final class LateRemainders implements Contents {
    private final SliceList slices;
    private final SlidingTotals totals;
    private final EntryArena gathered;
    private final int sum;

    private @Nullable LateWindow window;
    private int first;
    private int last;
    private boolean carried;

    LateRemainders(SliceList slices, AggregateColumns<?, ?> columns, AggregateColumns<?, ?> noState, boolean ordered) {
        this.slices = slices;
        this.totals = SlidingTotals.of(slices, columns, noState, ordered);
        this.gathered = new EntryArena(columns, 0);
        this.sum = gathered.allocate(0);
    }

    /** Holds what an expiring window holds; they are asked for in their order. */
    void moveTo(LateWindow expiring) {
        window = expiring;
        first = slices.firstFrom(expiring.start);
        last = first;
        while (last < slices.size() && slices.get(last).end <= expiring.end) {
            last++;
        }
        long lookUps = (long) expiring.remainders() * (last - first);
        carried = last - first > 1 && totals.entriesUpTo(expiring.start, expiring.end) <= lookUps;
        if (carried) {
            totals.moveTo(expiring.start, expiring.end);
        }
    }

    /** Ends what {@link #moveTo} began. */
    void clear() {
        window = null;
        gathered.clearContents(sum);
    }

    /** Whether a slice is taken in here. */
    boolean holds(Slice slice) {
        return totals.holds(slice);
    }

    /** As {@link SlidingTotals#addLate}. */
    void addLate(Slice slice, Entries event, int position, long firstArrival) {
        totals.addLate(slice, event, position, firstArrival);
    }

    /** Lets go of slices before {@code time}, which are about to be freed. */
    void leaveBefore(long time) {
        totals.leaveBefore(time);
    }

    private LateWindow window() {
        return Objects.requireNonNull(window);
    }

    @Override
    public int first() {
        return window().keys.first();
    }

    @Override
    public int limit() {
        return window().keys.limit();
    }

    @Override
    public int step() {
        return window().keys.step();
    }

    @Override
    public boolean isOccupied(int position) {
        return window().keys.isOccupied(position) && window().hasRemainder(position);
    }

    @Override
    public long arrival(int position) {
        long key = keyAt(position);
        if (carried) {
            return totals.arrival(totals.find(key));
        }
        long earliest = Long.MAX_VALUE;
        for (int i = first; i < last; i++) {
            KeyTable table = slices.get(i).table;
            int at = table.find(key);
            if (at >= 0) {
                earliest = Math.min(earliest, table.arrival(at));
            }
        }
        return earliest;
    }

    @Override
    public long paneNumber(int position) {
        return window().nextPane(position);
    }

    @Override
    public long keyAt(int position) {
        return window().keys.key(position);
    }

    @Override
    public int entryAt(int position) {
        long key = keyAt(position);
        if (carried) {
            return totals.entryAt(totals.find(key));
        }
        gathered.longs[sum + Entries.KEY] = key;
        gathered.clearContents(sum);
        for (int i = first; i < last; i++) {
            KeyTable table = slices.get(i).table;
            int at = table.find(key);
            if (at >= 0) {
                gathered.combine(sum, table, at);
            }
        }
        return sum;
    }

    @Override
    public Entries entries() {
        return carried ? totals.entries() : gathered;
    }

    /** Entries in memory. */
    long liveEntries() {
        return totals.liveEntries();
    }
}
