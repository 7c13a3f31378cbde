package io.tidemark.examples.output;

import io.tidemark.examples.input.RejectedRow;
import io.tidemark.examples.replay.Run;
import io.tidemark.examples.units.Durations;
import io.tidemark.metrics.LatencySummary;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The account of a run on the console: totals with their units, the accounting, where the files are. */
public final class ConsoleSummary {

    private static final int SHOWN_REJECTS = 5;

    private final Run run;
    private final PrintWriter out;

    public ConsoleSummary(Run run, PrintWriter out) {
        this.run = run;
        this.out = out;
    }

    /** Prints everything. */
    public void print(Path folder, Map<String, Long> files) {
        settings();
        totals();
        latency();
        accounting();
        files(folder, files);
        out.flush();
    }

    private void settings() {
        out.printf("%-10s %s%n", "File", run.file());
        out.printf(
                "%-10s by %s, then row; event time is %s; zone %s%n",
                "Replayed",
                run.columns().arrival(),
                run.columns().eventTime(),
                run.times().zone());
        String slide =
                run.settings().tumbling() ? "" : " every " + text(run.settings().slide());
        String key = run.columns().key() == null ? "" : " per " + run.columns().key();
        out.printf(
                "%-10s of %s%s%s, delay %s, allowed lateness %s%n%n",
                "Windows",
                text(run.settings().window()),
                slide,
                key,
                text(run.settings().delay()),
                text(run.settings().lateness()));
    }

    private void totals() {
        out.printf("%-24s %14s %18s%n", "", "count", run.amounts().code());
        total("rows read", run.log().rows(), run.log().total());
        total("  of them negative", run.log().negative(), null);
        total("  of them malformed", run.log().rejected().size(), null);
        total("windows", run.result().lastPanes().size(), null);
        if (run.result().windows().size() != run.result().lastPanes().size()) {
            total("  results of windows", run.result().windows().size(), null);
        }
        total("late events", run.result().late().size(), run.result().lateTotal());
        run.log().rejected().stream().limit(SHOWN_REJECTS).forEach(this::reject);
        int hidden = run.log().rejected().size() - SHOWN_REJECTS;
        if (hidden > 0) {
            out.printf("  and %,d more malformed rows: see rejected.csv%n", hidden);
        }
        out.println();
    }

    private void total(String name, long count, @Nullable BigInteger amount) {
        String value = amount == null ? "" : run.amounts().grouped(amount);
        out.println(String.format(Locale.ROOT, "%-24s %,14d %18s", name, count, value)
                .stripTrailing());
    }

    private void reject(RejectedRow row) {
        out.printf("  line %d: %s%n", row.line(), row.reason());
    }

    private void latency() {
        LatencySummary latency = run.result().source().latency();
        out.printf(
                "%-10s p50 %s, p90 %s, p99 %s, max %s (arrival - event time; %,d negative)%n%n",
                "Latency",
                nanos(latency.p50()),
                nanos(latency.percentile(90)),
                nanos(latency.p99()),
                nanos(latency.max()),
                latency.negatives());
    }

    private void accounting() {
        out.println("Accounting: every event is somewhere");
        List<Accounting> accounts = Accounting.of(run.result());
        int name = accounts.stream()
                .mapToInt(account -> account.name().length())
                .max()
                .orElse(0);
        for (Accounting account : accounts) {
            String parts = account.parts().stream()
                    .map(part -> String.format(Locale.ROOT, "%s %,d", part.name(), part.count()))
                    .collect(Collectors.joining(" + "));
            out.println(String.format(
                    Locale.ROOT,
                    "  %-" + name + "s  %s %,d = %s   %s",
                    account.name(),
                    account.whole(),
                    account.total(),
                    parts,
                    account.balanced() ? "(balanced)" : "(NOT BALANCED: please report this)"));
        }
        out.println();
    }

    private void files(Path folder, Map<String, Long> files) {
        out.println("Written to " + folder);
        int name = files.keySet().stream()
                .map(String::length)
                .max(Comparator.naturalOrder())
                .orElse(0);
        files.forEach(
                (file, rows) -> out.println(String.format(Locale.ROOT, "  %-" + name + "s %,10d rows", file, rows)));
        out.println("  report.html");
    }

    private static String nanos(long nanos) {
        return Durations.text(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static String text(Duration duration) {
        return Durations.text(duration.toMillis());
    }
}
