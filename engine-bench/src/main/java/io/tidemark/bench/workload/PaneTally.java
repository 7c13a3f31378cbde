package io.tidemark.bench.workload;

/**
 * Adds up panes, so that two contenders can be compared without keeping what they gave. The order of panes does not matter.
 *
 * <p>Threads: belongs to one thread at a time. Cost: a few multiplications per pane, the same for every contender.
 */
public final class PaneTally {
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private long panes;
    private long events;
    private long total;
    private long late;
    private long checksum;

    /** One pane of a key with a value alone. */
    public void add(long key, long start, long end, long value) {
        add(key, start, end, 0, value);
    }

    /** One pane of a key with the number of its events and a value. */
    public void add(long key, long start, long end, long count, long value) {
        panes++;
        events += count;
        total += value;
        checksum += mix((((key * 31 + start) * 31 + end) * 31 + count) * 31 + value);
    }

    /** One event that came too late for its window. */
    public void addLate(long key, long timestamp, long value) {
        late++;
        checksum += mix((key * 31 + timestamp) * 31 + value);
    }

    /** One pane of which nothing but its value is kept: the least that a callback can do. No checksum then tells it from others. */
    public void addUnchecked(long value) {
        panes++;
        total += value;
    }

    private static long mix(long sum) {
        long hash = (sum ^ (sum >>> 32)) * ODD;
        return hash ^ (hash >>> 29);
    }

    /** What was added so far. */
    public Summary summary() {
        return new Summary(panes, events, total, late, checksum);
    }

    /**
     * The sums over panes; equal for equal sets of panes.
     *
     * @param panes how many
     * @param events the sum of their counts, if they have one; an event counts once for each window it is in
     * @param total the sum of their values
     * @param late events that were too late
     * @param checksum over key, bounds, count and value of each pane, and key, timestamp and value of each late event
     */
    public record Summary(long panes, long events, long total, long late, long checksum) {

        /** Both together. */
        public Summary plus(Summary other) {
            return new Summary(
                    panes + other.panes,
                    events + other.events,
                    total + other.total,
                    late + other.late,
                    checksum + other.checksum);
        }

        /** What {@link PaneTally#addUnchecked} keeps of these panes. */
        public Summary unchecked() {
            return new Summary(panes, 0, total, 0, 0);
        }

        /**
         * Ends a benchmark whose results are wrong.
         *
         * @throws IllegalStateException if this is not {@code expected}
         */
        public void require(Summary expected, String contender) {
            if (!equals(expected)) {
                throw new IllegalStateException(contender + " gave " + this + ", not " + expected);
            }
        }

        /**
         * Ends a benchmark that lost or doubled events on the way.
         *
         * @throws IllegalStateException if these panes do not hold exactly so many events with this total
         */
        public void requireContents(long expectedEvents, long expectedTotal, String contender) {
            require(new Summary(panes, expectedEvents, expectedTotal, late, checksum), contender);
        }
    }
}
