package io.tidemark.examples.report;

import io.tidemark.examples.output.Accounting;
import io.tidemark.examples.replay.Run;
import io.tidemark.examples.units.Durations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes {@code report.html}: one page that needs nothing but itself, no script, no network. */
public final class ReportPage {

    private static final String TEMPLATE = "/io/tidemark/examples/report/report.html";

    private final Run run;

    public ReportPage(Run run) {
        this.run = run;
    }

    public void write(Path file) throws IOException {
        // the file's name may hold anything, a placeholder too: so it goes in last
        String page = template()
                .replace("${tiles}", tiles())
                .replace("${figures}", figures())
                .replace("${accounting}", accounting())
                .replace("${settings}", settings())
                .replace("${file}", Svg.escape(run.file()));
        Files.writeString(file, page, StandardCharsets.UTF_8);
    }

    private static String template() throws IOException {
        try (InputStream template = ReportPage.class.getResourceAsStream(TEMPLATE)) {
            if (template == null) {
                throw new FileNotFoundException(TEMPLATE + " is missing from the class path");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String tiles() {
        Distribution latency = new Distribution(run.log().events().stream().mapToLong(event -> event.latency()));
        String money = run.amounts().code();
        return tile(
                        "Events",
                        grouped(run.log().events().size()),
                        grouped(run.log().rejected().size()) + " rows malformed")
                + tile(
                        "Value, " + money,
                        run.amounts().grouped(run.log().total()),
                        grouped(run.log().negative()) + " negative")
                + tile(
                        "Windows",
                        grouped(run.result().lastPanes().size()),
                        "of " + text(run.settings().window()))
                + tile(
                        "Median latency",
                        Durations.text(latency.percentile(50)),
                        "p99 " + Durations.text(latency.percentile(99)))
                + tile(
                        "Late events",
                        grouped(run.result().late().size()),
                        run.amounts().grouped(run.result().lateTotal()) + " " + money);
    }

    private static String tile(String name, String value, String note) {
        return "<div class=\"tile\"><span>" + Svg.escape(name) + "</span><b>" + Svg.escape(value) + "</b><small>"
                + Svg.escape(note) + "</small></div>\n";
    }

    private String figures() {
        TimeFigures time = new TimeFigures(run.times().zone(), run.settings());
        long delay = run.settings().delay().toMillis();
        List<Figure> figures = List.of(
                time.volume(run.result().lastPanes()),
                DurationFigures.latency(run.log().events()),
                DurationFigures.disorder(run.log().events(), delay),
                DurationFigures.lateness(run.result().late()),
                time.lag(run.result().watermarks()),
                time.hours(run.result().lastPanes()));
        StringBuilder html = new StringBuilder();
        figures.forEach(figure -> html.append(figure.html()));
        return html.toString();
    }

    private String accounting() {
        StringBuilder html = new StringBuilder();
        for (Accounting account : Accounting.of(run.result())) {
            html.append("<table><caption>").append(Svg.escape(account.name())).append("</caption>\n");
            for (Accounting.Part part : account.parts()) {
                html.append(row("", part.name(), grouped(part.count())));
            }
            String sign = account.balanced() ? "= " : "NOT BALANCED: ";
            html.append(row("sum", sign + account.whole(), grouped(account.total())))
                    .append("</table>\n");
        }
        return html.toString();
    }

    private String settings() {
        String key = run.columns().key();
        return row("", "event time", run.columns().eventTime())
                + row("", "arrival", run.columns().arrival())
                + row("", "key", key == null ? "none" : key)
                + row("", "value", run.columns().value() + ", " + run.amounts().code())
                + row("", "zone", run.times().zone().toString())
                + row("", "window", text(run.settings().window()))
                + row("", "slide", text(run.settings().slide()))
                + row("", "delay", text(run.settings().delay()))
                + row("", "allowed lateness", text(run.settings().lateness()));
    }

    private static String row(String style, String name, String value) {
        return "<tr class=\"" + style + "\"><th scope=\"row\">" + Svg.escape(name) + "</th><td>" + Svg.escape(value)
                + "</td></tr>\n";
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String text(Duration duration) {
        return Durations.text(duration.toMillis());
    }
}
