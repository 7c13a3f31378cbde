package io.tidemark;

/**
 * Whether a source is in a hurry: then its rows are better waited for a little, so that batches form. A consumer that takes each row as it
 * comes makes a producer in a hurry wait for the cache line that both want, and neither gets on: what takes nanoseconds then takes a
 * microsecond. So who finds rows in two passes running waits a moment; if many came meanwhile, the source is in a hurry, and each
 * batch gets the strategy's patience until few come. Rows of a source that is in no hurry are taken at once.
 *
 * <p>Threads: the engine thread.
 */
final class Haste {
    /** Spins of the moment. It costs a source that is in no hurry a microsecond at most, and only where rows follow closely. */
    static final int MOMENT = 16;
    /** A source that sends a row in so many spins, or more than one, is in a hurry. */
    static final int SPINS_PER_ROW = 4;

    private boolean found;
    private boolean hurried;

    /**
     * How many spins to wait for more rows.
     *
     * @param rows that the pass found
     * @param max most rows that it takes
     * @param patience the strategy's
     */
    int spins(int rows, int max, int patience) {
        int spins = 0;
        if (rows == 0 || rows == max) {
            hurried = rows > 0;
        } else if (found) {
            spins = hurried ? patience : Math.min(MOMENT, patience);
        }
        found = rows > 0;
        return spins;
    }

    /** Notes how many rows came in so many spins. */
    void waited(int spins, int rows) {
        hurried = rows >= spins / SPINS_PER_ROW;
    }
}
