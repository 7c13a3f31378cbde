package io.tidemark.bench.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.bench.workload.Workload;

/**
 * What a JVM measures. Threads: immutable.
 *
 * @param contender its name
 * @param workload the windows
 * @param keys distinct keys
 * @param patience spins of its consumer; 0 if it has none
 * @param mode how it is measured
 * @param events of a round; {@link Mode#PACED}: of the run
 */
record Run(String contender, Workload workload, int keys, int patience, Mode mode, int events) {

    /** How a run is measured. */
    enum Mode {
        /** The rounds follow each other in event time, one contender for all. */
        STEADY(""),
        /** {@link #STEADY}, after every built-in window and aggregator ran in the same JVM. */
        MIXED(" mixed"),
        /**
         * Each round is a run of its own from the first event to the last pane, since the contender is not able to go on, or would never
         * reach a steady state.
         */
        WHOLE(" whole"),
        /** {@link #STEADY}, with the time of taking events apart from that of giving results. */
        PARTS(" parts"),
        /** A million events a second, each when it is due: latency. */
        PACED(" paced"),
        /** As many distinct keys as events in one window: heap. */
        RETAINED(" heap");

        private final String label;

        Mode(String label) {
            this.label = label;
        }
    }

    Run with(int newPatience) {
        return new Run(contender, workload, keys, newPatience, mode, events);
    }

    Run with(Mode newMode, int newEvents) {
        return new Run(contender, workload, keys, patience, newMode, newEvents);
    }

    /**
     * Whether it gives other rates in another JVM, as its compiler decides, as its two threads meet, and with tables larger than the core's own
     * cache. (A peer that runs whole is too far away for it to matter.)
     */
    @JsonIgnore
    boolean isUnsteady() {
        return mode == Mode.STEADY || mode == Mode.MIXED || contender.equals("engine-rows");
    }

    /** For a line of progress. */
    @JsonIgnore
    String label() {
        return contender + " " + workload.id() + " K=" + keys + (patience > 0 ? " patience=" + patience : "")
                + mode.label;
    }
}
