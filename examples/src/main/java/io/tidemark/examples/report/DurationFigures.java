package io.tidemark.examples.report;

import io.tidemark.examples.input.EventRow;
import io.tidemark.examples.replay.LateRow;
import io.tidemark.examples.units.Durations;
import java.util.List;
import java.util.Locale;

/** The charts of durations: latency, disorder, lateness. All have a logarithmic axis. */
@SuppressWarnings("LongDoubleConversion") // a millisecond more or less is no pixel
final class DurationFigures {

    private static final int BINS = 60;
    private static final double SPACING = 0.11;

    private DurationFigures() {}

    /** Arrival - event time of all events. */
    static Figure latency(List<EventRow> events) {
        Distribution latencies = new Distribution(events.stream().mapToLong(EventRow::latency));
        int negative = latencies.size() - latencies.above(-1);
        DurationAxis axis =
                DurationAxis.around(Math.max(1, latencies.percentile(0.2)), Math.max(10, latencies.max()), 0.06);
        Plot plot = histogram(latencies, axis, Figure.WIDE, 90, "arrival - event time (log)");
        double[] marks = {50, 90, 99};
        for (int i = 0; i < marks.length && !latencies.isEmpty(); i++) {
            long value = latencies.percentile(marks[i]);
            plot.rule(value, String.format(Locale.ROOT, "p%.0f %s", marks[i], Durations.text(value)));
        }
        if (!latencies.isEmpty()) {
            plot.rule(latencies.max(), "max " + Durations.text(latencies.max()));
        }
        String early = negative == 0
                ? "No event arrived before it happened."
                : grouped(negative) + " events arrived before they happened.";
        return new Figure(
                "Latency: from the event to its arrival",
                "Each bar: the events whose latency lies in that stretch of a logarithmic axis; shorter ones are in the first bar. "
                        + early,
                true,
                plot.end());
    }

    /** The share of events that a delay would leave behind the watermark. */
    static Figure disorder(List<EventRow> events, long delay) {
        Distribution behind = Disorder.of(events);
        DurationAxis axis = DurationAxis.around(
                Math.max(1, Math.min(delay, behind.percentile(30))),
                Math.max(10, Math.max(delay, behind.max())),
                SPACING);
        int points = 160;
        double[] line = new double[2 * points];
        double total = Math.max(1, behind.size());
        for (int i = 0; i < points; i++) {
            double value = axis.value(i / (points - 1.0));
            line[2 * i] = value;
            line[2 * i + 1] = behind.above(value) / total * 100;
        }
        Plot plot = new Plot(
                        Figure.HALF,
                        Figure.HEIGHT,
                        "Share of events behind the watermark by delay",
                        axis,
                        CountAxis.upTo(behind.above(axis.low()) / total * 100, "%"),
                        1)
                .axes("delay of the watermark (log)", "events behind it");
        plot.area("area", line);
        plot.line("stroke", line);
        double share = behind.above(delay) / total * 100;
        plot.rule(Math.max(delay, axis.low()), String.format(Locale.ROOT, "%s: %.2f%%", Durations.text(delay), share));
        return new Figure(
                "Disorder: what each delay would leave behind",
                "The share of events that would be behind the watermark, for every delay; the rule is this run's delay.",
                false,
                plot.end());
    }

    /** Watermark - event time of the late events. */
    static Figure lateness(List<LateRow> late) {
        if (late.isEmpty()) {
            return new Figure("Late events: none", "Every event found its window open.", false, "");
        }
        Distribution lateness = new Distribution(late.stream().mapToLong(LateRow::lateness));
        DurationAxis axis =
                DurationAxis.around(Math.max(1, lateness.percentile(2)), Math.max(10, lateness.max()), SPACING);
        Plot plot = histogram(lateness, axis, Figure.HALF, BINS / 2, "watermark - event time (log)");
        plot.rule(lateness.percentile(50), "p50 " + Durations.text(lateness.percentile(50)));
        plot.rule(lateness.max(), "max " + Durations.text(lateness.max()));
        return new Figure(
                "Late events: how far behind the watermark",
                grouped(late.size()) + " events had missed all their windows when they came; late.csv names each.",
                false,
                plot.end());
    }

    private static Plot histogram(Distribution values, DurationAxis axis, int width, int bins, String below) {
        int[] counts = values.histogram(axis, bins);
        int largest = 0;
        for (int count : counts) {
            largest = Math.max(largest, count);
        }
        Plot plot = new Plot(width, Figure.HEIGHT, "Distribution of " + below, axis, CountAxis.upTo(largest, ""), 2)
                .axes(below, "events");
        for (int i = 0; i < bins; i++) {
            double from = axis.value((double) i / bins);
            double to = axis.value((i + 1.0) / bins);
            String tooltip = Durations.text((long) from) + " to " + Durations.text((long) to) + ": "
                    + grouped(counts[i]) + " events";
            plot.bar("fill", from, to, counts[i], tooltip);
        }
        return plot;
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
