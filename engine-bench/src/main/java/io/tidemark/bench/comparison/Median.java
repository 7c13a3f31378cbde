package io.tidemark.bench.comparison;

import java.util.List;

/** The middle of several figures. Threads: safe from any. */
final class Median {

    private Median() {}

    /** The median; there is at least one. */
    static double of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
