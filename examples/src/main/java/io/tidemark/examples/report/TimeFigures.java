package io.tidemark.examples.report;

import io.tidemark.examples.replay.ReplaySettings;
import io.tidemark.examples.replay.WatermarkSample;
import io.tidemark.examples.replay.WindowRow;
import io.tidemark.examples.units.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** The charts over time: how many events the windows held, and how far the watermark was behind. */
@SuppressWarnings("LongDoubleConversion") // a millisecond more or less is no pixel
final class TimeFigures {

    private final ZoneId zone;
    private final ReplaySettings settings;

    TimeFigures(ZoneId zone, ReplaySettings settings) {
        this.zone = zone;
        this.settings = settings;
    }

    /** Events in the windows, brought together by the hour or what suits the span. */
    Figure volume(List<WindowRow> windows) {
        Volume volume = Volume.of(windows, zone);
        TimeAxis time = new TimeAxis(volume.start(), volume.end(), zone);
        Plot plot = new Plot(
                        Figure.WIDE,
                        Figure.HEIGHT,
                        "Events in windows over time",
                        time,
                        CountAxis.upTo(volume.largest(), ""),
                        0)
                .axes("window start, wall time in " + zone, "events per " + step(volume));
        for (int i = 0; i < volume.counts().size(); i++) {
            long from = volume.start() + i * volume.step();
            long count = volume.counts().get(i);
            if (count > 0) {
                plot.bar("fill", from, from + volume.step(), count, time.text(from) + ": " + count + " events");
            }
        }
        String overlap = settings.tumbling()
                ? ""
                : " Windows overlap or leave gaps: an event counts once for each window that holds it.";
        String strays =
                volume.outside() == 0 ? "" : " " + volume.outside() + " windows far outside this span are not drawn.";
        return new Figure(
                "Volume: the events of the windows that start in each " + step(volume),
                "Windows of " + text(settings.window()) + ", added up by the " + step(volume) + "." + overlap + strays,
                true,
                plot.end());
    }

    private static String step(Volume volume) {
        String text = Durations.text(volume.step());
        return text.startsWith("1 ")
                ? text.replace("1 h", "hour").replace("1 min", "minute").replace("1 d", "day")
                : text;
    }

    /** The same events by hour of the day. */
    Figure hours(List<WindowRow> windows) {
        double[] counts = new double[24];
        for (WindowRow window : windows) {
            counts[Instant.ofEpochMilli(window.start()).atZone(zone).getHour()] += window.count();
        }
        double total = Math.max(1, DoubleStream.of(counts).sum());
        double largest = DoubleStream.of(counts).max().orElse(0);
        Plot plot = new Plot(
                        Figure.HALF,
                        Figure.HEIGHT,
                        "Share of events by hour of day",
                        new HourAxis(),
                        CountAxis.upTo(largest / total * 100, "%"),
                        0)
                .axes("hour of window start, wall time in " + zone, "share of events");
        for (int hour = 0; hour < 24; hour++) {
            String tooltip = String.format(Locale.ROOT, "%02d:00-%02d:59: %,.0f events", hour, hour, counts[hour]);
            plot.bar("fill", hour, hour + 1, counts[hour] / total * 100, tooltip);
        }
        return new Figure(
                "The day: when the events happen", "All days of the file together, by event time.", false, plot.end());
    }

    /** Arrival time minus watermark over the run. */
    Figure lag(List<WatermarkSample> samples) {
        List<WatermarkSample> known = samples.stream()
                .filter(sample -> sample.watermark() != Long.MIN_VALUE)
                .toList();
        Distribution lags = new Distribution(known.stream().mapToLong(WatermarkSample::lag));
        long first = known.isEmpty() ? 0 : known.get(0).arrival();
        long last = known.isEmpty() ? 1 : known.get(known.size() - 1).arrival();
        DurationAxis vertical = DurationAxis.around(
                Math.max(1, Math.min(lags.min(), settings.delay().toMillis()) / 2), Math.max(1, lags.max()), 0.08);
        Plot plot = new Plot(
                        Figure.WIDE,
                        Figure.HEIGHT,
                        "Watermark lag over time",
                        new TimeAxis(first, last, zone),
                        vertical,
                        0)
                .axes("arrival, wall time in " + zone, "arrival - watermark (log)");
        plot.line(
                "stroke",
                known.stream()
                        .flatMapToDouble(s -> DoubleStream.of(s.arrival(), s.lag()))
                        .toArray());
        if (settings.delay().toMillis() >= vertical.low()) {
            plot.level(settings.delay().toMillis(), "delay " + text(settings.delay()));
        }
        return new Figure(
                "Watermark: how far it runs behind the arrivals",
                "At least the delay of " + text(settings.delay())
                        + ", unless events arrive before they happen. It rises when nothing new arrives, for W follows the events, not the clock. In "
                        + lags.size() + " samples: median " + Durations.text(lags.percentile(50)) + ", largest "
                        + Durations.text(lags.max()) + ".",
                true,
                plot.end());
    }

    private static String text(Duration duration) {
        return Durations.text(duration.toMillis());
    }
}
