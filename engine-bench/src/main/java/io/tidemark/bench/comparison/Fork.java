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
    /**
     * Flags of every JVM; Flink and Hazelcast ask for the openings, which cost the others nothing. The heap is touched beforehand: else who
     * makes an object for each event waits for the system's pages at the first round through it, a third as fast, for as long as that lasts.
     */
    private static final List<String> FLAGS = List.of(
            "-XX:+AlwaysPreTouch",
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

    /** What a JVM ends with that ran out of heap, and was told to say so. */
    private static final int OUT_OF_MEMORY = 3;

    private final JsonMapper json = new JsonMapper();
    private final Effort effort;

    Fork(Effort effort) {
        this.effort = effort;
    }

    /** The flags of every JVM. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(heap(effort.heapMebibytes()));
        flags.addAll(FLAGS);
        return flags;
    }

    private static List<String> heap(int mebibytes) {
        return List.of("-Xms" + mebibytes + "m", "-Xmx" + mebibytes + "m");
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
        return outcome(run, end(run, List.of()));
    }

    /**
     * Whether a run ends well in a heap of so many mebibytes.
     *
     * @param collector further flags
     * @throws FailedRun if it ends badly for another reason than that
     */
    boolean isEnough(Run run, int mebibytes, List<String> collector) throws FailedRun, InterruptedException {
        List<String> flags = new ArrayList<>(collector);
        flags.addAll(heap(mebibytes));
        flags.add("-XX:+ExitOnOutOfMemoryError");
        Ended ended = end(run, flags);
        if (ended.status == OUT_OF_MEMORY) {
            return false;
        }
        outcome(run, ended);
        return true;
    }

    private record Ended(int status, List<String> lines) {}

    private Ended end(Run run, List<String> flags) throws FailedRun, InterruptedException {
        try {
            Path output = Files.createTempFile("comparison", ".log");
            Process process = new ProcessBuilder(command(run, flags))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                    throw new FailedRun(run.label() + " did not end within " + LONGEST.toMinutes() + " minutes");
                }
                return new Ended(process.exitValue(), Files.readAllLines(output));
            } finally {
                process.destroyForcibly();
                Files.delete(output);
            }
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private List<String> command(Run run, List<String> flags) throws JsonProcessingException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(MeasuredRun.class.getName());
        command.add(json.writeValueAsString(run));
        command.add(json.writeValueAsString(effort));
        return command;
    }

    private Outcome outcome(Run run, Ended ended) throws FailedRun {
        for (String line : ended.lines) {
            if (ended.status == 0 && line.startsWith(MeasuredRun.RESULT)) {
                try {
                    return json.readValue(line.substring(MeasuredRun.RESULT.length()), Outcome.class);
                } catch (JsonProcessingException trouble) {
                    throw new UncheckedIOException(trouble);
                }
            }
        }
        List<String> trouble = ended.lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("Error") || line.contains("at io.tidemark"))
                .limit(LINES_OF_TROUBLE)
                .toList();
        throw new FailedRun(run.label() + " ended with status " + ended.status + ": "
                + String.join(System.lineSeparator(), trouble));
    }
}
