package io.tidemark.operator;

/**
 * Totals over several slices for an aggregation from which parts can be taken out again: one entry per key, to which a slice is added
 * when it enters the window and from which it is taken when it leaves.
 *
 * <ul>
 *   <li>Name: subtract-on-evict.
 *   <li>Laws needed: {@code combine} associative and commutative, {@code deduct} its exact inverse.
 *   <li>Cost: two look-ups and one {@code combine} or {@code deduct} each per (key, slice), nothing per result. They go in blocks of
 *       entries, in passes, so that the memory works on many keys at once. A late event costs one {@code combine}, however far behind it is.
 *   <li>Space: one entry per key of the window, and at most as many of keys that have left it.
 *   <li>Source: folklore; so named and compared by Tangwongsan, Hirzel and Schneider, "In-order sliding-window aggregation in worst-case
 *       constant time" (VLDB Journal 30, 2021).
 * </ul>
 */
final class SubtractOnEvict extends SlidingTotals {
    private static final int FEW = 16;
    /** Entries that are added or taken out at once. */
    private static final int BLOCK = 256;

    private static final long INCOMPLETE = Entries.INCOMPLETE;

    private final AggregateColumns<?, ?> columns;
    /** Of the entries of a block, those of their keys in the totals. */
    private final int[] positions = new int[BLOCK];

    private KeyTable totals;
    private KeyTable spare;
    /** Keys with events in the window; the other entries are of keys that have left it. */
    private int present;

    /** Whether an entry is incomplete of which no slice is. */
    private boolean spoilt;

    private long start = Long.MIN_VALUE;
    private long end = Long.MIN_VALUE;

    SubtractOnEvict(SliceList slices, AggregateColumns<?, ?> columns) {
        super(slices);
        this.columns = columns;
        totals = new KeyTable(columns, null, false);
        spare = new KeyTable(columns, null, false);
    }

    @Override
    void moveTo(long newStart, long newEnd) {
        leaveBefore(newStart);
        takeIn(newEnd);
    }

    private void takeIn(long newEnd) {
        for (int i = slices.firstFrom(end); i < slices.size() && slices.get(i).end <= newEnd; i++) {
            KeyTable table = slices.get(i).table;
            int count;
            for (int done = 0; done < table.size(); done += count) {
                count = Math.min(BLOCK, table.size() - done);
                add(table, table.first() + done * table.width, count);
            }
        }
        end = newEnd;
    }

    /** Adds entries that lie one behind the other, each of another key. */
    private void add(Entries contents, int first, int count) {
        totals.claimKeysOf(contents, first, count, positions);
        long[] longs = totals.longs;
        long[] others = contents.longs;
        int other = first + Entries.COUNT;
        for (int i = 0; i < count; i++, other += contents.width) {
            int total = positions[i] + Entries.COUNT;
            long counted = longs[total];
            long added = others[other];
            present += (counted & ~INCOMPLETE) == 0 ? 1 : 0;
            spoilt |= counted == INCOMPLETE && (added & INCOMPLETE) == 0;
            longs[total] = ((counted & ~INCOMPLETE) + (added & ~INCOMPLETE)) | ((counted | added) & INCOMPLETE);
        }
        spoilt |= columns.combineAll(totals, positions, contents, first, count);
    }

    @Override
    void leaveBefore(long time) {
        if (time <= start) {
            return;
        }
        if (time >= end) {
            clear();
            start = time;
            end = time;
            return;
        }
        boolean incomplete = spoilt;
        for (int i = slices.firstFrom(start); i < slices.size() && slices.get(i).start < time; i++) {
            incomplete |= deduct(slices.get(i).table);
        }
        start = time;
        if (incomplete) {
            // nobody knows what an aggregator that threw has added
            long until = end;
            clear();
            end = start;
            takeIn(until);
        } else if (present == 0) {
            clear();
        } else if (totals.size() > FEW && 2 * present < totals.size()) {
            forgetAbsent();
        }
    }

    /** Takes a slice out; whether it has entries that are not whole. */
    private boolean deduct(KeyTable table) {
        boolean incomplete = false;
        int count;
        for (int done = 0; done < table.size(); done += count) {
            count = Math.min(BLOCK, table.size() - done);
            incomplete |= deduct(table, table.first() + done * table.width, count);
        }
        return incomplete;
    }

    private boolean deduct(KeyTable table, int first, int count) {
        totals.claimKeysOf(table, first, count, positions);
        long[] longs = totals.longs;
        long[] others = table.longs;
        long flags = 0;
        int other = first + Entries.COUNT;
        for (int i = 0; i < count; i++, other += table.width) {
            int total = positions[i] + Entries.COUNT;
            long counted = longs[total];
            long taken = others[other];
            long left = (counted & ~INCOMPLETE) - (taken & ~INCOMPLETE);
            longs[total] = left == 0 ? 0 : left | (counted & INCOMPLETE);
            present -= left == 0 ? 1 : 0;
            flags |= taken;
        }
        return columns.deductAll(totals, positions, table, first, count) || (flags & INCOMPLETE) != 0;
    }

    private void forgetAbsent() {
        for (int position = totals.first(); position < totals.limit(); position += totals.step()) {
            if (totals.isOccupied(position)) {
                int kept = spare.claim(totals.key(position), 0);
                spare.combine(kept, totals, position);
                spoilt |= !totals.incomplete(position) && spare.incomplete(kept);
            }
        }
        KeyTable left = totals;
        totals = spare;
        spare = left;
        left.clear();
    }

    private void clear() {
        totals.clear();
        present = 0;
        spoilt = false;
    }

    @Override
    long takenInUpTo() {
        return end;
    }

    @Override
    boolean holds(Slice slice) {
        return slice.start >= start && slice.end <= end;
    }

    @Override
    void addLate(Slice slice, Entries event, int position, long firstArrival) {
        add(event, position, 1);
        spoilt |= event.incomplete(position);
    }

    @Override
    int find(long key) {
        return totals.find(key);
    }

    @Override
    long liveEntries() {
        return totals.size();
    }

    @Override
    public int first() {
        return totals.first();
    }

    @Override
    public int limit() {
        return totals.limit();
    }

    @Override
    public int step() {
        return totals.step();
    }

    @Override
    public boolean isOccupied(int position) {
        return totals.isOccupied(position);
    }

    @Override
    public long arrival(int position) {
        throw new UnsupportedOperationException("which arrival was the first is not known once slices have left");
    }

    @Override
    public long keyAt(int position) {
        return totals.key(position);
    }

    @Override
    public int entryAt(int position) {
        return position;
    }

    @Override
    public Entries entries() {
        return totals;
    }
}
