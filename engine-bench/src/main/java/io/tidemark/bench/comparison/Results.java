package io.tidemark.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outcomes so far, and what they say about the targets. Threads: belongs to one thread. */
final class Results {
    /** Bytes of the object that such a contender makes for each event, which is the caller's. */
    private static final double OWN_OBJECT = 40;

    private final Map<Run, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Run, String> failures = new LinkedHashMap<>();

    void add(Outcome outcome) {
        outcomes.put(outcome.run(), outcome);
    }

    void addFailure(Run run, String message) {
        failures.put(run, message);
    }

    Collection<Outcome> outcomes() {
        return outcomes.values();
    }

    Map<Run, String> failures() {
        return failures;
    }

    /** A target with what was reached; null if something it needs was not measured. */
    record Reached(Target target, @Nullable Double figure) {
        boolean isMissed() {
            return figure != null && !target.isMetBy(figure);
        }
    }

    List<Reached> reached(List<Target> targets) {
        List<Reached> reached = new ArrayList<>();
        for (Target target : targets) {
            reached.add(new Reached(target, figure(target)));
        }
        return reached;
    }

    private @Nullable Double figure(Target target) {
        Outcome measured = best(target.measured());
        if (measured == null) {
            return null;
        }
        if (target.kind() == Target.Kind.BYTES) {
            boolean objects = measured.run().contender().equals("engine-objects")
                    || measured.run().contender().equals("engine-shared");
            return Math.max(0, measured.bytesPerEvent() - (objects ? OWN_OBJECT : 0));
        }
        double slowest = Double.MAX_VALUE;
        for (Run against : target.against()) {
            Outcome other = best(against);
            if (other == null) {
                return null;
            }
            slowest = Math.min(slowest, other.median());
        }
        return target.kind() == Target.Kind.TIME ? slowest / measured.median() : measured.median() / slowest;
    }

    /** The outcome of this run, at whichever patience it was fastest. */
    @Nullable
    Outcome best(Run run) {
        Outcome best = null;
        for (Outcome outcome : outcomes.values()) {
            if (outcome.run().with(0).equals(run.with(0)) && (best == null || outcome.median() > best.median())) {
                best = outcome;
            }
        }
        return best;
    }
}
