package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs files of scenarios through one subject and gathers where it differs. */
final class Conformance {
    private static final int SHOWN = 20;

    /** The recorded files, each with the number of its lines that are run: all but four left out by name. */
    static final Map<String, Integer> RECORDED = new LinkedHashMap<>();

    static {
        RECORDED.put("flink-tumbling", 480);
        RECORDED.put("flink-sliding", 480);
        RECORDED.put("flink-session", 640);
        RECORDED.put("flink-global", 160);
        RECORDED.put("flink-enginetests", 40);
        RECORDED.put("beam-fixed", 112);
        RECORDED.put("beam-sliding", 80);
        RECORDED.put("beam-calendar", 88);
        RECORDED.put("beam-enginetests", 26);
    }

    private Conformance() {}

    static List<ScenarioFile> recorded() throws IOException {
        List<ScenarioFile> files = new ArrayList<>();
        for (String name : RECORDED.keySet()) {
            files.add(ScenarioFile.resource(name));
        }
        return files;
    }

    /** Runs every scenario and fails with the first differences; answers the number passed by file. */
    static Map<String, Integer> passedByFile(
            String subject, List<ScenarioFile> files, Function<Scenario, Outcome> run) {
        Map<String, Integer> passed = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        int failed = 0;
        for (ScenarioFile file : files) {
            int good = 0;
            for (Scenario scenario : file.scenarios()) {
                List<String> differences = differences(scenario, run);
                if (differences.isEmpty()) {
                    good++;
                    continue;
                }
                failed++;
                differences.forEach(difference -> failures.add(scenario.id() + ": " + difference));
            }
            passed.put(file.name(), good);
            System.out.printf(
                    "conformance, %s, %s: %d of %d passed, %d left out%n",
                    subject, file.name(), good, file.scenarios().size(), file.leftOut());
        }
        assertThat(failures.stream().limit(SHOWN))
                .as("%d scenarios differ; the first %d differences", failed, SHOWN)
                .isEmpty();
        return passed;
    }

    static int total(Map<String, Integer> byFile, String oracle) {
        return byFile.entrySet().stream()
                .filter(file -> file.getKey().startsWith(oracle))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static List<String> differences(Scenario scenario, Function<Scenario, Outcome> run) {
        try {
            Outcome actual = run.apply(scenario);
            return scenario.timingDependsOnHolds()
                    ? scenario.expected()
                            .differencesBesidesTiming(actual, scenario.listOrderIsArrival(), scenario.discarding())
                    : scenario.expected().differences(actual, scenario.listOrderIsArrival());
        } catch (RuntimeException | AssertionError thrown) {
            return List.of("threw " + thrown);
        }
    }
}
