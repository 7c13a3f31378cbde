package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * Sessions with the sum as one would write them for exactly this workload: one cache line per key, which holds the key's last two
 * sessions, and a wheel with a list of keys for each millisecond to come in which a session may end. A key waits at the time at which
 * its older session would have ended when it was put there; found too early, it goes on to the next. No ring, no batches, nothing
 * generic. The limit that the operator is measured against. Frozen: do not tune it together with the operator.
 *
 * <p>It leaves out what the operator must do besides: no event is late, events are out of order by less than the gap, and the
 * stream has no hole as long as the gap, so a key has two live sessions at most; sums may wrap, the number of keys is known, no value
 * is 0, so that a sum of 0 means that there is no session.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
public final class PlainSessions implements Contender {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of a table entry, a cache line: key, two sessions, and the next entry of the list it is in. */
    private static final int ENTRY = 8;

    private static final int START = 1;
    private static final int LAST = 2;
    private static final int SUM = 3;
    private static final int OLDER_START = 4;
    private static final int OLDER_LAST = 5;
    private static final int OLDER_SUM = 6;
    private static final int NEXT = 7;

    private static final int NONE = -1;

    private final long gap;
    private final long delay;
    private final PaneTally tally = new PaneTally();
    private final int shift;
    private final int mask;
    private final long[] table;

    /** The first entry of the list of each millisecond. */
    private final int[] wheel;

    private final int wheelMask;
    private long watermark = Long.MIN_VALUE;

    /** Sessions that end after more than {@code gap} of silence, for at most {@code keys} keys, {@code delay} behind the newest event. */
    public PlainSessions(int keys, long gap, long delay) {
        this.gap = gap;
        this.delay = delay;
        int slots = Integer.highestOneBit(2 * keys - 1) << 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        mask = slots * ENTRY - 1;
        table = new long[slots * ENTRY];
        for (int entry = 0; entry < table.length; entry += ENTRY) {
            table[entry] = NONE; // no key is negative
        }
        int times = Integer.highestOneBit(Math.toIntExact(2 * (gap + delay))) << 1;
        wheel = new int[times];
        wheelMask = times - 1;
        Arrays.fill(wheel, NONE);
    }

    @Override
    public void process(long[] rows) {
        if (watermark == Long.MIN_VALUE) {
            watermark = rows[EventStream.TIMESTAMP] - delay;
        }
        long newest = watermark + delay;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            add(timestamp, rows[row + EventStream.KEY], rows[row + EventStream.VALUE]);
            if (timestamp > newest) {
                newest = timestamp;
                advance(timestamp - delay);
            }
        }
    }

    private void add(long timestamp, long key, long value) {
        long[] entries = table;
        int entry = (int) ((key * GOLDEN_RATIO) >>> shift) * ENTRY;
        while (entries[entry] != key) {
            if (entries[entry] == NONE) {
                entries[entry] = key;
                break;
            }
            entry = (entry + ENTRY) & mask;
        }
        long sum = entries[entry + SUM];
        if (sum != 0 && timestamp <= entries[entry + LAST] + gap) {
            entries[entry + SUM] = sum + value;
            if (timestamp > entries[entry + LAST]) {
                entries[entry + LAST] = timestamp;
            } else if (timestamp < entries[entry + START]) {
                growBackwards(entry, timestamp);
            }
        } else {
            begin(entry, timestamp, value);
        }
    }

    /** Lets the newer session start earlier; it may then touch the older one. */
    private void growBackwards(int entry, long timestamp) {
        table[entry + START] = timestamp;
        if (table[entry + OLDER_SUM] != 0 && timestamp <= table[entry + OLDER_LAST] + gap) {
            table[entry + START] = Math.min(timestamp, table[entry + OLDER_START]);
            table[entry + SUM] += table[entry + OLDER_SUM];
            table[entry + OLDER_SUM] = 0;
        }
    }

    private void begin(int entry, long timestamp, long value) {
        if (table[entry + SUM] == 0) {
            await(entry, timestamp + gap);
        } else {
            table[entry + OLDER_START] = table[entry + START];
            table[entry + OLDER_LAST] = table[entry + LAST];
            table[entry + OLDER_SUM] = table[entry + SUM];
        }
        table[entry + START] = timestamp;
        table[entry + LAST] = timestamp;
        table[entry + SUM] = value;
    }

    private void await(int entry, long time) {
        int at = (int) time & wheelMask;
        table[entry + NEXT] = wheel[at];
        wheel[at] = entry;
    }

    private void advance(long to) {
        while (watermark < to) {
            watermark++;
            int at = (int) watermark & wheelMask;
            int entry = wheel[at];
            wheel[at] = NONE;
            while (entry != NONE) {
                int next = (int) table[entry + NEXT];
                close(entry);
                entry = next;
            }
        }
    }

    /** Gives what has ended of a key, and lets it wait for the end of what has not. */
    private void close(int entry) {
        long[] entries = table;
        if (entries[entry + OLDER_SUM] != 0) {
            long end = entries[entry + OLDER_LAST] + gap;
            if (end > watermark) {
                await(entry, end);
                return;
            }
            tally.add(entries[entry], entries[entry + OLDER_START], end, entries[entry + OLDER_SUM]);
            entries[entry + OLDER_SUM] = 0;
        }
        long end = entries[entry + LAST] + gap;
        if (end > watermark) {
            await(entry, end);
        } else {
            tally.add(entries[entry], entries[entry + START], end, entries[entry + SUM]);
            entries[entry + SUM] = 0;
        }
    }

    @Override
    public PaneTally.Summary finish() {
        advance(watermark + delay + gap);
        return tally.summary();
    }
}
