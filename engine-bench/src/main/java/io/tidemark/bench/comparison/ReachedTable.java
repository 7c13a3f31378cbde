package io.tidemark.bench.comparison;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The targets with what was reached, as Markdown. Threads: safe from any. */
final class ReachedTable {

    private ReachedTable() {}

    /** The lines; of those without a figure it is told which were left out. */
    static String of(List<Results.Reached> lines, Predicate<Target> isLeftOut) {
        StringBuilder table = new StringBuilder();
        row(table, "#", "what", "workload", "keys", "target", "reached", "");
        row(table, "---", "---", "---", "---:", "---:", "---:", "---");
        for (Results.Reached line : lines) {
            Target target = line.target();
            Run run = target.measured();
            row(
                    table,
                    target.id(),
                    target.what(),
                    run.workload().id(),
                    String.format(Locale.ROOT, "%,d", run.keys()),
                    target.target() == 0 ? "" : target.bound(),
                    reached(line, isLeftOut),
                    verdict(line));
        }
        return table.toString();
    }

    private static String reached(Results.Reached line, Predicate<Target> isLeftOut) {
        Double figure = line.figure();
        if (figure == null) {
            return isLeftOut.test(line.target()) ? "left out" : "not measured";
        }
        return String.format(Locale.ROOT, figure < 100 ? "%.2f" : "%.0f", figure);
    }

    private static String verdict(Results.Reached line) {
        if (line.figure() == null || line.target().target() == 0) {
            return "";
        }
        return line.isMissed() ? "missed" : "met";
    }

    private static void row(
            StringBuilder table,
            String id,
            String what,
            String workload,
            String keys,
            String target,
            String reached,
            String verdict) {
        table.append(String.format(
                Locale.ROOT,
                "| %-5s | %-56s | %-8s | %10s | %8s | %12s | %-6s |%n",
                id,
                what,
                workload,
                keys,
                target,
                reached,
                verdict));
    }
}
