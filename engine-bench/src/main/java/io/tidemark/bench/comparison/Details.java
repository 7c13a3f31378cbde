package io.tidemark.bench.comparison;

import java.util.Locale;

/** What lies behind the lines of the table that are not a ratio of rates, as Markdown. Threads: safe from any. */
final class Details {

    private Details() {}

    static String of(Results results, Pauses pauses) {
        StringBuilder text = new StringBuilder();
        addFigures(text, results);
        addPauses(text, pauses);
        return text.toString();
    }

    private static void addFigures(StringBuilder text, Results results) {
        boolean isFirst = true;
        for (Outcome outcome : results.outcomes()) {
            if (outcome.figures().isEmpty()) {
                continue;
            }
            if (isFirst) {
                line(text, "");
                line(text, "| run | medians |");
                line(text, "|---|---|");
                isFirst = false;
            }
            StringBuilder figures = new StringBuilder();
            for (Figure figure : Figure.values()) {
                if (outcome.figures().containsKey(figure)) {
                    figures.append(String.format(
                            Locale.ROOT,
                            "%s%s %.2f %s",
                            figures.isEmpty() ? "" : ", ",
                            figure.label(),
                            outcome.median(figure),
                            figure.unit()));
                }
            }
            line(text, "| " + outcome.run().label() + " | " + figures + " |");
        }
    }

    private static void addPauses(StringBuilder text, Pauses pauses) {
        if (pauses.trials().isEmpty()) {
            return;
        }
        line(text, "");
        line(text, "| contender | pause, spins | p50 at 1 M events/s, us | M events/s |");
        line(text, "|---|---:|---:|---:|");
        for (Pauses.Trial trial : pauses.trials()) {
            line(
                    text,
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %.2f | %s |",
                            trial.contender(),
                            trial.pause(),
                            trial.p50(),
                            trial.isPromptEnough() ? String.format(Locale.ROOT, "%.1f", trial.rate()) : "too slow"));
        }
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
