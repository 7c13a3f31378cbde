package io.tidemark.operator;

/**
 * Totals over several slices for any aggregation: two stacks per key.
 *
 * <ul>
 *   <li>Name: two-stacks, with in-place insertion of late events.
 *   <li>Laws needed: {@code combine} associative and commutative; no inverse.
 *   <li>Cost: amortised O(1) combines per (key, slice) and per result, however many slices a window has. A late event costs O(d)
 *       combines, amortised, if it is d slices behind.
 *   <li>Space: one record per (key, slice) of the older part of the window, and one per key.
 *   <li>Source: the two-stacks queue of functional programming folklore, as an aggregation described by Tangwongsan, Hirzel and
 *       Schneider, "In-order sliding-window aggregation in worst-case constant time" (VLDB Journal 30, 2021).
 * </ul>
 *
 * <p>The older slices, {@code [frontStart, frontEnd)}, form the front: a key has one record per slice in which it occurs, holding everything
 * of that slice and of all later ones of the front, and linked to the key's record of the next such slice. So the key's first record
 * is its total over the front, and when the first slice leaves the window, the next record is. The newer slices,
 * {@code [frontEnd, backEnd)}, are added up in one record per key. When slices beyond the front have to leave, all that stay
 * become the new front.
 */
final class TwoStacks extends SlidingTotals {
    private final KeyTable keys;
    private final EntryArena records;
    private final int sliceStart;
    private final int arrival;
    /** Offsets in an entry of {@link #keys}: position + 1 of the key's first front record and of its back record; 0 if none. */
    private final int front;

    private final int back;
    private long frontStart;
    private long frontEnd;
    private long backEnd;
    private int sum;

    TwoStacks(SliceList slices, AggregateColumns<?, ?> columns, AggregateColumns<?, ?> noState) {
        super(slices);
        this.keys = new KeyTable(noState, null, false, 2);
        this.records = new EntryArena(columns, 2);
        this.sliceStart = records.firstExtra();
        this.arrival = sliceStart + 1;
        this.front = keys.width - 2;
        this.back = keys.width - 1;
        reset(Long.MIN_VALUE);
    }

    private void reset(long time) {
        keys.clear();
        records.releaseAll();
        sum = records.allocate(0);
        frontStart = time;
        frontEnd = time;
        backEnd = time;
    }

    @Override
    void moveTo(long start, long end) {
        leaveBefore(start);
        int index = slices.firstFrom(backEnd);
        while (index < slices.size() && slices.get(index).end <= end) {
            addToBack(slices.get(index));
            index++;
        }
        backEnd = end;
    }

    @Override
    long takenInUpTo() {
        return backEnd;
    }

    @Override
    void leaveBefore(long time) {
        if (time <= frontStart) {
            return;
        }
        if (time >= backEnd) {
            reset(time);
        } else if (time > frontEnd) {
            flip(time);
        } else {
            for (int i = slices.firstFrom(frontStart); i < slices.size() && slices.get(i).start < time; i++) {
                removeFirst(slices.get(i));
            }
            frontStart = time;
            if (liveRecords() == 0) {
                keys.clear(); // no key holds anything any more
            }
        }
    }

    private void removeFirst(Slice slice) {
        KeyTable table = slice.table;
        for (int position = table.first(); position < table.limit(); position += table.width) {
            if (table.isOccupied(position)) {
                int key = keys.find(table.key(position));
                int record = pointer(key + front);
                point(key + front, records.link(record));
                records.release(record);
            }
        }
    }

    /** Makes a new front of all slices from {@code start} on. */
    private void flip(long start) {
        long end = backEnd;
        reset(start);
        frontEnd = end;
        backEnd = end;
        int first = slices.firstFrom(start);
        int last = first;
        while (last < slices.size() && slices.get(last).end <= end) {
            last++;
        }
        for (int i = last - 1; i >= first; i--) {
            addToFront(slices.get(i));
        }
    }

    private void addToFront(Slice slice) {
        KeyTable table = slice.table;
        for (int position = table.first(); position < table.limit(); position += table.width) {
            if (table.isOccupied(position)) {
                int key = claim(table.key(position));
                int later = pointer(key + front);
                point(key + front, newRecord(slice, table, position, later));
            }
        }
    }

    /** A record of one slice and all later ones of the front. */
    private int newRecord(Slice slice, Entries contents, int position, int later) {
        int record = records.allocate(contents.key(position));
        records.longs[record + sliceStart] = slice.start;
        records.longs[record + arrival] = slice.table.arrival(position);
        records.combine(record, contents, position);
        if (later != EntryArena.NONE) {
            records.combine(record, records, later);
            keepEarlier(record, records.longs[later + arrival]);
        }
        records.setLink(record, later);
        return record;
    }

    private void addToBack(Slice slice) {
        KeyTable table = slice.table;
        for (int position = table.first(); position < table.limit(); position += table.width) {
            if (table.isOccupied(position)) {
                addToBack(claim(table.key(position)), table, position, table.arrival(position));
            }
        }
    }

    private void addToBack(int key, Entries contents, int position, long firstArrival) {
        int record = pointer(key + back);
        if (record == EntryArena.NONE) {
            record = records.allocate(contents.key(position));
            records.longs[record + arrival] = firstArrival;
            point(key + back, record);
        }
        keepEarlier(record, firstArrival);
        records.combine(record, contents, position);
    }

    @Override
    boolean holds(Slice slice) {
        return slice.start >= frontStart && slice.end <= backEnd;
    }

    @Override
    void addLate(Slice slice, Entries event, int position, long firstArrival) {
        int key = claim(event.key(position));
        if (slice.start >= frontEnd) {
            addToBack(key, event, position, firstArrival);
            return;
        }
        int before = EntryArena.NONE;
        int record = pointer(key + front);
        while (record != EntryArena.NONE && records.longs[record + sliceStart] < slice.start) {
            records.combine(record, event, position);
            before = record;
            record = records.link(record);
        }
        if (record != EntryArena.NONE && records.longs[record + sliceStart] == slice.start) {
            records.combine(record, event, position);
            return;
        }
        int inserted = records.allocate(event.key(position));
        records.longs[inserted + sliceStart] = slice.start;
        records.longs[inserted + arrival] = firstArrival;
        records.combine(inserted, event, position);
        if (record != EntryArena.NONE) {
            records.combine(inserted, records, record);
            keepEarlier(inserted, records.longs[record + arrival]);
        }
        records.setLink(inserted, record);
        if (before == EntryArena.NONE) {
            point(key + front, inserted);
        } else {
            records.setLink(before, inserted);
        }
    }

    private void keepEarlier(int record, long firstArrival) {
        records.longs[record + arrival] = Math.min(records.longs[record + arrival], firstArrival);
    }

    private int claim(long key) {
        int position = keys.claim(key, 0);
        keys.longs[position + Entries.COUNT] = 1; // its presence; events are counted in the records
        return position;
    }

    private int pointer(int at) {
        return (int) keys.longs[at] - 1;
    }

    private void point(int at, int record) {
        keys.longs[at] = record + 1L;
    }

    @Override
    long liveEntries() {
        return liveRecords() + keys.size();
    }

    private long liveRecords() {
        return records.live() - 1L; // without the one for the sum
    }

    @Override
    public int first() {
        return keys.first();
    }

    @Override
    public int limit() {
        return keys.limit();
    }

    @Override
    public int step() {
        return keys.width;
    }

    @Override
    public boolean isOccupied(int position) {
        return (keys.longs[position + front] | keys.longs[position + back]) != 0;
    }

    @Override
    public long arrival(int position) {
        int older = pointer(position + front);
        int newer = pointer(position + back);
        long first = older == EntryArena.NONE ? Long.MAX_VALUE : records.longs[older + arrival];
        return newer == EntryArena.NONE ? first : Math.min(first, records.longs[newer + arrival]);
    }

    @Override
    int find(long key) {
        return keys.find(key);
    }

    @Override
    public long keyAt(int position) {
        return keys.key(position);
    }

    @Override
    public int entryAt(int position) {
        int older = pointer(position + front);
        int newer = pointer(position + back);
        if (older == EntryArena.NONE) {
            return newer;
        }
        if (newer == EntryArena.NONE) {
            return older;
        }
        records.longs[sum + Entries.KEY] = keys.key(position);
        records.clearContents(sum);
        records.combine(sum, records, older);
        records.combine(sum, records, newer);
        return sum;
    }

    @Override
    public Entries entries() {
        return records;
    }
}
