package io.tidemark;

/**
 * Whether a source is in a hurry: then its rows are better waited for a little, so that batches form. A consumer that takes each row as it
 * comes makes a producer in a hurry wait for the cache line that both want, and neither gets on: what takes nanoseconds then takes a
 * microsecond. So who finds rows in two passes that follow closely waits a moment; if many came meanwhile, the source is in a hurry, and
 * each batch that is not full gets the strategy's patience until few come. Rows of a source that is in no hurry are taken at once, or
 * after that moment. A thread that has many sources to look at comes back late enough for batches to have formed, and never waits for one
 * that it does not know to be in a hurry.
 *
 * <p>Threads: the engine thread.
 */
final class Haste {
    /** Spins of the moment: a microsecond at most. */
    static final int MOMENT = 16;
    /** A source that sends a row in so many spins, or more than one, is in a hurry. */
    static final int SPINS_PER_ROW = 4;

    /** Passes that begin within so many nanoseconds follow closely. */
    static final long CLOSE = 2_000;

    private boolean found;
    private long foundNanos;
    private boolean hurried;

    /**
     * How many spins to wait for more rows.
     *
     * @param rows that the pass found
     * @param max most rows that it takes
     * @param patience the strategy's
     * @param now when the pass began, in nanoseconds
     */
    int spins(int rows, int max, int patience, long now) {
        boolean again = found && now - foundNanos < CLOSE;
        found = rows > 0;
        foundNanos = now;
        if (rows == 0 || rows == max) {
            hurried = rows > 0;
            return 0;
        }
        return hurried ? patience : again ? Math.min(MOMENT, patience) : 0;
    }

    /** Notes how many rows came in so many spins. */
    void waited(int spins, int rows) {
        hurried = rows >= spins / SPINS_PER_ROW;
    }
}
