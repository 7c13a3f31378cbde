package io.tidemark;

/**
 * Lets batches form by themselves. A consumer that takes each row as it comes makes a producer in a hurry wait for the cache line that
 * both want, and neither gets on: what took nanoseconds takes a microsecond. So who finds rows in two passes running waits a moment; if
 * many came meanwhile, the producer is in a hurry, and from then on each batch gets the strategy's patience. Rows of a source that is in no
 * hurry are taken at once.
 *
 * <p>Threads: the engine thread.
 */
final class Haste {
    /** Spins of the moment: it costs a source that is in no hurry a microsecond at most, and only where rows follow closely. */
    private static final int MOMENT = 16;
    /** A source that sends a row in so many spins, or more of them, is in a hurry. */
    private static final int SPINS_PER_ROW = 4;

    private boolean found;
    private boolean hurried;

    /** Takes rows of a lane, at most {@code max}; waits for more of them where that makes both sides faster. */
    int take(Lane lane, int max, int patience) {
        int rows = lane.take(max);
        if (rows == 0 || rows == max || patience == 0) {
            hurried = rows > 0;
        } else if (found) {
            rows = takeMore(lane, rows, max, hurried ? patience : Math.min(MOMENT, patience));
        }
        found = rows > 0;
        return rows;
    }

    private int takeMore(Lane lane, int rows, int max, int spins) {
        for (int spin = 0; spin < spins; spin++) {
            Thread.onSpinWait();
        }
        int all = Math.max(rows, lane.take(max));
        hurried = (all - rows) * SPINS_PER_ROW >= spins;
        return all;
    }
}
