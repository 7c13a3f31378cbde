package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import java.util.Arrays;

/**
 * {@link PlainSessions} with what the engine's contract asks besides: a key has any number of live sessions, however late its events
 * are and whatever holes the stream has, and is forgotten with its last one; events that are too late are told from others, sums are
 * exact, a result has its count, so that a sum may be 0, and results come in the order of their end, their start and their beginning.
 * It shows what of the distance to the plain loop is owed to the contract, whoever keeps it.
 *
 * <p>It still leaves out what the operator must do: batches of rows, long gaps, jumps of time that cost no more than the sessions that
 * live (here time goes by in single milliseconds), lateness that is allowed, any aggregation but this one.
 *
 * <p>Threads: belongs to one thread. Units: milliseconds.
 */
final class ContractSessions implements Contender {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    /** Longs of a session, a cache line: key, bounds, count, exact sum, links, and how many sessions began before it. */
    private static final int ENTRY = 8;

    static final int START = 1;
    private static final int END = 2;
    private static final int COUNT = 3;
    private static final int SUM = 4;
    private static final int CARRY = 5;

    /** The next session in the bucket in the lower half, the next one in the wheel in the upper. */
    private static final int LINKS = 6;

    static final int NUMBER = 7;

    private static final int NONE = -1;
    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    /** The end of a session that became part of another. */
    private static final long ABSORBED = Long.MIN_VALUE;

    /** From so many buckets on, which no near cache holds, they are half full at most and no longer a quarter. */
    private static final int MANY_BUCKETS = 1 << 15;

    private final long gap;
    private final long delay;
    private final PaneTally tally = new PaneTally();

    private long[] sessions = new long[1024 * ENTRY];
    private int limit;
    private int firstFree = NONE;
    private int live;
    private long begun;

    /** The first session of the list of each hash; in it, those of a key are in order, the newest first. */
    private int[] buckets = new int[1024];

    private int shift = Long.SIZE - 10;

    /** The first session of the list of each millisecond. */
    private final int[] wheel;

    private long watermark = Long.MIN_VALUE;
    private final DueSessions due = new DueSessions();

    /** Sessions that end after more than {@code gap} of silence, {@code delay} behind the newest event. */
    ContractSessions(long gap, long delay) {
        this.gap = gap;
        this.delay = delay;
        wheel = new int[Integer.highestOneBit(Math.toIntExact(2 * (gap + delay))) << 1];
        Arrays.fill(wheel, NONE);
        Arrays.fill(buckets, NONE);
    }

    @Override
    public void process(long[] rows) {
        if (watermark == Long.MIN_VALUE) {
            watermark = rows[EventStream.TIMESTAMP] - delay;
        }
        long newest = watermark + delay;
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long timestamp = rows[row + EventStream.TIMESTAMP];
            long key = rows[row + EventStream.KEY];
            long value = rows[row + EventStream.VALUE];
            long[] entries = sessions;
            int session = buckets[bucketOf(key)];
            while (session != NONE && entries[session] != key) {
                session = nextInBucket(entries, session);
            }
            if (session != NONE && timestamp >= entries[session + START] && timestamp <= entries[session + END]) {
                entries[session + END] = Math.max(entries[session + END], timestamp + gap);
                accumulate(entries, session, value);
            } else {
                addOutside(session, key, timestamp, value);
            }
            if (timestamp > newest) {
                newest = timestamp;
                advance(timestamp - delay);
            }
        }
    }

    private static void accumulate(long[] entries, int session, long value) {
        entries[session + COUNT]++;
        ExactTotals.add(entries, session + SUM, value);
    }

    /** Adds an event that is not in the newest session of its key, if there is one. */
    private void addOutside(int newest, long key, long timestamp, long value) {
        boolean inFront = newest == NONE || timestamp > sessions[newest + END];
        int merged = inFront ? NONE : merge(newest, key, timestamp);
        if (merged != NONE) {
            accumulate(sessions, merged, value);
        } else if (timestamp + gap <= watermark) {
            tally.addLate(key, timestamp, value);
        } else if (inFront) {
            int session = begin(key, timestamp, value);
            int bucket = bucketOf(key);
            setNextInBucket(session, buckets[bucket]);
            buckets[bucket] = session;
        } else {
            int session = begin(key, timestamp, value);
            int newer = newest;
            for (int other = newest; other != NONE; other = nextInBucket(sessions, other)) {
                if (sessions[other] == key && sessions[other + START] > timestamp) {
                    newer = other;
                }
            }
            setNextInBucket(session, nextInBucket(sessions, newer));
            setNextInBucket(newer, session);
        }
    }

    /** Makes one of all sessions that an event touches, the newest of them, and lets it reach as far as the event; or none. */
    private int merge(int newest, long key, long timestamp) {
        long[] entries = sessions;
        long start = timestamp;
        long end = timestamp + gap;
        int merged = NONE;
        for (int other = newest; other != NONE; other = nextInBucket(entries, other)) {
            if (entries[other] == key && entries[other + START] <= end && entries[other + END] >= start) {
                start = Math.min(start, entries[other + START]);
                end = Math.max(end, entries[other + END]);
                if (merged == NONE) {
                    merged = other;
                } else {
                    absorb(entries, merged, other);
                }
            }
        }
        if (merged != NONE) {
            entries[merged + START] = start;
            entries[merged + END] = end;
        }
        return merged;
    }

    /** The absorbed session's place is free once the wheel has come to it. */
    private void absorb(long[] entries, int session, int absorbed) {
        entries[session + COUNT] += entries[absorbed + COUNT];
        ExactTotals.add(entries, session + SUM, entries[absorbed + SUM]);
        entries[session + CARRY] += entries[absorbed + CARRY];
        entries[session + NUMBER] = Math.min(entries[session + NUMBER], entries[absorbed + NUMBER]);
        entries[absorbed + END] = ABSORBED;
        removeFromBucket(absorbed);
    }

    /** A session that waits for its end, in no bucket yet. */
    private int begin(long key, long timestamp, long value) {
        int session = firstFree;
        if (session != NONE) {
            firstFree = nextInBucket(sessions, session);
        } else {
            if (limit == sessions.length) {
                sessions = Arrays.copyOf(sessions, 2 * limit);
            }
            session = limit;
            limit += ENTRY;
        }
        if (live >= buckets.length >> (buckets.length < MANY_BUCKETS ? 2 : 1)) {
            growBuckets();
        }
        live++;
        long[] entries = sessions;
        entries[session] = key;
        entries[session + START] = timestamp;
        entries[session + END] = timestamp + gap;
        entries[session + COUNT] = 1;
        entries[session + SUM] = value;
        entries[session + CARRY] = 0;
        entries[session + NUMBER] = begun++;
        await(entries, session);
        return session;
    }

    private int bucketOf(long key) {
        return (int) ((key * GOLDEN_RATIO) >>> shift);
    }

    private static int nextInBucket(long[] entries, int session) {
        return (int) entries[session + LINKS];
    }

    private void setNextInBucket(int session, int next) {
        sessions[session + LINKS] = (sessions[session + LINKS] & ~LOWER_HALF) | (next & LOWER_HALF);
    }

    private void growBuckets() {
        int[] old = buckets;
        buckets = new int[2 * old.length];
        shift--;
        Arrays.fill(buckets, NONE);
        for (int first : old) {
            int session = first;
            while (session != NONE) {
                int next = nextInBucket(sessions, session);
                setNextInBucket(session, NONE);
                relink(bucketOf(sessions[session]), NONE, session);
                session = next;
            }
        }
    }

    private void removeFromBucket(int session) {
        live--;
        relink(bucketOf(sessions[session]), session, nextInBucket(sessions, session));
    }

    /** Lets what leads to a session of a bucket, or to the end of its list, lead elsewhere. */
    private void relink(int bucket, int session, int to) {
        int before = buckets[bucket];
        if (before == session) {
            buckets[bucket] = to;
            return;
        }
        while (nextInBucket(sessions, before) != session) {
            before = nextInBucket(sessions, before);
        }
        setNextInBucket(before, to);
    }

    private void await(long[] entries, int session) {
        int at = (int) entries[session + END] & (wheel.length - 1);
        entries[session + LINKS] = (entries[session + LINKS] & LOWER_HALF) | (long) wheel[at] << Integer.SIZE;
        wheel[at] = session;
    }

    /** As in {@link PlainSessions}, with the sessions of a millisecond in order. */
    private void advance(long to) {
        long[] entries = sessions;
        while (watermark < to) {
            watermark++;
            int at = (int) watermark & (wheel.length - 1);
            int session = wheel[at];
            wheel[at] = NONE;
            while (session != NONE) {
                int next = (int) (entries[session + LINKS] >> Integer.SIZE);
                long end = entries[session + END];
                if (end > watermark) {
                    await(entries, session);
                } else if (end == ABSORBED) {
                    free(session);
                } else {
                    due.add(session);
                }
                session = next;
            }
            close(entries);
        }
    }

    private void close(long[] entries) {
        due.sort(entries);
        for (int i = 0; i < due.size(); i++) {
            int session = due.get(i);
            if (entries[session + CARRY] != 0) {
                throw new ArithmeticException("the sum of a session does not fit a long");
            }
            tally.add(entries[session], entries[session + START], entries[session + END], entries[session + SUM]);
            removeFromBucket(session);
            free(session);
        }
        due.clear();
    }

    private void free(int session) {
        setNextInBucket(session, firstFree);
        firstFree = session;
    }

    @Override
    public PaneTally.Summary finish() {
        advance(watermark + delay + gap);
        return tally.summary();
    }
}
