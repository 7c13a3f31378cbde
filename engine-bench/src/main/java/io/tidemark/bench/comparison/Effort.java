package io.tidemark.bench.comparison;

/**
 * How a run is measured. Threads: immutable.
 *
 * @param rounds measured rounds
 * @param warmupMillis rounds that do not count are played for so long
 * @param heapMebibytes of the JVM
 */
record Effort(int rounds, long warmupMillis, int heapMebibytes) {
    /** Of a full run. */
    static final Effort FULL = new Effort(7, 2_500, 3_072);

    /** Of a short run: to touch a larger heap takes seconds. */
    static final Effort SHORT = new Effort(5, 2_000, 1_024);

    Effort withRounds(int others) {
        return new Effort(others, warmupMillis, heapMebibytes);
    }
}
