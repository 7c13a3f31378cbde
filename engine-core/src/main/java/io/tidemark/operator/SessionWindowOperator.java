package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.SessionWindows;

/**
 * Sessions. An event's {@code [timestamp, timestamp + gap)} is merged with every live session of its key that it overlaps or
 * touches, as far as the longest session allows; lateness is decided on the merged session, so a live session keeps a late event.
 *
 * <p>Cost: an event costs one look-up of its key and a walk over those of the key's live sessions that are newer than it, usually none. A
 * session's deadline is entered once, and put right only when it comes up: about once for each gap that the session lasts, at a constant
 * cost. Sessions that end in one step are sorted. With many keys one ends in nearly every unit of time, and to close it at the very row
 * would cost a tenth of all: where its end is all that can make a session give a pane, it waits for the end of a block of rows, which
 * {@link WatermarkCourse} keeps from joining it. If user code ends the engine in the midst of a block, those that wait are still open.
 */
final class SessionWindowOperator<E, K, R> extends PerWindowOperator<E, K, R> {
    private final boolean gapFromEvent;
    private final long gap;
    private final long longest;
    private final boolean decides;
    /** Whether an event within an open session can do nothing but prolong it. */
    private final boolean freely;
    /** Whether a new session ends the same gap behind whatever begins it. */
    private final boolean endsKnown;
    /** Whether sessions that have ended may stay until all rows of a run are added. */
    private final boolean closingWaits;

    private final WatermarkCourse course;

    // where the event last looked at belongs
    /** The session that takes it; NONE if it begins one, alone or with those that follow. */
    private int joined;
    /** The oldest session that begins after the event, and how many from there on become one with it. */
    private int following;

    private int merged;
    private long start;
    private long end;

    SessionWindowOperator(
            WindowSpec<E, K, R> spec, SessionWindows sessions, WatermarkCourse course, FailureHandler failures) {
        super(spec, failures);
        this.gapFromEvent = sessions.gapFromEvent();
        this.gap = sessions.gap();
        this.longest = sessions.longest();
        this.decides = spec.rules().hasFiring();
        this.freely = plain && longest == Long.MAX_VALUE;
        this.endsKnown = freely && !gapFromEvent;
        // an object that equals a key of a session that has ended is to become the key of the next one
        this.closingWaits = endsKnown && spec.allowedLateness() == 0 && dictionary == null;
        this.course = course;
    }

    @Override
    void add(RowBatch rows, int from, int to) {
        if (gapFromEvent) {
            for (int row = from; row < to; row++) {
                if (hasGap(rows, row) && loadKeys(rows, row, 1) > 0) {
                    addRun(rows, row, 1);
                }
            }
            return;
        }
        int row = from;
        while (row < to) {
            int until = Math.min(to, row + RUN);
            int count = loadKeys(rows, row, until - row);
            addRun(rows, row, count);
            row = row + count < until ? row + count + 1 : until; // one whose key threw is skipped
        }
    }

    /** Adds rows whose keys are loaded. */
    private void addRun(RowBatch rows, int from, int count) {
        long[] keys = keys(rows);
        int stride = keyStride(rows);
        int firstKey = keyIndex(rows, from, from);
        live.guess(keys, firstKey, stride, count, positions);
        int placed = 0;
        int i = 0;
        while (true) {
            i = prolong(rows, from, i, count, keys, firstKey, placed);
            if (i == count) {
                break;
            }
            long key = keys[firstKey + i * stride];
            int session = joinOrBegin(key, rows, from + i);
            if (session == WindowArena.NONE) {
                // merging frees an entry to which rows of this run may point: add those first
                flush(rows, from + placed, i - placed);
                placed = i;
                session = place(key, watermark);
            }
            windows.longs[session + Entries.COUNT]++;
            positions[i - placed] = session;
            if (decides) {
                flush(rows, from + i, 1);
                placed = i + 1;
                eventAdded(session, watermark);
            }
            i++;
        }
        flush(rows, from + placed, count - placed);
    }

    /**
     * Adds rows as long as each lies in the newest session of its key and can do nothing but prolong it: most do, and this loop is short
     * enough for its state to stay in registers.
     *
     * @param i the row of the run to begin with
     * @param placed the row whose entry is the first of {@link #positions}
     * @return the first row that was not added
     */
    private int prolong(RowBatch rows, int from, int i, int count, long[] keys, int firstKey, int placed) {
        if (!freely) {
            return i;
        }
        long[] longs = rows.longs;
        long last = course.last();
        int stride = rows.longStride;
        int keyStride = keyStride(rows);
        int at = rows.row(from + i);
        int keyAt = firstKey + i * keyStride;
        int row = i;
        for (; row < count; row++, at += stride, keyAt += keyStride) {
            int session = live.newest(keys[keyAt], positions[row]);
            if (session == WindowArena.NONE
                    || !windows.prolong(session, longs[at], Timestamps.add(longs[at], gap(rows, at)), last)) {
                break;
            }
            windows.longs[session + Entries.COUNT]++;
            positions[row - placed] = session;
        }
        return row;
    }

    /** The session of an event that lies outside of its key's newest; NONE if sessions have to be {@linkplain #place merged} first. */
    private int joinOrBegin(long key, RowBatch rows, int row) {
        long timestamp = rows.timestamp(row);
        long gap = gap(rows, rows.row(row));
        int newest = live.newest(key);
        if (newest == WindowArena.NONE
                || timestamp > windows.end(newest)
                || course.hasPassed(windows.end(newest), rows, row)) {
            long ownEnd = Math.min(Timestamps.add(timestamp, gap), latestEnd(timestamp));
            int session = live.begin(key, timestamp, ownEnd, WindowArena.NONE, newest);
            await(session, false, watermark);
            return session;
        }
        locate(key, rows, row);
        boolean frees = joined == WindowArena.NONE ? merged > 1 : merged > 0;
        return frees ? WindowArena.NONE : place(key, watermark);
    }

    private void flush(RowBatch rows, int from, int count) {
        if (count > 0) {
            columns.accumulate(windows, rows, from, count, positions);
            aggregated.add(count);
        }
    }

    /** The gap of the event whose row begins at {@code at}. */
    private long gap(RowBatch rows, int at) {
        return gapFromEvent ? rows.longs[at + spec.windowInput()] : gap;
    }

    /** Whether the gap that a row brings is one; if not, that has been reported. */
    private boolean hasGap(RowBatch rows, int row) {
        long gap = gap(rows, rows.row(row));
        if (gap > 0) {
            return true;
        }
        failed.increment();
        failures.failed(
                FailureHandler.Stage.ASSIGNER,
                spec.name(),
                new IllegalArgumentException("an event's session gap must be positive, got " + gap));
        return false;
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long atWatermark, long heldWatermark) {
        if (!hasGap(rows, row) || loadKeys(rows, row, 1) == 0) {
            return;
        }
        long key = keys(rows)[keyIndex(rows, row, row)];
        locate(key, rows, row);
        if (joined == WindowArena.NONE && merged == 0 && isExpired(end, atWatermark)) {
            late.increment();
            if (dictionary != null) {
                dictionary.discardUnused(key);
            }
            auditMissed(spec.lateHandler(), rows, row, source, start, end, atWatermark, heldWatermark);
            return;
        }
        int session = place(key, atWatermark);
        windows.longs[session + Entries.COUNT]++;
        positions[0] = session;
        flush(rows, row, 1);
        eventAdded(session, atWatermark);
    }

    /** Finds out where an event belongs, and the bounds of the session it will be in; changes nothing. */
    private void locate(long key, RowBatch rows, int row) {
        long timestamp = rows.timestamp(row);
        following = WindowArena.NONE;
        int session = live.newest(key);
        while (session != WindowArena.NONE && windows.start(session) > timestamp) {
            following = session;
            session = windows.older(session);
        }
        long ownEnd = Timestamps.add(timestamp, gap(rows, rows.row(row)));
        // one that has ended began before this row, as all do that are older
        boolean joins = session != WindowArena.NONE
                && timestamp <= windows.end(session)
                && timestamp < latestEnd(windows.start(session))
                && !course.hasPassed(windows.end(session), rows, row);
        if (joins) {
            start = windows.start(session);
            end = Math.max(windows.end(session), Math.min(ownEnd, latestEnd(start)));
        } else {
            start = timestamp;
            end = Math.min(ownEnd, latestEnd(timestamp));
        }
        joined = joins ? session : WindowArena.NONE;
        merged = 0;
        for (int next = following; next != WindowArena.NONE && windows.start(next) <= end; next = windows.newer(next)) {
            if (Timestamps.subtract(windows.end(next), start) > longest) {
                end = windows.start(next);
                break;
            }
            end = Math.max(end, windows.end(next));
            merged++;
        }
    }

    /** Where the longest session with this start ends. */
    private long latestEnd(long sessionStart) {
        return longest == Long.MAX_VALUE ? Long.MAX_VALUE : Timestamps.add(sessionStart, longest);
    }

    /** Makes the session that {@link #locate} found: begun, widened, or merged. */
    private int place(long key, long atWatermark) {
        if (joined == WindowArena.NONE && merged == 0) {
            int older = following == WindowArena.NONE ? live.newest(key) : windows.older(following);
            int session = live.begin(key, start, end, following, older);
            await(session, false, atWatermark);
            return session;
        }
        int session = joined;
        int part = following;
        if (session == WindowArena.NONE) {
            session = following;
            part = windows.newer(following);
            merged--;
        }
        long oldStart = windows.start(session);
        if (merged == 0 && start == oldStart && windows.is(session, WindowArena.OPEN) && windows.panes(session) == 0) {
            windows.setEnd(session, end); // the usual event: nothing was given that new bounds would replace
        } else if (merged > 0 || start != oldStart || end != windows.end(session)) {
            boolean wasOpen = windows.is(session, WindowArena.OPEN);
            long oldNumber = windows.number(session);
            given.becomePart(session, session);
            for (; merged > 0; merged--) {
                int absorbed = part;
                part = windows.newer(absorbed);
                absorb(session, absorbed);
            }
            windows.rebound(session, start, end);
            boolean sameNumber = windows.number(session) == oldNumber;
            boolean isOpen = end > atWatermark;
            boolean entered = wasOpen == isOpen && sameNumber;
            windows.setAll(session, isOpen ? 0 : WindowArena.END_DONE);
            windows.setBoundary(session, WindowArena.UNSET);
            if (windows.clock(session) != WindowArena.UNSET) {
                deadlines.awaitClock(session, windows.clock(session));
            }
            await(session, entered, atWatermark);
        }
        return session;
    }

    /** Makes a session part of another. */
    private void absorb(int session, int absorbed) {
        given.becomePart(absorbed, session);
        windows.combine(session, windows, absorbed);
        windows.addSeen(session, absorbed);
        windows.renumber(
                session, Math.min(windows.number(session), windows.number(absorbed))); // as old as its oldest part
        windows.setClock(session, Math.min(windows.clock(session), windows.clock(absorbed)));
        deadlines.forget(absorbed);
        live.remove(absorbed);
    }

    @Override
    boolean givesAtEndsAlone() {
        return closingWaits;
    }

    @Override
    long cut(long atWatermark) {
        return closingWaits && atWatermark != Timestamps.NONE
                ? earliestNewDeadline(atWatermark)
                : deadline(atWatermark);
    }

    @Override
    long earliestNewDeadline(long atWatermark) {
        // a session that begins from now on ends a gap after the watermark at the earliest
        return Timestamps.add(atWatermark, endsKnown ? gap : 1);
    }
}
