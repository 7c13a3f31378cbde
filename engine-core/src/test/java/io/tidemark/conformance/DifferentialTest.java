package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tidemark.conformance.Scenario.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The engine against the brute-force model on random scenarios. A failure names its seed and the shortest scenario found that still
 * fails: {@code -Dseed=N} runs that one alone, {@code -Dtrials=N} more than usual.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS) // as long as is asked for; a seed that hangs is found out here
class DifferentialTest {
    private static final int HANGS_AFTER_SECONDS = 20;
    private static final int TRIALS = Integer.getInteger("trials", 2_000);

    @Test
    void engine_answersAsTheModel() {
        assertThat(forEachSeed(DifferentialTest::differenceFromModel)).isPositive();
    }

    @Test
    void engineOfSeveralShards_answersAsTheModel() {
        assertThat(forEachSeed(DifferentialTest::differenceOfShardsFromModel)).isPositive();
    }

    @Test
    void panesOfAKey_dependNeitherOnShardsNorOnBatches() {
        assertThat(forEachSeed(DifferentialTest::differenceBetweenShards)).isPositive();
    }

    @Test
    void panes_doNotDependOnBatches() {
        assertThat(forEachSeed(DifferentialTest::differenceBetweenBatches)).isPositive();
    }

    @Test
    void twoStages_answerAsTwoModels() {
        assertThat(forEachSeed(TwoStageTrial::difference)).isPositive();
    }

    private interface Check {
        /** What is wrong, or null. */
        @Nullable
        String wrong(Trial trial);
    }

    /** Runs the seeds on a thread of their own, so that one that never comes back is named too. */
    private static int forEachSeed(Check check) {
        AtomicLong current = new AtomicLong();
        FutureTask<Integer> work = new FutureTask<>(() -> forEachSeed(check, current));
        Thread worker = new Thread(work, "trials");
        worker.setDaemon(true);
        worker.start();
        long seed = Long.MIN_VALUE;
        while (true) {
            try {
                return work.get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException slow) {
                if (seed == current.get()) {
                    return fail("seed %d does not come to an end; it is at%n  %s"
                            .formatted(seed, Arrays.toString(worker.getStackTrace())));
                }
                seed = current.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof AssertionError error ? error : new AssertionError(failed.getCause());
            } catch (InterruptedException interrupted) {
                throw new AssertionError("interrupted at seed " + current.get(), interrupted);
            }
        }
    }

    private static int forEachSeed(Check check, AtomicLong current) {
        Long only = Long.getLong("seed");
        long first = only != null ? only : 1;
        long last = only != null ? only : TRIALS;
        int run = 0;
        for (long seed = first; seed <= last; seed++, run++) {
            current.set(seed);
            Trial trial = Trial.random(seed);
            if (guarded(check, trial) != null) {
                Trial shortest = shortest(check, trial);
                fail("seed %d: %s%n%s%ndelay %d, own source %s, steps:%n  %s"
                        .formatted(
                                seed,
                                guarded(check, shortest),
                                shortest.declarations(),
                                shortest.delay(),
                                shortest.ownSource(),
                                String.join(
                                        "\n  ",
                                        shortest.steps().stream()
                                                .map(Step::toString)
                                                .toList())));
            }
        }
        return run;
    }

    private static @Nullable String guarded(Check check, Trial trial) {
        try {
            return check.wrong(trial);
        } catch (RuntimeException | AssertionError thrown) {
            return "threw " + thrown;
        }
    }

    private static @Nullable String differenceFromModel(Trial trial) {
        return difference(ModelTrial.run(trial), EngineTrial.stepByStep(trial, 1));
    }

    private static @Nullable String differenceOfShardsFromModel(Trial trial) {
        int shards = shards(trial);
        List<Answer> expected = new ArrayList<>(ModelTrial.run(trial));
        expected.replaceAll(Answer::inOpenOrder);
        String difference = difference(expected, EngineTrial.stepByStep(trial, shards));
        return difference == null ? null : shards + " shards, " + difference;
    }

    private static int shards(Trial trial) {
        return trial.seed() % 2 == 0 ? 2 : 4;
    }

    private static @Nullable String differenceBetweenShards(Trial trial) {
        Map<String, List<String>> one = EngineTrial.byKeyInBatches(trial, 1, 1);
        int shards = shards(trial);
        Map<String, List<String>> several = EngineTrial.byKeyInBatches(trial, 1 + (int) (trial.seed() % 50), shards);
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(several.keySet());
        for (String key : keys) {
            List<String> wanted = one.getOrDefault(key, List.of());
            List<String> got = several.getOrDefault(key, List.of());
            if (!wanted.equals(got)) {
                return key + ": one shard " + wanted + "\n    " + shards + " shards " + got;
            }
        }
        return null;
    }

    private static @Nullable String difference(List<Answer> expected, List<Answer> actual) {
        for (int i = 0; i < expected.size(); i++) {
            String difference = expected.get(i).difference(actual.get(i));
            if (difference != null) {
                return "windows s" + i + ", " + difference;
            }
        }
        return null;
    }

    private static @Nullable String differenceBetweenBatches(Trial trial) {
        List<String> oneByOne = EngineTrial.inBatches(trial, 1);
        List<String> inBatches = EngineTrial.inBatches(trial, 1 + (int) (trial.seed() % 50));
        for (int i = 0; i < Math.max(oneByOne.size(), inBatches.size()); i++) {
            String wanted = i < oneByOne.size() ? oneByOne.get(i) : "none";
            String got = i < inBatches.size() ? inBatches.get(i) : "none";
            if (!wanted.equals(got)) {
                return "one by one " + wanted + "\n    in batches " + got;
            }
        }
        return null;
    }

    /** Leaves out steps as long as the check still fails. */
    private static Trial shortest(Check check, Trial trial) {
        Trial shortest = trial;
        for (int chunk = Math.max(1, trial.steps().size() / 2); chunk >= 1; chunk /= 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int at = 0; at < shortest.steps().size(); at++) {
                    List<Step> fewer = new ArrayList<>(shortest.steps());
                    fewer.subList(at, Math.min(fewer.size(), at + chunk)).clear();
                    Trial candidate = shortest.with(fewer);
                    if (guarded(check, candidate) != null) {
                        shortest = candidate;
                        shorter = true;
                    }
                }
            }
        }
        return shortest;
    }
}
