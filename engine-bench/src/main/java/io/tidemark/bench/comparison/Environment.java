package io.tidemark.bench.comparison;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Where and how figures came to be. Threads: immutable.
 *
 * @param date when it began, UTC
 * @param processor its name, as far as the system tells
 * @param cores how many
 * @param load average over the last minute when it began; negative if the system does not tell
 * @param system operating system
 * @param jdk the Java virtual machine
 * @param flags of every measured one
 * @param arguments of the program
 */
record Environment(
        String date,
        String processor,
        int cores,
        double load,
        String system,
        String jdk,
        List<String> flags,
        List<String> arguments) {

    static Environment now(List<String> flags, List<String> arguments) {
        return new Environment(
                ZonedDateTime.now(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .toString(),
                readProcessor(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                flags,
                arguments);
    }

    private static String readProcessor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
