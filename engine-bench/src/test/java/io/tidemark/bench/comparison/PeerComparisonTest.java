package io.tidemark.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The program around the figures: its arguments, its files, and what it makes of the outcomes. */
class PeerComparisonTest {
    private static final Run LIMIT = new Run("limit", Workload.TUMBLING, 1_000, 0, Run.Mode.STEADY, 1_000_000);
    private static final Run ENGINE = new Run("engine-rows", Workload.TUMBLING, 1_000, 200, Run.Mode.STEADY, 1_000_000);

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine program =
            PeerComparison.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void help_namesTheExitCodes() {
        assertThat(program.execute("--help")).isZero();
        assertThat(out.toString()).contains("--short", "Exit codes:", "a contender failed");
    }

    @Test
    void anUnknownContender_isRefusedBeforeAnythingRuns() {
        assertThat(program.execute("--contenders", "abacus")).isEqualTo(2);
        assertThat(err.toString()).contains("abacus", "limit", "operator");
    }

    @Test
    void fewerThanFiveRounds_areRefused() {
        assertThat(program.execute("--rounds", "4")).isEqualTo(2);
    }

    @Test
    void aRunOfTheLoops_writesItsFilesAndLeavesOtherTargetsOpen(@TempDir Path folder) {
        int status = program.execute(
                "--short", "--contenders", "limit,index", "--workloads", "W1", "--keys", "1000", "--out", folder + "");

        assertThat(status).as(err.toString()).isZero();
        assertThat(folder.resolve("results.json"))
                .content()
                .contains("\"rates\"", "\"processor\"", "\"--short\"")
                .doesNotContain(folder.toString());
        assertThat(folder.resolve("table.md")).content().contains("not measured", "left out", "| LIMIT");
        assertThat(folder).isDirectoryContaining("glob:**/rates-1000-keys.{png,svg}");
        assertThat(folder.resolve("overview.png")).as("has nothing to show").doesNotExist();
    }

    @Test
    void aRatio_takesTheBestPatienceAndTheSlowestOther() {
        Results results = new Results();
        results.add(outcome(ENGINE, 40, 50, 60));
        results.add(outcome(ENGINE.with(0), 90, 80, 10));
        results.add(outcome(LIMIT, 100, 200, 300));

        Results.Reached reached =
                results.reached(List.of(target(Target.Kind.RATIO, 0.5))).get(0);

        assertThat(reached.figure()).isCloseTo(80 / 200.0, within(1e-9));
        assertThat(reached.isMissed()).isTrue();
        assertThat(results.reached(List.of(target(Target.Kind.RATIO, 0.4)))
                        .get(0)
                        .isMissed())
                .isFalse();
        assertThat(results.reached(List.of(target(Target.Kind.TIME, 2.5)))
                        .get(0)
                        .isMissed())
                .isFalse();
        assertThat(results.reached(List.of(target(Target.Kind.TIME, 2.4)))
                        .get(0)
                        .isMissed())
                .isTrue();
    }

    @Test
    void aTargetOfWhichOneSideIsMissing_isOpenNotMissed() {
        Results results = new Results();
        results.add(outcome(LIMIT, 100));

        Results.Reached reached =
                results.reached(List.of(target(Target.Kind.RATIO, 0.5))).get(0);

        assertThat(reached.figure()).isNull();
        assertThat(reached.isMissed()).isFalse();
    }

    @Test
    void theTable_asksForEveryTargetOnlyOnce() {
        for (Targets.Scale scale : List.of(Targets.Scale.SHORT, Targets.Scale.FULL)) {
            Set<String> lines = new HashSet<>();
            for (Target target : Targets.all(scale)) {
                assertThat(lines.add(target.id() + target.figure() + target.measured() + target.against()))
                        .isTrue();
            }
            assertThat(lines).hasSizeGreaterThan(50);
        }
    }

    @Test
    void aShortTable_hasEveryRivalAndNotMuchMore() {
        Set<Run> runs = new HashSet<>();
        Targets.all(Targets.Scale.SHORT).stream().filter(ShortTable::has).forEach(target -> {
            runs.add(target.measured());
            runs.addAll(target.against());
        });

        assertThat(runs)
                .extracting(Run::contender)
                .contains("limit", "hashmap", "disruptor", "jctools-spsc", "jctools-mpsc", "flink-operator", "jet");
        assertThat(runs).as("five seconds each").hasSizeLessThan(32);
    }

    @Test
    void theSameRunInOtherJvms_addsItsRoundsAndCountsEachJvmTheSame() {
        Results results = new Results();
        results.add(new Outcome(ENGINE, List.of(List.of(10.0, 20.0)), 3, new PaneTally().summary(), Map.of()));
        results.add(new Outcome(ENGINE, List.of(List.of(50.0, 60.0)), 6, new PaneTally().summary(), Map.of()));
        results.add(new Outcome(ENGINE, List.of(List.of(30.0)), 9, new PaneTally().summary(), Map.of()));

        Outcome outcome = Objects.requireNonNull(results.best(ENGINE));
        assertThat(outcome.rates()).containsExactly(List.of(10.0, 20.0), List.of(50.0, 60.0), List.of(30.0));
        assertThat(outcome.median()).as("of the least disturbed").isEqualTo(55);
        assertThat(outcome.bytesPerEvent()).isCloseTo(6, within(1e-9));
    }

    @Test
    void theSameRunInAnotherJvm_addsItsFigures() {
        Results results = new Results();
        for (double p50 : new double[] {3, 1, 2}) {
            results.add(outcome(ENGINE, Figure.P50, p50));
        }
        results.add(outcome(LIMIT, Figure.P50, 4));

        assertThat(figure(results, Target.Kind.FIGURE, LIMIT)).isEqualTo(2);
        assertThat(figure(results, Target.Kind.FIGURE_RATIO, LIMIT)).isEqualTo(0.5);
    }

    @Test
    void flatness_isTheLargestOverTheSmallest() {
        Results results = new Results();
        Run other = LIMIT.with(1);
        results.add(outcome(ENGINE, Figure.P50, 6));
        results.add(outcome(LIMIT, Figure.P50, 8));

        assertThat(figure(results, Target.Kind.FLATNESS, LIMIT)).isCloseTo(8 / 6.0, within(1e-9));
        assertThat(figure(results, Target.Kind.FLATNESS, LIMIT, other)).isCloseTo(8 / 6.0, within(1e-9));
        results.add(outcome(ENGINE, Figure.P50, 14));
        assertThat(figure(results, Target.Kind.FLATNESS, LIMIT)).isCloseTo(10 / 8.0, within(1e-9));
    }

    @Test
    void theBestPause_isTheFastestOfThosePromptEnough() {
        Pauses pauses = new Pauses(200);
        pauses.add(new Pauses.Trial("engine-rows", 0, 0.5, 20));
        pauses.add(new Pauses.Trial("engine-rows", 100, 2, 60));
        pauses.add(new Pauses.Trial("engine-rows", 400, 2.1, 90));

        assertThat(pauses.best(ENGINE).patience()).isEqualTo(100);
        assertThat(pauses.best(ENGINE.with(Run.Mode.PACED, 1)).patience()).isZero();
        assertThat(pauses.best(LIMIT).patience()).isEqualTo(200);
    }

    @Test
    void ifNoPauseIsPromptEnough_thePromptestIsTaken() {
        Pauses pauses = new Pauses(200);
        pauses.add(new Pauses.Trial("engine-rows", 50, 9, 0));
        pauses.add(new Pauses.Trial("engine-rows", 100, 7, 0));
        pauses.add(new Pauses.Trial("engine-rows", 400, 8, 0));

        assertThat(pauses.best(ENGINE).patience()).isEqualTo(100);
    }

    @Test
    void withoutASearch_eachHasWhatSuitedItBefore_unlessOneIsGivenForAll() {
        Run disruptor = new Run("disruptor", Workload.TUMBLING, 1_000, 0, Run.Mode.STEADY, 1_000_000);

        Pauses known = new Pauses(null);
        assertThat(known.best(disruptor).patience()).isEqualTo(50);
        assertThat(known.best(ENGINE).patience()).isEqualTo(Pauses.DEFAULT);
        assertThat(known.best(ENGINE.with(Run.Mode.PACED, 1)).patience()).isZero();
        assertThat(new Pauses(400).best(disruptor).patience()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine-one-by-one", "engine-objects", "engine-shared", "jctools-spsc", "jctools-mpsc"})
    void aPacedRun_measuresEveryWindowThatAnEventEnded(String contender) {
        Run run = new Run(contender, Workload.TUMBLING, 1, 50, Run.Mode.PACED, 30_000);

        Outcome outcome = new PacedRun(run, new Effort(1, 10, 0)).measure(new Contenders().get(contender));

        long warmup = PacedRun.windowOf(PacedRun.SHORT) + 10;
        assertThat(outcome.panes().panes()).isEqualTo(warmup + 30);
        assertThat(outcome.median(Figure.P50)).isPositive();
        assertThat(outcome.median(Figure.LONGEST)).isGreaterThanOrEqualTo(outcome.median(Figure.P99));
    }

    @Test
    void aRetainedRun_findsAFewTimesTenBytesPerKey() {
        int keys = 300_000;
        Run run = new Run("operator", Workload.TUMBLING, keys, 0, Run.Mode.RETAINED, keys);

        Outcome outcome = new RetainedRun(run).measure(new Contenders().get("operator"));

        assertThat(outcome.panes().panes()).isEqualTo(keys);
        assertThat(outcome.median(Figure.PER_KEY)).isBetween(20.0, 120.0);
    }

    private static double figure(Results results, Target.Kind kind, Run... against) {
        Target target = new Target("P9", "some figure", ENGINE, List.of(against), kind, Figure.P50, 1);
        return Objects.requireNonNull(results.reached(List.of(target)).get(0).figure());
    }

    private static Outcome outcome(Run run, Figure figure, double value) {
        return new Outcome(run, List.of(List.of(1.0)), 0, new PaneTally().summary(), Map.of(figure, List.of(value)));
    }

    private static Target target(Target.Kind kind, double bound) {
        return new Target("P4", "engine", ENGINE, List.of(LIMIT), kind, null, bound);
    }

    private static Outcome outcome(Run run, double... rates) {
        List<Double> list = Arrays.stream(rates).boxed().toList();
        return new Outcome(run, List.of(list), 0, new PaneTally().summary(), Map.of());
    }
}
