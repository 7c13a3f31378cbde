package io.tidemark.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcomes so far, and what they say about the targets. Threads: belongs to one thread. */
final class Results {
    /** Bytes of the object that such a contender makes for each event, which is the caller's. */
    private static final double OWN_OBJECT = 40;

    private static final Set<String> MAKES_OBJECTS = Set.of("engine-objects", "engine-shared");

    private final Map<Run, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Run, String> failures = new LinkedHashMap<>();

    /** Adds an outcome to what the same run gave before, if it did. */
    void add(Outcome outcome) {
        outcomes.merge(outcome.run(), outcome, Outcome::and);
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
            return figure != null && target.target() != 0 && !target.isMetBy(figure);
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
        List<Outcome> others = new ArrayList<>();
        for (Run against : target.against()) {
            Outcome other = best(against);
            if (other == null) {
                return null;
            }
            others.add(other);
        }
        if (measured == null
                || (target.kind() == Target.Kind.FIGURE && !measured.figures().containsKey(figureOf(target)))) {
            return null;
        }
        return figure(target, measured, others);
    }

    private static double figure(Target target, Outcome measured, List<Outcome> others) {
        return switch (target.kind()) {
            case BYTES -> {
                boolean makesObjects = MAKES_OBJECTS.contains(measured.run().contender());
                yield Math.max(0, measured.bytesPerEvent() - (makesObjects ? OWN_OBJECT : 0));
            }
            case RATIO -> measured.median() / slowest(others);
            case TIME -> slowest(others) / measured.median();
            case FIGURE -> measured.median(figureOf(target));
            case FIGURE_RATIO ->
                measured.median(figureOf(target)) / others.get(0).median(figureOf(target));
            case FLATNESS -> {
                double smallest = measured.median(figureOf(target));
                double largest = smallest;
                for (Outcome other : others) {
                    smallest = Math.min(smallest, other.median(figureOf(target)));
                    largest = Math.max(largest, other.median(figureOf(target)));
                }
                yield largest / smallest;
            }
        };
    }

    private static Figure figureOf(Target target) {
        return Objects.requireNonNull(target.figure(), target.what());
    }

    private static double slowest(List<Outcome> outcomes) {
        return outcomes.stream().mapToDouble(Outcome::median).min().orElseThrow();
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
