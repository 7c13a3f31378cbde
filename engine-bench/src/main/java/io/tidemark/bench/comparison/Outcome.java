package io.tidemark.bench.comparison;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.bench.workload.PaneTally;
import java.util.List;

/**
 * What a run gave. Threads: immutable.
 *
 * @param run which one
 * @param rates millions of events per second, a figure per round in their order
 * @param bytesPerEvent allocated in the JVM during the measured rounds, the events' own objects included
 * @param panes of all rounds, equal to those of the loop by hand
 */
@JsonIgnoreProperties(value = "median", allowGetters = true)
record Outcome(Run run, List<Double> rates, double bytesPerEvent, PaneTally.Summary panes) {

    /** Keeps a copy of the rates. */
    Outcome {
        rates = List.copyOf(rates);
    }

    /** The median rate. */
    @JsonProperty
    double median() {
        List<Double> sorted = rates.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double lowest() {
        return rates.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double highest() {
        return rates.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
