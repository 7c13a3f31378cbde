package io.tidemark.bench.workload;

import java.util.SplittableRandom;

/**
 * A stream of events as flat rows (timestamp, key, value) in order of arrival. Event {@code i} is stamped
 * {@code i / eventsPerMilli} milliseconds after the start, less a jitter of 0 to 49 ms: with a watermark delayed by
 * {@link #JITTER} no event is late, nor does one touch a session that is closed, unless late ones were asked for. Keys are uniform in {@code [0, keys)},
 * values in 1 to 1,000.
 *
 * <p>A benchmark that runs longer than the stream plays it again, {@linkplain #shift() shifted} by its own length, so that time goes
 * on and the operator under test stays in its steady state.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class EventStream {
    /** Longs of a row. */
    public static final int STRIDE = 3;

    /** Column of the timestamp. */
    public static final int TIMESTAMP = 0;

    /** Column of the key. */
    public static final int KEY = 1;

    /** Column of the value. */
    public static final int VALUE = 2;

    /** Every event lies less than this behind the newest one. */
    public static final long JITTER = 50;

    /** 2026-01-01T00:00Z: no clock reads earlier, so no event is rejected. */
    public static final long START = 1_767_225_600_000L;

    private static final int LARGEST_VALUE = 1_000;

    /** How much earlier a late event is stamped: its window of up to half of this has ended by then, whatever the jitter. */
    private static final long LATE_BY = 2_000;

    private final long[] rows;
    private final int events;
    private final long span;
    private long played;

    /**
     * A stream that the arguments determine.
     *
     * @param eventsPerMilli events in a millisecond of event time; {@code events} is a multiple of it
     * @throws IllegalArgumentException if it is not
     */
    public EventStream(int events, int eventsPerMilli, int keys, long seed) {
        this(events, eventsPerMilli, keys, seed, 0);
    }

    /**
     * The same with late events, chosen at random but never the first.
     *
     * @param lateEvery one in so many is late; 0 for none
     */
    EventStream(int events, int eventsPerMilli, int keys, long seed, int lateEvery) {
        if (events % eventsPerMilli != 0) {
            throw new IllegalArgumentException(
                    events + " events are no whole number of milliseconds at " + eventsPerMilli + " a millisecond");
        }
        this.events = events;
        this.span = events / eventsPerMilli;
        this.rows = new long[events * STRIDE];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < events; i++) {
            int row = i * STRIDE;
            rows[row + TIMESTAMP] = START + i / eventsPerMilli - random.nextLong(JITTER);
            rows[row + KEY] = random.nextInt(keys);
            rows[row + VALUE] = 1 + random.nextLong(LARGEST_VALUE);
            if (lateEvery > 0 && random.nextInt(lateEvery) == 0 && i > 0) {
                rows[row + TIMESTAMP] -= LATE_BY;
            }
        }
    }

    /** The rows, one behind the other; for reading. */
    public long[] rows() {
        return rows;
    }

    /** How many events there are. */
    public int events() {
        return events;
    }

    /** The sum of all values. */
    public long total() {
        long total = 0;
        for (int row = 0; row < rows.length; row += STRIDE) {
            total += rows[row + VALUE];
        }
        return total;
    }

    /** How much event time has been played. */
    public long elapsed() {
        return played * span;
    }

    /** How often the stream was begun. */
    public long played() {
        return played;
    }

    /** Begins the stream once more: every time but the first, all timestamps are moved on by its length. */
    public void play() {
        if (played++ > 0) {
            shift();
        }
    }

    private void shift() {
        for (int row = 0; row < rows.length; row += STRIDE) {
            rows[row + TIMESTAMP] += span;
        }
    }
}
