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

    /** One pane of a key. */
    public void add(long key, long start, long end, long count, long sum) {
        panes++;
        events += count;
        total += sum;
        long hash = (((key * 31 + start) * 31 + end) * 31 + count) * 31 + sum;
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
     * @param events the sum of their counts; an event counts once for each window it is in
     * @param total the sum of their sums
     * @param checksum over key, bounds, count and sum of each
     */
    public record Summary(long panes, long events, long total, long checksum) {

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
