package io.tidemark.bench.comparison;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.bench.workload.PaneTally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a run gave. Threads: immutable.
 *
 * @param run which one
 * @param rates millions of events per second: of each JVM, a figure per round in their order
 * @param bytesPerEvent allocated in the JVM during the measured rounds, the events' own objects included
 * @param panes of all rounds, equal to those of the loop by hand
 * @param figures what else was measured, a figure per JVM
 */
@JsonIgnoreProperties(value = "median", allowGetters = true)
record Outcome(
        Run run,
        List<List<Double>> rates,
        double bytesPerEvent,
        PaneTally.Summary panes,
        Map<Figure, List<Double>> figures) {

    /** Keeps a copy of the figures. */
    Outcome {
        rates = rates.stream().map(List::copyOf).toList();
        figures = Map.copyOf(figures);
    }

    /** The median rate of the JVM that was disturbed least: of the medians of their rounds the highest. */
    @JsonProperty
    double median() {
        return rates.stream().mapToDouble(Median::of).max().orElseThrow();
    }

    /** The median of something else; there is one. */
    double median(Figure figure) {
        return Median.of(figures.getOrDefault(figure, List.of()));
    }

    double lowest() {
        return rounds().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return rounds().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private Stream<Double> rounds() {
        return rates.stream().flatMap(List::stream);
    }

    /** This, and what the same run gave in another JVM. */
    Outcome and(Outcome again) {
        Map<Figure, List<Double>> both = new EnumMap<>(Figure.class);
        figures.forEach((figure, list) ->
                both.put(figure, joined(list, again.figures.getOrDefault(figure, List.of()))));
        int jvms = rates.size();
        int others = again.rates.size();
        return new Outcome(
                run,
                joined(rates, again.rates),
                (bytesPerEvent * jvms + again.bytesPerEvent * others) / (jvms + others),
                panes.plus(again.panes),
                both);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
