package io.tidemark.bench.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures each run in a JVM of its own, all with the same flags. Threads: belongs to one thread. */
final class Fork {
    /** Flags of every JVM; Flink and Hazelcast ask for the openings, which cost the others nothing. */
    static final List<String> FLAGS = List.of(
            "-Xms3g",
            "-Xmx3g",
            "-Dhazelcast.phone.home.enabled=false",
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private static final int LINES_OF_TROUBLE = 12;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final JsonMapper json = new JsonMapper();
    private final Effort effort;

    Fork(Effort effort) {
        this.effort = effort;
    }

    /** A run that did not end well. */
    static final class FailedRun extends Exception {
        private static final long serialVersionUID = 1;

        FailedRun(String message) {
            super(message);
        }
    }

    /**
     * Waits for the outcome.
     *
     * @throws FailedRun if the contender failed, or its panes were wrong
     */
    Outcome measure(Run run) throws FailedRun, InterruptedException {
        try {
            Path output = Files.createTempFile("comparison", ".log");
            Process process = new ProcessBuilder(command(run))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    throw new FailedRun(run.label() + " did not end within " + LONGEST.toMinutes() + " minutes");
                }
                return outcome(run, process.exitValue(), Files.readAllLines(output));
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private List<String> command(Run run) throws JsonProcessingException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MeasuredRun.class.getName());
        command.add(json.writeValueAsString(run));
        command.add(json.writeValueAsString(effort));
        return command;
    }

    private Outcome outcome(Run run, int status, List<String> lines) throws FailedRun, JsonProcessingException {
        for (String line : lines) {
            if (status == 0 && line.startsWith(MeasuredRun.RESULT)) {
                return json.readValue(line.substring(MeasuredRun.RESULT.length()), Outcome.class);
            }
        }
        List<String> trouble = lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("Error") || line.contains("at io.tidemark"))
                .limit(LINES_OF_TROUBLE)
                .toList();
        throw new FailedRun(
                run.label() + " ended with status " + status + ": " + String.join(System.lineSeparator(), trouble));
    }
}
