package io.tidemark.operator;

import java.util.ArrayList;
import java.util.List;

/**
 * Totals over several slices for an aggregation from which parts can be taken out again: one entry per key, to which a slice is added
 * when it enters the window and from which it is taken when it leaves.
 *
 * <ul>
 *   <li>Name: subtract-on-evict.
 *   <li>Laws needed: {@code combine} associative and commutative, {@code deduct} its exact inverse.
 *   <li>Cost: one {@code combine} and one {@code deduct} per (key, slice), nothing per result. Where slices have many of the window's keys,
 *       their tables follow the totals, and nothing is looked up; else two look-ups per (key, slice). All goes in blocks of
 *       entries, in passes, so that the memory works on many keys at once. A late event costs one {@code combine}, however far behind it is.
 *   <li>Space: one entry per key of the window, and at most as many of keys that have left it; in a slice that follows, an entry for
 *       each of these. Where slices have few of the keys, or other keys than those before them, they do not follow.
 *   <li>Source: folklore; so named and compared by Tangwongsan, Hirzel and Schneider, "In-order sliding-window aggregation in worst-case
 *       constant time" (VLDB Journal 30, 2021).
 * </ul>
 */
final class SubtractOnEvict extends SlidingTotals {
    private static final int FEW = 16;
    /** A slice that has fewer than one in so many of the keys would leave most of its room unused if it followed the totals. */
    private static final int SPARSE = 8;
    /** Of the keys of a slice, one in so many may be another than in the window before. */
    private static final int RARE = 8;
    /** Entries that are added or taken out at once. */
    private static final int BLOCK = 256;

    private static final long INCOMPLETE = Entries.INCOMPLETE;

    private final AggregateColumns<?, ?> columns;
    /** The entries with events of a block of a slice. */
    private final int[] others = new int[BLOCK];
    /** Their keys, and where these lie in the totals, if they lie elsewhere. */
    private final long[] keys = new long[BLOCK];

    private final int[] found = new int[BLOCK];

    private KeyTable totals;
    private KeyTable spare;
    /** Totals of before that slices still follow. */
    private final List<KeyTable> retired = new ArrayList<>();
    /** Whether the last slice had many of the keys, and hardly any new one. */
    private boolean recurring;
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
            add(slices.get(i).table);
        }
        end = newEnd;
    }

    private void add(KeyTable table) {
        int before = present;
        int occupied = 0;
        int limit = table.limit();
        for (int from = table.first(); from < limit; ) {
            int to = from + Math.min(limit - from, BLOCK * table.width);
            int count = table.gatherOccupied(from, to, others);
            add(table, positionsOf(table, count), count);
            occupied += count;
            from = to;
        }
        recurring = occupied >= totals.size() / SPARSE
                && present - before <= occupied / RARE
                && (table.follows(totals) || !table.followsAnother()) // else the totals change too often
                && columns.isIdentityKnown();
    }

    /** Where the keys of the entries that were gathered lie in the totals. */
    private int[] positionsOf(KeyTable table, int count) {
        if (table.follows(totals)) {
            return others;
        }
        return lookUp(table, count);
    }

    private int[] lookUp(Entries table, int count) {
        for (int i = 0; i < count; i++) {
            keys[i] = table.key(others[i]);
        }
        totals.claimKeys(keys, 0, 1, count, found);
        return found;
    }

    /** Adds the entries that were gathered, each of another key. */
    private void add(Entries contents, int[] positions, int count) {
        long[] longs = totals.longs;
        for (int i = 0; i < count; i++) {
            int total = positions[i] + Entries.COUNT;
            long counted = longs[total];
            long added = contents.longs[others[i] + Entries.COUNT];
            present += (counted & ~INCOMPLETE) == 0 ? 1 : 0;
            spoilt |= counted == INCOMPLETE && (added & INCOMPLETE) == 0;
            longs[total] = ((counted & ~INCOMPLETE) + (added & ~INCOMPLETE)) | ((counted | added) & INCOMPLETE);
        }
        spoilt |= columns.combineAll(totals, positions, contents, others, count);
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
        int limit = table.limit();
        for (int from = table.first(); from < limit; ) {
            int to = from + Math.min(limit - from, BLOCK * table.width);
            int count = table.gatherOccupied(from, to, others);
            incomplete |= deduct(table, positionsOf(table, count), count);
            from = to;
        }
        return incomplete;
    }

    private boolean deduct(KeyTable table, int[] positions, int count) {
        long[] longs = totals.longs;
        long flags = 0;
        for (int i = 0; i < count; i++) {
            int total = positions[i] + Entries.COUNT;
            long counted = longs[total];
            long taken = table.longs[others[i] + Entries.COUNT];
            long left = (counted & ~INCOMPLETE) - (taken & ~INCOMPLETE);
            longs[total] = left == 0 ? 0 : left | (counted & INCOMPLETE);
            present -= left == 0 ? 1 : 0;
            flags |= taken;
        }
        return columns.deductAll(totals, positions, table, others, count) || (flags & INCOMPLETE) != 0;
    }

    private void forgetAbsent() {
        for (int position = totals.first(); position < totals.limit(); position += totals.step()) {
            if (totals.isOccupied(position)) {
                int kept = spare.claim(totals.key(position), 0);
                spare.combine(kept, totals, position);
                spoilt |= !totals.incomplete(position) && spare.incomplete(kept);
            }
        }
        replaceTotals();
    }

    /** Goes on with the spare table. What slices follow must keep its keys until they have left. */
    private void replaceTotals() {
        KeyTable left = totals;
        totals = spare;
        if (left.isFollowed()) {
            retired.add(left);
            spare = new KeyTable(columns, null, false);
        } else {
            spare = left;
            spare.clear();
        }
    }

    /** Lets go of what no slice follows any more; the largest is used again. */
    private void reuseRetired() {
        for (int i = retired.size() - 1; i >= 0; i--) {
            if (!retired.get(i).isFollowed()) {
                KeyTable free = retired.remove(i);
                free.clear();
                if (free.longs.length > spare.longs.length) {
                    spare = free;
                }
            }
        }
    }

    @Override
    void shareKeys() {
        slices.follow(recurring ? totals : null, end);
        reuseRetired();
    }

    private void clear() {
        recurring = false;
        if (totals.isFollowed()) {
            replaceTotals();
        } else {
            totals.clear();
        }
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
        others[0] = position;
        add(event, lookUp(event, 1), 1);
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
