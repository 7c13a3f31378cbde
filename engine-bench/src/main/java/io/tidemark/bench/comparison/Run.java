package io.tidemark.bench.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.bench.workload.Workload;

/**
 * What one JVM measures. Threads: immutable.
 *
 * @param contender its name
 * @param workload the windows
 * @param keys distinct keys
 * @param patience spins of its consumer; 0 if it has none
 * @param whole whether each round is a run of its own from the first event to the last pane, since the contender is not able to
 *     go on, or would never reach a steady state; else the rounds follow each other in event time, one contender for all
 * @param events of a round
 */
record Run(String contender, Workload workload, int keys, int patience, boolean whole, int events) {

    Run with(int newPatience) {
        return new Run(contender, workload, keys, newPatience, whole, events);
    }

    /** For a line of progress. */
    @JsonIgnore
    String label() {
        return contender + " " + workload.id() + " K=" + keys + (patience > 0 ? " patience=" + patience : "")
                + (whole ? " whole" : "");
    }
}
