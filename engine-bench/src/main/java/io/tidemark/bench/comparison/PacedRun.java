package io.tidemark.bench.comparison;

import io.tidemark.bench.workload.ContenderFactory;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Paced;
import io.tidemark.bench.workload.PaneTally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Publishes a million events a second, each when it is due by a plan that was made beforehand, and records how long after that a window's
 * callback came: counted from the planned time of the event that ended the window, whether or not it could be published then. So a
 * stall counts for every window that had to wait for it (no coordinated omission).
 *
 * <p>Before that, at the same pace of events, windows end a hundred times as often. With a thousand a second, what closes one would be compiled
 * only after fifteen seconds, by a thread for which there is no third core: four hundred windows then wait for milliseconds. Nor do
 * windows help that are published as fast as they go: they take other ways through the code, whose compilation is thrown away as soon as
 * the pace begins.
 *
 * <p>Threads: belongs to the publishing thread; windows come on the contender's. Units: nanoseconds, event time milliseconds.
 */
final class PacedRun implements Paced.Listener {
    private static final long BETWEEN_EVENTS = 1_000;
    private static final int EVENTS_PER_WINDOW = 1_000;
    /** Events whose windows are short: more windows than the compiler waits for. */
    static final long SHORT = 3_000_000;

    private static final int EVENTS_PER_SHORT_WINDOW = 10;

    private static final int VALUES = 1_024;
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final long SETTLE = 1_000_000;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double EVENTS_PER_MILLION = 1e6;

    private final Run run;
    private final long warmup;
    private final long events;
    /** First those of the warm-up, then those that count: a branch that the warm-up did not take would be compiled when it is first taken. */
    private final Histogram[] latencies = {new Histogram(LONGEST, DIGITS), new Histogram(LONGEST, DIGITS)};

    private volatile long start;
    private long windows;
    private long sum;

    PacedRun(Run run, Effort effort) {
        this.run = run;
        // an event is a microsecond, a window a millisecond
        this.warmup = SHORT + effort.warmupMillis() * EVENTS_PER_WINDOW;
        this.events = warmup + run.events();
    }

    Outcome measure(ContenderFactory factory) {
        Paced contender = factory.createPaced(run.patience(), this);
        long total = publish(contender);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        contender.finish();
        PaneTally.Summary given = new PaneTally.Summary(windows, 0, sum, 0, 0);
        given.require(new PaneTally.Summary(windowOf(events), 0, total, 0, 0), run.label());
        Histogram measured = latencies[1];
        Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.P50, List.of(micros(measured.getValueAtPercentile(50))));
        figures.put(Figure.P99, List.of(micros(measured.getValueAtPercentile(99))));
        figures.put(Figure.P999, List.of(micros(measured.getValueAtPercentile(99.9))));
        figures.put(Figure.LONGEST, List.of(micros(measured.getMaxValue())));
        return new Outcome(run, List.of(List.of(events / seconds / EVENTS_PER_MILLION)), 0, given, figures);
    }

    /** Publishes all events; the sum of their values. */
    private long publish(Paced contender) {
        long total = 0;
        long due = System.nanoTime() + SETTLE;
        start = due;
        for (long event = 0; event < events; event++, due += BETWEEN_EVENTS) {
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            total += publish(contender, event);
        }
        return total;
    }

    private static long publish(Paced contender, long event) {
        long value = event % VALUES;
        contender.publish(EventStream.START + windowOf(event), value);
        return value;
    }

    @Override
    public void onWindow(long end, long windowSum) {
        long now = System.nanoTime();
        windows++;
        sum += windowSum;
        long closing = firstOf(end - EventStream.START);
        // the last window is ended by no event
        if (closing < events) {
            Histogram latency = latencies[(int) Math.min(1, closing / warmup)];
            latency.recordValue(Math.min(LONGEST, Math.max(0, now - (start + closing * BETWEEN_EVENTS))));
        }
    }

    /** The number of the window that an event is in. */
    static long windowOf(long event) {
        return event < SHORT
                ? event / EVENTS_PER_SHORT_WINDOW
                : SHORT / EVENTS_PER_SHORT_WINDOW + (event - SHORT) / EVENTS_PER_WINDOW;
    }

    private static long firstOf(long window) {
        long shortWindows = windowOf(SHORT);
        return window < shortWindows
                ? window * EVENTS_PER_SHORT_WINDOW
                : SHORT + (window - shortWindows) * EVENTS_PER_WINDOW;
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }
}
