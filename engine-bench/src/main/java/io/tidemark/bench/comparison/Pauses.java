package io.tidemark.bench.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How patient each consumer is: what is known to suit it, unless a search found something better.
 *
 * <p>Threads: belongs to one thread. Units: spins.
 */
final class Pauses {
    /** The engine's default. */
    static final int DEFAULT = 200;

    /** All that a search tries. */
    static final List<Integer> ALL = List.of(0, 50, 100, 200, 400, 1_000);

    /** What a search found for rivals, for when there is none. */
    private static final Map<String, Integer> FOUND = Map.of("disruptor", 50, "jctools-spsc", 100, "jctools-mpsc", 100);

    /** Contenders that are compared for their hand-off, each at its best. */
    static final List<String> SEARCHED = List.of(
            "engine-one-by-one", "disruptor", "engine-objects", "jctools-spsc", "engine-shared", "jctools-mpsc");

    /** A consumer may not delay the median window more than so many microseconds at a million events a second. */
    static final double LONGEST_P50 = 2;

    /** Two producers find the consumer that one finds. */
    private static final String BY_TWO = "-by-two";

    private final @Nullable Integer given;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<String, Trial> fastest = new HashMap<>();
    private final Map<String, Trial> promptest = new HashMap<>();

    /** None searched yet: until then the given one for all, or if it is null, what was found for each before. */
    Pauses(@Nullable Integer given) {
        this.given = given;
    }

    /**
     * One pause of one contender.
     *
     * @param p50 microseconds from when an event is due to the callback of the window that it ends
     * @param rate millions of events per second; 0 if that was too long, and so not tried
     */
    record Trial(String contender, int pause, double p50, double rate) {
        boolean isPromptEnough() {
            return p50 <= LONGEST_P50;
        }
    }

    void add(Trial trial) {
        trials.add(trial);
        promptest.merge(trial.contender, trial, (one, other) -> other.p50 < one.p50 ? other : one);
        fastest.merge(trial.contender, trial, (one, other) -> isBetter(other, one) ? other : one);
    }

    /** If no pause is prompt enough, the promptest has to do. */
    private static boolean isBetter(Trial trial, Trial than) {
        if (trial.isPromptEnough() && than.isPromptEnough()) {
            return trial.rate > than.rate;
        }
        return trial.p50 < than.p50;
    }

    List<Trial> trials() {
        return trials;
    }

    /** The run at its contender's best pause: the promptest for latency, else the fastest of those that are prompt enough. */
    Run best(Run run) {
        Trial best = (run.mode() == Run.Mode.PACED ? promptest : fastest).get(consumer(run));
        return run.with(best == null ? unlessSearched(run) : best.pause);
    }

    private int unlessSearched(Run run) {
        if (given != null) {
            return given;
        }
        return run.mode() == Run.Mode.PACED ? 0 : FOUND.getOrDefault(consumer(run), DEFAULT);
    }

    /** The contender whose consumer a run has. */
    static String consumer(Run run) {
        return run.contender().replace(BY_TWO, "");
    }
}
