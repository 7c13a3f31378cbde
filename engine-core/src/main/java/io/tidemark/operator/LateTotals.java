package io.tidemark.operator;

/**
 * What the closed windows over a late event hold of its key, carried on from window to window.
 *
 * <ul>
 *   <li>Name: prepared suffixes and a running prefix, on both sides of the event's slice.
 *   <li>Laws needed: {@code combine} associative and commutative; no inverse.
 *   <li>Cost: a look-up and a combine per slice, and two combines per window, of all windows over the event together.
 *   <li>Space: one record per slice before the event, until the event is done.
 * </ul>
 *
 * <p>All windows over an event contain its slice, and both of their edges only go forward. So what a window holds up to the end of
 * that slice is one of the sums that are added up once from there backwards, and what it holds behind it only grows.
 */
final class LateTotals {
    private final SliceList slices;
    private final EntryArena records;
    private final int sliceStart;

    private long key;
    private int eventSlice;
    private boolean prepared;
    /** Sum of the slices from the window's start up to the event's slice, linked to that from the following slice of the key on. */
    private int older;
    /** Sum of the slices behind the event's; {@link EntryArena#NONE} as long as the key is in none. */
    private int newer;
    /** Index of the first slice that is not in it. */
    private int following;

    private int sum;

    LateTotals(SliceList slices, AggregateColumns<?, ?> columns) {
        this.slices = slices;
        this.records = new EntryArena(columns, 1);
        this.sliceStart = records.firstExtra();
    }

    /** Begins with an event of a key, which is in its slice already. */
    void begin(Slice slice, long eventKey) {
        clear();
        key = eventKey;
        eventSlice = slices.firstFrom(slice.start);
    }

    /** Lets go of everything. */
    void clear() {
        records.releaseAll();
        prepared = false;
    }

    /** The key's entry for a window, valid until the next call; windows are asked for in their order. */
    int moveTo(long start, long end) {
        if (!prepared) {
            prepare(start);
        }
        while (records.longs[older + sliceStart] < start) {
            int left = older;
            older = records.link(left);
            records.release(left);
        }
        for (; following < slices.size() && slices.get(following).end <= end; following++) {
            KeyTable table = slices.get(following).table;
            int position = table.find(key);
            if (position >= 0) {
                if (newer == EntryArena.NONE) {
                    newer = records.allocate(key);
                }
                records.combine(newer, table, position);
            }
        }
        if (newer == EntryArena.NONE) {
            return older;
        }
        records.clearContents(sum);
        records.combine(sum, records, older);
        records.combine(sum, records, newer);
        return sum;
    }

    private void prepare(long from) {
        prepared = true;
        sum = records.allocate(key);
        older = EntryArena.NONE;
        newer = EntryArena.NONE;
        following = eventSlice + 1;
        for (int i = eventSlice; i >= 0 && slices.get(i).start >= from; i--) {
            KeyTable table = slices.get(i).table;
            int position = table.find(key);
            if (position >= 0) {
                int record = records.allocate(key);
                records.longs[record + sliceStart] = slices.get(i).start;
                records.combine(record, table, position);
                if (older != EntryArena.NONE) {
                    records.combine(record, records, older);
                }
                records.setLink(record, older);
                older = record;
            }
        }
    }

    /** Where {@link #moveTo} puts entries. */
    Entries entries() {
        return records;
    }

    /** Entries in memory. */
    long liveEntries() {
        return records.live();
    }
}
