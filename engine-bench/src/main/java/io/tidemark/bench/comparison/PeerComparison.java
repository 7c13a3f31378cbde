package io.tidemark.bench.comparison;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Option(
            names = "--short",
            description = "Two million events a round instead of ten, little warm-up: three minutes in all.")
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
            description = "Each contender with a consumer runs with each of these, its best counts. Default: 200 in a"
                    + " short run, else 0,50,100,200,400,1000.")
    private List<Integer> patience = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Measured rounds of each run, at least 5. Default: 5 short, else 7.")
    private int rounds;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "results",
            description = "Default: ${DEFAULT-VALUE}.")
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
        Environment environment =
                Environment.now(spec.commandLine().getParseResult().originalArgs());
        List<Target> targets = Targets.all(isShort);
        measure(plan(targets));
        List<Results.Reached> reached = results.reached(targets);
        String table = ReachedTable.of(reached);
        out.println(table);
        write(environment, reached, table);
        if (!results.failures().isEmpty()) {
            return 1;
        }
        return requireTargets && reached.stream().anyMatch(Results.Reached::isMissed) ? MISSED : 0;
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
    private List<Run> plan(List<Target> targets) {
        List<Integer> spins =
                !patience.isEmpty() ? patience : isShort ? List.of(200) : List.of(0, 50, 100, 200, 400, 1_000);
        Set<Run> runs = new LinkedHashSet<>();
        for (Target target : targets) {
            List<Run> needed = new ArrayList<>(target.against());
            needed.add(0, target.measured());
            for (Run run : needed) {
                if (!isWanted(run)) {
                    continue;
                }
                if (present.get(run.contender()).hasPatience()) {
                    spins.forEach(some -> runs.add(run.with(some)));
                } else {
                    runs.add(run);
                }
            }
        }
        return List.copyOf(runs);
    }

    private boolean isWanted(Run run) {
        Workload workload = run.workload();
        return present.has(run.contender())
                && present.get(run.contender()).takes(workload)
                && (contenders.isEmpty() || contenders.contains(run.contender()))
                && (workloads.isEmpty() || workloads.contains(workload.id().split(" ", 2)[0]))
                && (keys.isEmpty() || keys.contains(run.keys()));
    }

    private void measure(List<Run> runs) throws InterruptedException {
        PrintWriter progress = spec.commandLine().getErr();
        Effort effort = new Effort(rounds > 0 ? rounds : isShort ? 5 : 7, isShort ? 800 : 5_000);
        Fork fork = new Fork(effort);
        long start = System.nanoTime();
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            progress.printf(Locale.ROOT, "[%2d/%d] %-40s ", i + 1, runs.size(), run.label());
            progress.flush();
            try {
                Outcome outcome = fork.measure(run);
                results.add(outcome);
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
            Duration left = Duration.ofNanos((System.nanoTime() - start) / (i + 1) * (runs.size() - i - 1));
            progress.printf(Locale.ROOT, ", about %d s left%n", left.toSeconds());
        }
    }

    private void write(Environment environment, List<Results.Reached> reached, String table) throws IOException {
        Files.createDirectories(folder);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("environment", environment);
        all.put("targets", reached);
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
        charts.writeTargets(reached, "targets");
    }
}
