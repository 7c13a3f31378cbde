package io.tidemark.operator;

/**
 * What a window of several slices holds, kept up to date from window to window. The cost of a window does not grow with the number of its
 * slices: {@link SubtractOnEvict} where parts can be taken out again, {@link TwoStacks} else.
 */
abstract class SlidingTotals implements Contents {
    final SliceList slices;

    SlidingTotals(SliceList slices) {
        this.slices = slices;
    }

    /** Totals for what is aggregated; {@code ordered} if {@link #arrival} will be asked for. */
    static SlidingTotals of(
            SliceList slices, AggregateColumns<?, ?> columns, AggregateColumns<?, ?> noState, boolean ordered) {
        return columns.isInvertible() && !ordered
                ? new SubtractOnEvict(slices, columns)
                : new TwoStacks(slices, columns, noState);
    }

    /** Holds what the window {@code [start, end)} holds; windows are asked for in their order. */
    abstract void moveTo(long start, long end);

    /** Lets go of slices before {@code time}, which are about to be freed or belong to no window to come. */
    abstract void leaveBefore(long time);

    /** The slices up to here were taken in. */
    abstract long takenInUpTo();

    /** Entries that {@link #moveTo} has to take in. */
    final long entriesUpTo(long start, long end) {
        long entries = 0;
        int index = slices.firstFrom(Math.max(start, takenInUpTo()));
        for (int i = index; i < slices.size() && slices.get(i).end <= end; i++) {
            entries += slices.get(i).table.knownKeys();
        }
        return entries;
    }

    /** Whether a slice is taken in here. */
    abstract boolean holds(Slice slice);

    /**
     * Adds an event that came after its slice, which {@link #holds} tells, was taken in here.
     *
     * @param event an entry that holds just the event, already added to the slice
     */
    abstract void addLate(Slice slice, Entries event, int position, long firstArrival);

    /** Lets slices to come follow a table of this one's, if their keys are likely to be there already. */
    void shareKeys() {
        // most have none
    }

    /** Position of a key that occurs in the window. */
    abstract int find(long key);

    /** Entries in memory. */
    abstract long liveEntries();
}
