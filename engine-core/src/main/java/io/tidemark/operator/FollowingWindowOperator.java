package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.FollowingWindows;
import java.util.Arrays;

/**
 * Windows that follow each key's events: {@code [t - d, t]} for every event at {@code t}, and {@code [t + 1, t + 1 + d]} if an event lies in
 * it; both edges inclusive, one unit is the step from one to the next.
 *
 * <p>Besides its windows a key keeps what it has at each <em>instant</em>, because a window that an event makes also holds events that came
 * before. An instant is kept as long as a window that is still to come may need it.
 *
 * <p>Cost: an event updates all its windows, up to twice the number of the key's instants within the difference, and makes up to three.
 */
final class FollowingWindowOperator<E, K, R> extends PerWindowOperator<E, K, R> {
    private final long difference;
    private final EntryArena instants;
    private final int timeAt;
    private final int newerAt;
    /** A key's newest instant; the older ones are linked to it in order. */
    private final KeyIndex newestOf = new KeyIndex();

    private final DeadlineHeap instantExpiries = new DeadlineHeap();
    private int[] touched = new int[64];
    private int touchedCount;

    FollowingWindowOperator(WindowSpec<E, K, R> spec, FollowingWindows windows, FailureHandler failures) {
        super(spec, failures);
        this.difference = windows.difference();
        this.instants = new EntryArena(columns, 2);
        this.timeAt = instants.firstExtra();
        this.newerAt = timeAt + 1;
    }

    @Override
    void add(RowBatch rows, int from, int to) {
        for (int row = from; row < to; row++) {
            if (loadKeys(rows, row, 1) > 0) {
                addEvent(rows, row, watermark);
            }
        }
    }

    @Override
    void addBehind(RowBatch rows, int row, String source, long atWatermark, long heldWatermark) {
        long time = rows.timestamp(row);
        long ownStart = Timestamps.subtract(time, difference);
        long ownEnd = endAfter(time);
        if (isExpired(endAfter(Timestamps.add(time, difference)), atWatermark)) {
            late.increment();
            long end = endAfter(Timestamps.add(time, difference));
            auditMissed(spec.lateHandler(), rows, row, source, time, end, atWatermark, heldWatermark);
            return;
        }
        if (loadKeys(rows, row, 1) == 0) {
            return;
        }
        if (isExpired(ownEnd, atWatermark)) {
            windowsMissed.increment();
            auditMissed(spec.partlyLateHandler(), rows, row, source, ownStart, ownEnd, atWatermark, heldWatermark);
        }
        addEvent(rows, row, atWatermark);
    }

    /** The exclusive end of a window whose last instant is {@code time}. */
    private static long endAfter(long time) {
        return Timestamps.add(time, 1);
    }

    /** Adds a row whose key is loaded. */
    private void addEvent(RowBatch rows, int row, long atWatermark) {
        long key = keys(rows)[keyIndex(rows, row, row)];
        long time = rows.timestamp(row);
        touchedCount = 0;
        int instant = addToInstant(key, time, rows, row);
        addToWindows(key, time, rows, row);
        long own = Timestamps.subtract(time, difference);
        makeWindow(key, own, endAfter(time), atWatermark);
        // the windows that begin after instants further back hold the one before this event, and have been made with it
        int before = instants.link(instant);
        if (before != EntryArena.NONE) {
            makeWindowAfter(key, time(before), atWatermark);
        }
        makeWindowAfter(key, time, atWatermark);
        aggregated.increment();
        // windows are decided on in their order; only those just made may be out of place
        for (int i = 1; i < touchedCount; i++) {
            int window = touched[i];
            int at = i;
            for (; at > 0 && isBefore(window, touched[at - 1]); at--) {
                touched[at] = touched[at - 1];
            }
            touched[at] = window;
        }
        for (int i = 0; i < touchedCount; i++) {
            eventAdded(touched[i], atWatermark);
        }
    }

    private boolean isBefore(int one, int other) {
        return windows.end(one) != windows.end(other)
                ? windows.end(one) < windows.end(other)
                : windows.start(one) < windows.start(other);
    }

    private void touch(int window) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = window;
    }

    private long time(int instant) {
        return instants.longs[instant + timeAt];
    }

    private int addToInstant(long key, long time, RowBatch rows, int row) {
        int newer = EntryArena.NONE;
        int instant = newestOf.get(key);
        while (instant != EntryArena.NONE && time(instant) > time) {
            newer = instant;
            instant = instants.link(instant);
        }
        if (instant == EntryArena.NONE || time(instant) != time) {
            int older = instant;
            instant = instants.allocate(key);
            instants.longs[instant + timeAt] = time;
            instants.longs[instant + newerAt] = newer;
            instants.setLink(instant, older);
            if (older != EntryArena.NONE) {
                instants.longs[older + newerAt] = instant;
            }
            if (newer == EntryArena.NONE) {
                newestOf.put(key, instant);
            } else {
                instants.setLink(newer, instant);
            }
            if (dictionary != null) {
                dictionary.retain(key);
            }
            instantExpiries.add(lastUse(time), time, instant, instant);
        }
        instants.longs[instant + Entries.COUNT]++;
        positions[0] = instant;
        columns.accumulateToAll(instants, rows, row, 1, positions);
        return instant;
    }

    /** The watermark from which on no window can need an instant: the last that may begin right after it has expired. */
    private long lastUse(long time) {
        long end = endAfter(endAfter(Timestamps.add(time, difference)));
        return Timestamps.add(end, spec.allowedLateness());
    }

    /** Adds a row to the windows around it that there are. */
    private void addToWindows(long key, long time, RowBatch rows, int row) {
        for (int window = live.newest(key);
                window != WindowArena.NONE && windows.end(window) > time;
                window = windows.older(window)) {
            if (windows.start(window) <= time) {
                windows.longs[window + Entries.COUNT]++;
                touch(window);
            }
        }
        for (int i = 0, j = touchedCount - 1; i < j; i++, j--) {
            int newer = touched[i];
            touched[i] = touched[j];
            touched[j] = newer;
        }
        columns.accumulateToAll(windows, rows, row, touchedCount, touched);
    }

    /** Makes the window that begins right after an instant, if it holds one. */
    private void makeWindowAfter(long key, long time, long atWatermark) {
        long start = endAfter(time);
        makeWindow(key, start, endAfter(Timestamps.add(start, difference)), atWatermark);
    }

    /** Makes a window of what the key has in it, unless it is there, has expired, or would be empty. */
    private void makeWindow(long key, long start, long end, long atWatermark) {
        if (isExpired(end, atWatermark) || live.find(key, start, end) != WindowArena.NONE) {
            return;
        }
        int window = WindowArena.NONE;
        for (int instant = newestOf.get(key);
                instant != EntryArena.NONE && time(instant) >= start;
                instant = instants.link(instant)) {
            if (time(instant) < end) {
                if (window == WindowArena.NONE) {
                    window = live.claim(key, start, end, WindowArena.NONE);
                    await(window, false, atWatermark);
                    touch(window);
                }
                windows.combine(window, instants, instant);
            }
        }
    }

    @Override
    void expire(long atWatermark) {
        super.expire(atWatermark);
        while (!instantExpiries.isEmpty() && instantExpiries.firstTime() <= atWatermark) {
            removeInstant(instantExpiries.firstPosition());
            instantExpiries.removeFirst();
        }
    }

    private void removeInstant(int instant) {
        long key = instants.key(instant);
        int older = instants.link(instant);
        int newer = (int) instants.longs[instant + newerAt];
        if (older != EntryArena.NONE) {
            instants.longs[older + newerAt] = newer;
        }
        if (newer != EntryArena.NONE) {
            instants.setLink(newer, older);
        } else if (older == EntryArena.NONE) {
            newestOf.remove(key);
        } else {
            newestOf.put(key, older);
        }
        if (dictionary != null) {
            dictionary.release(key);
        }
        instants.release(instant);
    }

    @Override
    long earliestNewDeadline(long atWatermark) {
        return Timestamps.add(atWatermark, 1);
    }

    @Override
    long liveEntries() {
        return super.liveEntries() + instants.live() + newestOf.size();
    }
}
