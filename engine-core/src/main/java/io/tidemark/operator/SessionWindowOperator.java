package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.Pane;
import io.tidemark.window.SessionWindows;
import io.tidemark.window.WindowCursor;

/**
 * Sessions. An event's {@code [timestamp, timestamp + gap)} is merged with every live session of its key that it overlaps or
 * touches; lateness is decided on the merged session, so a live session keeps a late event.
 *
 * <p>Cost: an event costs one look-up of its key and a walk over that key's live sessions, usually one. A session's deadline is
 * entered once and put right only when it comes up.
 */
final class SessionWindowOperator<E, K, R> extends WindowOperator<E, K, R> {
    private final long gap;
    private final SessionArena sessions;
    /** First live session of each key. */
    private final KeyIndex firstOf = new KeyIndex();

    private final DeadlineHeap closings = new DeadlineHeap();
    private final DeadlineHeap expiries = new DeadlineHeap();
    private final WindowCursor cursor = new WindowCursor();
    private long nextNumber;

    SessionWindowOperator(WindowSpec<E, K, R> spec, SessionWindows windows, FailureHandler failures) {
        super(spec, failures);
        this.gap = windows.gap();
        this.sessions = new SessionArena(columns);
    }

    @Override
    void add(RowBatch rows, int from, int to) {
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
        int keyAt = keyIndex(rows, from, from);
        int placed = 0;
        for (int i = 0; i < count; i++, keyAt += stride) {
            long key = keys[keyAt];
            long timestamp = rows.timestamp(from + i);
            int touched = touched(key, timestamp);
            if (bridges(touched, timestamp)) {
                // merging frees an entry to which rows of this run may point: add those first
                columns.accumulate(sessions, rows, from + placed, i - placed, positions);
                placed = i;
            }
            int session = place(touched, key, timestamp, Timestamps.NONE);
            sessions.longs[session + Entries.COUNT]++;
            positions[i - placed] = session;
        }
        columns.accumulate(sessions, rows, from + placed, count - placed, positions);
        aggregated.add(count);
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        if (loadKeys(rows, row, 1) == 0) {
            return;
        }
        long timestamp = rows.timestamp(row);
        long key = keys(rows)[keyIndex(rows, row, row)];
        long ownEnd = Timestamps.add(timestamp, gap);
        int touched = touched(key, timestamp);
        if (isExpired(ownEnd, watermark) && touched == SessionArena.NONE) {
            late.increment();
            if (dictionary != null) {
                dictionary.discardUnused(key);
            }
            auditMissed(spec.lateHandler(), rows, row, source, timestamp, ownEnd, watermark, heldWatermark);
            return;
        }
        int session = place(touched, key, timestamp, watermark);
        sessions.longs[session + Entries.COUNT]++;
        positions[0] = session;
        columns.accumulate(sessions, rows, row, 1, positions);
        aggregated.increment();
        if (!sessions.isOpen(session)) {
            givePane(session, Pane.Timing.LATE, watermark);
        }
    }

    /** The first live session of a key that an event at {@code timestamp} overlaps or touches. */
    private int touched(long key, long timestamp) {
        int session = firstOf.get(key);
        while (session != SessionArena.NONE && sessions.end(session) < timestamp) {
            session = sessions.link(session);
        }
        return session != SessionArena.NONE && sessions.start(session) <= Timestamps.add(timestamp, gap)
                ? session
                : SessionArena.NONE;
    }

    /** Whether an event at {@code timestamp} makes one session of the first that it touches and the following. */
    private boolean bridges(int session, long timestamp) {
        if (session == SessionArena.NONE) {
            return false;
        }
        int following = sessions.link(session);
        return following != SessionArena.NONE && sessions.start(following) <= Timestamps.add(timestamp, gap);
    }

    /**
     * The session that an event belongs to, made, widened or merged as needed.
     *
     * @param session the first that it touches, if any
     */
    private int place(int session, long key, long timestamp, long watermark) {
        long ownEnd = Timestamps.add(timestamp, gap);
        if (session == SessionArena.NONE) {
            return begin(key, timestamp, ownEnd, watermark);
        }
        long oldStart = sessions.start(session);
        long oldEnd = sessions.end(session);
        long end = Math.max(oldEnd, ownEnd);
        long oldNumber = sessions.number(session);
        long number = oldNumber;
        int following = sessions.link(session);
        while (following != SessionArena.NONE && sessions.start(following) <= ownEnd) {
            end = Math.max(end, sessions.end(following));
            number = Math.min(number, sessions.number(following)); // as old as its oldest part
            int absorbed = following;
            following = sessions.link(absorbed);
            sessions.combine(session, sessions, absorbed);
            sessions.setLink(session, following);
            free(absorbed);
        }
        long start = Math.min(oldStart, timestamp);
        if (start != oldStart || end != oldEnd) {
            sessions.rebound(session, start, end);
            sessions.renumber(session, number);
            boolean entered = sessions.isOpen(session) && start == oldStart && number == oldNumber;
            schedule(session, entered, watermark);
        }
        return session;
    }

    private int begin(long key, long start, long end, long watermark) {
        int session = sessions.begin(key, start, end, nextNumber++);
        if (dictionary != null) {
            dictionary.retain(key);
        }
        int before = SessionArena.NONE;
        int after = firstOf.get(key);
        while (after != SessionArena.NONE && sessions.start(after) < start) {
            before = after;
            after = sessions.link(after);
        }
        sessions.setLink(session, after);
        if (before == SessionArena.NONE) {
            firstOf.put(key, session);
        } else {
            sessions.setLink(before, session);
        }
        schedule(session, false, watermark);
        return session;
    }

    /** Enters the deadline of a session whose bounds are new. */
    private void schedule(int session, boolean entered, long watermark) {
        long start = sessions.start(session);
        long end = sessions.end(session);
        if (end > watermark) {
            sessions.setOpen(session, true);
            if (!entered) {
                closings.add(end, start, sessions.number(session), session);
            }
        } else {
            sessions.setOpen(session, false);
            scheduleExpiry(session);
        }
    }

    private void scheduleExpiry(int session) {
        long expiry = Timestamps.add(sessions.end(session), spec.allowedLateness());
        expiries.add(expiry, sessions.start(session), sessions.number(session), session);
    }

    private void free(int session) {
        if (dictionary != null) {
            dictionary.release(sessions.key(session));
        }
        sessions.discard(session);
    }

    private void givePane(int session, Pane.Timing timing, long watermark) {
        if (gives) {
            long number = sessions.nextPane(session);
            give(sessions, session, sessions.start(session), sessions.end(session), timing, number, watermark);
            if (spec.rules().isDiscarding()) {
                sessions.clearContents(session);
            }
        }
    }

    @Override
    long deadline(long watermark) {
        if (watermark == Timestamps.NONE) {
            return Long.MIN_VALUE + 1; // the first watermark there is
        }
        // a session that begins from now on ends a gap after the watermark at the earliest
        long next = Timestamps.add(watermark, gap);
        return Math.min(next, Math.min(closings.firstTime(), expiries.firstTime()));
    }

    @Override
    long lowBound(long watermark) {
        return watermark;
    }

    @Override
    boolean firstClosing(long watermark, WindowCursor closing) {
        while (!closings.isEmpty() && closings.firstTime() <= watermark) {
            int session = closings.firstPosition();
            long number = closings.firstNumber();
            boolean valid = sessions.number(session) == number
                    && sessions.isOpen(session)
                    && sessions.start(session) == closings.firstStart();
            if (valid && sessions.end(session) == closings.firstTime()) {
                closing.set(sessions.start(session), sessions.end(session));
                return true;
            }
            if (valid) {
                closings.replaceFirst(sessions.end(session), sessions.start(session), number, session);
            } else {
                closings.removeFirst();
            }
        }
        return false;
    }

    @Override
    boolean close(long watermark, WindowCursor closing) {
        int session = closings.firstPosition();
        closings.removeFirst();
        sessions.setOpen(session, false);
        givePane(session, Pane.Timing.ON_TIME, watermark);
        if (isExpired(sessions.end(session), watermark)) {
            discard(session);
        } else {
            scheduleExpiry(session);
        }
        return firstClosing(watermark, closing);
    }

    @Override
    void expire(long watermark) {
        while (!expiries.isEmpty() && expiries.firstTime() <= watermark) {
            int session = expiries.firstPosition();
            boolean valid = sessions.number(session) == expiries.firstNumber()
                    && !sessions.isOpen(session)
                    && sessions.start(session) == expiries.firstStart()
                    && isExpired(sessions.end(session), watermark);
            expiries.removeFirst();
            if (valid) {
                discard(session);
            }
        }
    }

    private void discard(int session) {
        unlink(session);
        free(session);
    }

    private void unlink(int session) {
        long key = sessions.key(session);
        int following = sessions.link(session);
        int first = firstOf.get(key);
        if (first != session) {
            int before = first;
            while (sessions.link(before) != session) {
                before = sessions.link(before);
            }
            sessions.setLink(before, following);
        } else if (following == SessionArena.NONE) {
            firstOf.remove(key);
        } else {
            firstOf.put(key, following);
        }
    }

    @Override
    long liveWindows() {
        return sessions.live();
    }

    @Override
    long liveEntries() {
        return (long) sessions.live() + firstOf.size() + single.size() + (dictionary == null ? 0 : dictionary.size());
    }

    @Override
    long oldestOpenEnd() {
        return firstClosing(Long.MAX_VALUE, cursor) ? cursor.end() : Long.MAX_VALUE;
    }
}
