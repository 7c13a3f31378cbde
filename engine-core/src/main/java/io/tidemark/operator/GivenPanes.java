package io.tidemark.operator;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * What was given and may have to be taken back or named: the last pane of each window, where later panes need it, and the sessions that
 * gave panes before they became part of a larger one.
 *
 * <p>Space: an entry for each window with a pane if contents are kept, otherwise one for each merged session that had given a pane, until
 * the larger one gives its first.
 */
final class GivenPanes {
    /** No record: a window gave no pane that is kept, or has no parts. */
    static final int NONE = EntryArena.NONE;

    private static final int RECORD_LONGS = 5;
    private static final List<Pane.Timing> TIMINGS = List.of(Pane.Timing.values());

    /** Records of panes; the contents only if they are kept. Those of one merged session are linked by (end, start). */
    final EntryArena records;

    private final boolean keepsContents;
    private final WindowArena windows;
    /** From a window to the record of its last pane, and to the first record of a part. */
    private final KeyIndex lastOf = new KeyIndex();

    private final KeyIndex partsOf = new KeyIndex();
    private final int start;

    /**
     * Nothing given yet.
     *
     * @param columns of the contents to keep; without state if none are
     */
    GivenPanes(WindowArena windows, AggregateColumns<?, ?> columns, boolean keepsContents) {
        this.windows = windows;
        this.keepsContents = keepsContents;
        this.records = new EntryArena(columns, RECORD_LONGS);
        this.start = records.firstExtra();
    }

    /** Keeps the pane that a window gives now as its last one. */
    void keep(int window, Pane.Timing timing, long number, boolean last) {
        if (!keepsContents) {
            return;
        }
        int record = lastOf.get(window);
        if (record == KeyIndex.ABSENT) {
            record = newRecord(window);
            lastOf.put(window, record);
        }
        records.clearContents(record);
        records.combine(record, windows, window);
        records.longs[record + start] = windows.start(window);
        records.longs[record + start + 1] = windows.end(window);
        records.longs[record + start + 2] = TIMINGS.indexOf(timing);
        records.longs[record + start + 3] = number;
        records.longs[record + start + 4] = last ? 1 : 0;
    }

    private int newRecord(int window) {
        return records.allocate(windows.key(window));
    }

    /** The record of a window's last pane; NONE if it gave none, or none is kept. */
    int last(int window) {
        return lastOf.size() == 0 ? NONE : lastOf.get(window);
    }

    /** A session is about to change its bounds, or to become part of {@code merged}: its last pane will be replaced by a part's record. */
    void becomePart(int window, int merged) {
        if (windows.panes(window) > 0) {
            int record = lastOf.get(window);
            if (record == KeyIndex.ABSENT) {
                record = newRecord(window);
                records.longs[record + start] = windows.start(window);
                records.longs[record + start + 1] = windows.end(window);
            } else {
                lastOf.remove(window);
            }
            addPart(merged, record);
        }
        if (window != merged) {
            int part = firstPart(window);
            if (part != NONE) {
                partsOf.remove(window);
                while (part != EntryArena.NONE) {
                    int next = records.link(part);
                    addPart(merged, part);
                    part = next;
                }
            }
        }
    }

    private void addPart(int merged, int record) {
        int first = partsOf.get(merged);
        int before = EntryArena.NONE;
        int at = first == KeyIndex.ABSENT ? EntryArena.NONE : first;
        while (at != EntryArena.NONE && isBefore(at, record)) {
            before = at;
            at = records.link(at);
        }
        records.setLink(record, at);
        if (before == EntryArena.NONE) {
            partsOf.put(merged, record);
        } else {
            records.setLink(before, record);
        }
    }

    private boolean isBefore(int one, int other) {
        return end(one) != end(other) ? end(one) < end(other) : start(one) < start(other);
    }

    /** The first record of a session's parts, from which the others are linked; NONE if it has none. */
    int firstPart(int window) {
        return partsOf.size() == 0 ? NONE : partsOf.get(window);
    }

    /** The bounds of the parts from this one on. */
    List<TimeWindow> bounds(int firstPart) {
        List<TimeWindow> bounds = new ArrayList<>();
        for (int part = firstPart; part != EntryArena.NONE; part = records.link(part)) {
            bounds.add(new TimeWindow(start(part), end(part)));
        }
        return List.copyOf(bounds);
    }

    /** The parts of a session have been named or taken back. */
    void forgetParts(int window) {
        int part = firstPart(window);
        if (part == NONE) {
            return;
        }
        partsOf.remove(window);
        while (part != EntryArena.NONE) {
            int next = records.link(part);
            records.release(part);
            part = next;
        }
    }

    /** A window is about to be freed. */
    void forget(int window) {
        int record = last(window);
        if (record != NONE) {
            lastOf.remove(window);
            records.release(record);
        }
        forgetParts(window);
    }

    long start(int record) {
        return records.longs[record + start];
    }

    long end(int record) {
        return records.longs[record + start + 1];
    }

    /** The pane of a record whose contents are kept. */
    Pane pane(int record) {
        Pane.Timing timing = TIMINGS.get((int) records.longs[record + start + 2]);
        return Pane.of(timing, records.longs[record + start + 3], records.longs[record + start + 4] != 0);
    }

    /** Records in memory. */
    long entries() {
        return records.live();
    }
}
