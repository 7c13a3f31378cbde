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
        long hash = (((key * 31 + start) * 31 + end) * 31 + count) * 31 + value;
        hash = (hash ^ (hash >>> 32)) * ODD;
        checksum += hash ^ (hash >>> 29);
    }

    /** What was added so far. */
    public Summary summary() {
        return new Summary(panes, events, total, checksum);
    }

    /**
     * The sums over panes; equal for equal sets of panes.
     *
     * @param panes how many
     * @param events the sum of their counts, if they have one; an event counts once for each window it is in
     * @param total the sum of their values
     * @param checksum over key, bounds, count and value of each
     */
    public record Summary(long panes, long events, long total, long checksum) {

        /** Both together. */
        public Summary plus(Summary other) {
            return new Summary(
                    panes + other.panes, events + other.events, total + other.total, checksum + other.checksum);
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
            require(new Summary(panes, expectedEvents, expectedTotal, checksum), contender);
        }
    }
}
