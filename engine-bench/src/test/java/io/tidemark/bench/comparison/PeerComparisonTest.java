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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(folder.resolve("results.json")).content().contains("\"rates\"", "\"processor\"");
        assertThat(folder.resolve("table.md")).content().contains("not measured", "| LIMIT");
        assertThat(folder).isDirectoryContaining("glob:**/rates-1000-keys.{png,svg}");
        assertThat(folder).isDirectoryContaining("glob:**/overview.png");
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

    private static Target target(Target.Kind kind, double bound) {
        return new Target("P4", "engine", ENGINE, List.of(LIMIT), kind, null, bound);
    }

    private static Outcome outcome(Run run, double... rates) {
        List<Double> list = Arrays.stream(rates).boxed().toList();
        return new Outcome(run, list, 0, new PaneTally().summary(), Map.of());
    }
}
