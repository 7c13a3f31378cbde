package io.tidemark.operator;

import io.tidemark.time.Timestamps;

/**
 * The keys that still get panes of windows without events: each with the end of the last closed window in which it had some, until
 * the windows to come end beyond the horizon behind it. As {@link Contents} it is what one closing window gives: nothing, for each
 * of these keys that has no events in it.
 */
final class EmptyWindows implements Contents {
    private final long horizon;
    private final boolean ordered;
    private final SliceList slices;
    private final EntryArena empty;
    private final int entry;
    /** Offset of the end of a key's last window with events. */
    private final int lastEnd;

    private KeyTable keys;
    private KeyTable spare;
    /** The largest end among them. */
    private long latest;

    private long closingEnd;
    /** No key is left that gets nothing from here on. */
    private long forgottenBefore = Long.MIN_VALUE;

    EmptyWindows(
            WindowSpec<?, ?, ?> spec, SliceList slices, AggregateColumns<?, ?> columns, KeyTable keys, KeyTable spare) {
        this.horizon = spec.emptyHorizon();
        this.ordered = spec.ordered();
        this.slices = slices;
        this.empty = new EntryArena(columns, 0);
        this.entry = empty.allocate(0);
        this.keys = keys;
        this.spare = spare;
        this.lastEnd = keys.width - 1;
    }

    /** Whether a window with this end, after all closed so far, may give something. The end of time is no window's own end. */
    boolean reach(long end) {
        return keys.size() > 0 && end <= Timestamps.add(latest, horizon) && end < Timestamps.END_OF_TIME;
    }

    /** Remembers the keys with events in a window that has just closed. */
    void remember(Contents contents, long end) {
        latest = keys.size() == 0 ? end : Math.max(latest, end);
        for (int position = contents.first(); position < contents.limit(); position += contents.step()) {
            if (contents.isOccupied(position)) {
                int known = keys.find(contents.keyAt(position));
                if (known >= 0) {
                    keys.longs[known + lastEnd] = end;
                } else {
                    add(contents.keyAt(position), end);
                }
            }
        }
    }

    /** Remembers a key that got a late event in a closed window, unless no window to come, from {@code nextEnd} on, is in reach. */
    void rememberLate(long key, long end, long nextEnd) {
        if (Timestamps.add(end, horizon) < nextEnd) {
            return;
        }
        latest = keys.size() == 0 ? end : Math.max(latest, end);
        int known = keys.find(key);
        if (known < 0) {
            add(key, end);
        } else {
            keys.longs[known + lastEnd] = Math.max(keys.longs[known + lastEnd], end);
        }
    }

    private void add(long key, long end) {
        int position = keys.claim(key, ordered ? firstArrival(key) : 0);
        keys.longs[position + Entries.COUNT] = 1; // its presence
        keys.longs[position + lastEnd] = end;
    }

    /** A key may have come first in a window that is still open. */
    private long firstArrival(long key) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < slices.size(); i++) {
            KeyTable table = slices.get(i).table;
            int position = table.find(key);
            if (position >= 0) {
                earliest = Math.min(earliest, table.arrival(position));
            }
        }
        return earliest;
    }

    /** Holds what a closing window gives, whose own keys are remembered already. */
    void moveTo(long end) {
        closingEnd = end;
    }

    /** Forgets the keys that get no pane any more, windows to come ending at {@code nextEnd} at the earliest. */
    void expire(long watermark, long nextEnd) {
        if (watermark == Timestamps.END_OF_TIME) {
            keys.clear();
        } else if (nextEnd != forgottenBefore) {
            forgottenBefore = nextEnd;
            forgetBefore(nextEnd);
        }
    }

    private void forgetBefore(long end) {
        int staying = 0;
        for (int position = keys.first(); position < keys.limit(); position += keys.step()) {
            staying += keys.isOccupied(position) && reaches(position, end) ? 1 : 0;
        }
        if (staying == keys.size()) {
            return;
        }
        for (int position = keys.first(); position < keys.limit(); position += keys.step()) {
            if (keys.isOccupied(position) && reaches(position, end)) {
                int copy = spare.claim(keys.key(position), ordered ? keys.arrival(position) : 0);
                spare.longs[copy + Entries.COUNT] = 1;
                spare.longs[copy + lastEnd] = keys.longs[position + lastEnd];
            }
        }
        KeyTable left = keys;
        keys = spare;
        spare = left;
        left.clear();
    }

    private boolean reaches(int position, long end) {
        return end <= Timestamps.add(keys.longs[position + lastEnd], horizon);
    }

    /** Keys remembered. */
    int size() {
        return keys.size();
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
        return keys.step();
    }

    @Override
    public boolean isOccupied(int position) {
        return keys.isOccupied(position)
                && keys.longs[position + lastEnd] < closingEnd
                && closingEnd < Timestamps.END_OF_TIME
                && reaches(position, closingEnd);
    }

    @Override
    public long arrival(int position) {
        return keys.arrival(position);
    }

    @Override
    public long keyAt(int position) {
        return keys.key(position);
    }

    @Override
    public int entryAt(int position) {
        empty.longs[entry + Entries.KEY] = keys.key(position);
        empty.clearContents(entry);
        return entry;
    }

    @Override
    public Entries entries() {
        return empty;
    }
}
