package io.tidemark.bench.comparison;

/**
 * How long a run is measured. Threads: immutable.
 *
 * @param rounds measured rounds
 * @param warmupMillis rounds that do not count are played for so long
 */
record Effort(int rounds, long warmupMillis) {}
