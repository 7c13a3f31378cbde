package io.tidemark.bench.compare;

/** Exact totals in two longs each, the lower first, for loops by hand. Threads: touches what it is given alone. */
final class ExactTotals {
    private ExactTotals() {}

    static void add(long[] totals, int at, long value) {
        long low = totals[at];
        long sum = low + value;
        totals[at] = sum;
        if (((low ^ sum) & (value ^ sum)) < 0) {
            totals[at + 1] += value < 0 ? -1 : 1;
        }
    }

    static void subtract(long[] totals, int at, long value) {
        long low = totals[at];
        long difference = low - value;
        totals[at] = difference;
        if (((low ^ value) & (low ^ difference)) < 0) {
            totals[at + 1] += low < 0 ? -1 : 1;
        }
    }
}
