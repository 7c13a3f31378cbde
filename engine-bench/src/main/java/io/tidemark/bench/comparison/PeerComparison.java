package io.tidemark.bench.comparison;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the engine and its peers on the same events, checks that all give the same panes, and sets what was reached beside the
 * targets. Each contender runs in a JVM of its own, all with the same flags.
 *
 * <p>Threads: belongs to one thread.
 */
@Command(
        name = "PeerComparison",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures the engine beside hand-written loops and other engines, and prints what was reached of each target.",
            "Writes results.json, table.md and charts into a folder. Flink, Hazelcast Jet and Disruptor take part if the",
            "program was built with the Maven profile 'peers'."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:measured, and all panes were right",
            "1:a contender failed, or its panes were wrong",
            "2:wrong arguments",
            "3:with --require-targets: a target that was measured was missed"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class PeerComparison implements Callable<Integer> {
    private static final int MISSED = 3;
    private static final String OUT = "--out";

    @Option(
            names = "--short",
            description =
                    "Two million events a round instead of ten, no search for pauses, and half of the rows: three minutes"
                            + " instead of 45. The table says what is left out; --targets asks for it.")
    private boolean isShort;

    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            description = "Only these; targets that need others are left open. See --list.")
    private Set<String> contenders = Set.of();

    @Option(names = "--workloads", paramLabel = "ID", split = ",", description = "Only these: W1, W2, W2m, W3, W4, W5.")
    private Set<String> workloads = Set.of();

    @Option(names = "--keys", paramLabel = "K", split = ",", description = "Only with so many keys: 1000, 100000.")
    private Set<Integer> keys = Set.of();

    @Option(
            names = "--patience",
            paramLabel = "SPINS",
            split = ",",
            description =
                    "Pauses of a consumer to choose from, for hand-offs that are compared with each other. One alone"
                            + " is not looked at. Default: what suited each before in a short run, else"
                            + " 0,50,100,200,400,1000.")
    private List<Integer> patience = List.of();

    @Option(
            names = "--targets",
            paramLabel = "ID",
            split = ",",
            description = "Only what these need, such as P1,P13; LIMIT is a target too.")
    private Set<String> targetIds = Set.of();

    @Option(
            names = "--paced-runs",
            paramLabel = "N",
            description = "Runs of each contender of P13, one after the other in turns. Default: 1 short, else 10.")
    private int pacedRuns;

    @Option(names = "--paced-seconds", paramLabel = "S", description = "How long each is. Default: 3 short, else 60.")
    private int pacedSeconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Measured rounds of each run, at least 5. Default: 5 short, else 7.")
    private int rounds;

    @Option(names = OUT, paramLabel = "FOLDER", defaultValue = "results", description = "Default: ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(names = "--require-targets", description = "Ends with 3 if a target is missed.")
    private boolean requireTargets;

    @Option(names = "--list", description = "Prints the contenders that take part, and ends.")
    private boolean list;

    @Spec
    private CommandSpec spec;

    private final Contenders present = new Contenders();
    private final Results results = new Results();

    private PeerComparison() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new PeerComparison());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            present.names().forEach(out::println);
            return 0;
        }
        check();
        Effort effort = isShort ? Effort.SHORT : Effort.FULL;
        Fork fork = new Fork(rounds > 0 ? effort.withRounds(rounds) : effort);
        Environment environment = Environment.now(fork.flags(), settings());
        Targets.Scale scale = isShort ? Targets.Scale.SHORT : Targets.Scale.FULL;
        List<Target> targets = Targets.all(pacedSeconds > 0 ? scale.withPaced(pacedSeconds) : scale).stream()
                .filter(target -> targetIds.isEmpty() || targetIds.contains(target.id()))
                .toList();
        Set<Run> plan = plan(targets);
        Pauses pauses = choosePauses(plan);
        measure(inTurns(plan, pauses), fork);
        List<Results.Reached> reached = results.reached(targets);
        String table = ReachedTable.of(reached, this::isLeftOut) + Details.of(results, pauses);
        out.println(table);
        write(environment, reached, pauses, table);
        if (!results.failures().isEmpty()) {
            return 1;
        }
        return requireTargets && reached.stream().anyMatch(Results.Reached::isMissed) ? MISSED : 0;
    }

    /** The options as given, but for the folder, which says nothing of the figures and much of the machine's owner. */
    private List<String> settings() {
        List<String> settings = new ArrayList<>();
        for (CommandLine.Model.OptionSpec option :
                spec.commandLine().getParseResult().matchedOptions()) {
            if (!option.longestName().equals(OUT)) {
                settings.add(option.longestName());
                settings.addAll(option.originalStringValues());
            }
        }
        return settings;
    }

    private void check() {
        for (String contender : contenders) {
            if (!present.has(contender)) {
                throw new ParameterException(
                        spec.commandLine(), "no contender is called " + contender + "; there are " + present.names());
            }
        }
        if (rounds != 0 && rounds < 5) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 5, got " + rounds);
        }
    }

    /** The runs that the targets need, each once, as far as they are wanted and their contenders are there. */
    private Set<Run> plan(List<Target> targets) {
        Set<Run> runs = new LinkedHashSet<>();
        for (Target target : targets) {
            if (isLeftOut(target)) {
                continue;
            }
            List<Run> needed = new ArrayList<>(target.against());
            needed.add(0, target.measured());
            needed.stream().filter(this::isWanted).forEach(runs::add);
        }
        return runs;
    }

    /** Whether there is no time for it. */
    private boolean isLeftOut(Target target) {
        return isShort && targetIds.isEmpty() && !ShortTable.has(target);
    }

    /** Looks for the best pause of each consumer in the plan that is compared for its hand-off. */
    private Pauses choosePauses(Set<Run> plan) throws InterruptedException {
        Pauses pauses = new Pauses(patience.size() == 1 ? patience.get(0) : null);
        if (patience.size() == 1 || (patience.isEmpty() && isShort)) {
            return pauses;
        }
        PrintWriter progress = spec.commandLine().getErr();
        PauseSearch search = new PauseSearch();
        Set<String> searched = new LinkedHashSet<>();
        plan.stream().map(Pauses::consumer).filter(Pauses.SEARCHED::contains).forEach(searched::add);
        for (String contender : searched) {
            for (int pause : patience.isEmpty() ? Pauses.ALL : patience) {
                try {
                    Pauses.Trial trial = search.measure(contender, pause);
                    pauses.add(trial);
                    progress.printf(
                            Locale.ROOT,
                            "%s with a pause of %d: p50 %.2f us, %.1f M events/s%n",
                            contender,
                            pause,
                            trial.p50(),
                            trial.rate());
                } catch (Fork.FailedRun failed) {
                    progress.println("FAILED: " + failed.getMessage());
                }
            }
        }
        return pauses;
    }

    /** All runs at their pauses; those that vary again and again, in turns. */
    private List<Run> inTurns(Set<Run> plan, Pauses pauses) {
        List<Run> runs = new ArrayList<>();
        int most = plan.stream().mapToInt(this::turns).max().orElse(0);
        for (int turn = 0; turn < most; turn++) {
            for (Run run : plan) {
                if (turn < turns(run)) {
                    runs.add(present.get(run.contender()).hasPatience() ? pauses.best(run) : run);
                }
            }
        }
        return runs;
    }

    /** In how many JVMs. */
    private int turns(Run run) {
        if (run.mode() == Run.Mode.PACED) {
            return pacedRuns > 0 ? pacedRuns : isShort ? 1 : 10;
        }
        return run.isUnsteady() && !isShort ? 3 : 1;
    }

    private boolean isWanted(Run run) {
        Workload workload = run.workload();
        return present.has(run.contender())
                && present.get(run.contender()).takes(workload)
                && (contenders.isEmpty() || contenders.contains(run.contender()))
                && (workloads.isEmpty() || workloads.contains(workload.id().split(" ", 2)[0]))
                && (keys.isEmpty() || keys.contains(run.keys()));
    }

    private void measure(List<Run> runs, Fork fork) throws InterruptedException {
        PrintWriter progress = spec.commandLine().getErr();
        HeapSearch heap = new HeapSearch(fork);
        long start = System.nanoTime();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            progress.printf(Locale.ROOT, "[%2d/%d] %-46s ", i + 1, runs.size(), run.label());
            progress.flush();
            try {
                Outcome outcome = fork.measure(run);
                results.add(run.mode() == Run.Mode.RETAINED ? heap.withPeak(outcome) : outcome);
                progress.printf(
                        Locale.ROOT,
                        "%9.3f M events/s (%.3f to %.3f)",
                        outcome.median(),
                        outcome.lowest(),
                        outcome.highest());
            } catch (Fork.FailedRun failed) {
                results.addFailure(run, String.valueOf(failed.getMessage()));
                progress.print("FAILED: " + failed.getMessage());
            }
            progress.printf(Locale.ROOT, ", %d s%n", (System.nanoTime() - start) / 1_000_000_000);
        }
    }

    private void write(Environment environment, List<Results.Reached> reached, Pauses pauses, String table)
            throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("targets", reached);
        all.put("pauses", pauses.trials());
        all.put("runs", results.outcomes());
        all.put("failures", List.copyOf(results.failures().values()));
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(folder.resolve("results.json").toFile(), all);
        Files.writeString(folder.resolve("table.md"), table);
        System.setProperty("java.awt.headless", "true");
        Charts charts = new Charts(folder);
        charts.writeRates(results, 1_000, "rates-1000-keys");
        charts.writeRates(results, 100_000, "rates-100000-keys");
        new OverviewChart(reached).write(folder.resolve("overview.png"));
    }
}
