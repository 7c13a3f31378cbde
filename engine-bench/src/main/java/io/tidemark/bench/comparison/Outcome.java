package io.tidemark.bench.comparison;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.bench.workload.PaneTally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run gave. Threads: immutable.
 *
 * @param run which one
 * @param rates millions of events per second, a figure per round in their order
 * @param bytesPerEvent allocated in the JVM during the measured rounds, the events' own objects included
 * @param panes of all rounds, equal to those of the loop by hand
 * @param figures what else was measured, a figure per round
 */
@JsonIgnoreProperties(value = "median", allowGetters = true)
record Outcome(
        Run run, List<Double> rates, double bytesPerEvent, PaneTally.Summary panes, Map<Figure, List<Double>> figures) {

    /** Keeps a copy of the figures. */
    Outcome {
        rates = List.copyOf(rates);
        figures = Map.copyOf(figures);
    }

    /** The median rate. */
    @JsonProperty
    double median() {
        return Median.of(rates);
    }

    /** The median of something else; there is one. */
    double median(Figure figure) {
        return Median.of(figures.getOrDefault(figure, List.of()));
    }

    double lowest() {
        return rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** This, and what the same run gave in another JVM. */
    Outcome and(Outcome again) {
        Map<Figure, List<Double>> both = new EnumMap<>(Figure.class);
        figures.forEach((figure, list) ->
                both.put(figure, joined(list, again.figures.getOrDefault(figure, List.of()))));
        return new Outcome(
                run,
                joined(rates, again.rates),
                (bytesPerEvent + again.bytesPerEvent) / 2,
                panes.plus(again.panes),
                both);
    }

    private static List<Double> joined(List<Double> first, List<Double> second) {
        List<Double> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
