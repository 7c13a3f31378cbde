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
 * stall counts for every window that had to wait for it (no coordinated omission). Before that come windows as fast as they go: with a
 * thousand a second, what closes one would be compiled only after ten seconds and more, by threads for which there is no third core.
 *
 * <p>Threads: belongs to the publishing thread; windows come on the contender's. Units: nanoseconds, event time milliseconds.
 */
final class PacedRun implements Paced.Listener {
    private static final long BETWEEN_EVENTS = 1_000;
    private static final int EVENTS_PER_WINDOW = 1_000;
    /** Events that are published without a plan: more windows than the compiler waits for. */
    static final long HURRIED = 20_000L * EVENTS_PER_WINDOW;

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
    private final Histogram latencies = new Histogram(LONGEST, DIGITS);
    private volatile long start;
    private long windows;
    private long sum;

    PacedRun(Run run, Effort effort) {
        this.run = run;
        // an event is a microsecond, a window a millisecond
        this.warmup = HURRIED + effort.warmupMillis() * EVENTS_PER_WINDOW;
        this.events = warmup + run.events();
    }

    Outcome measure(ContenderFactory factory) {
        Paced contender = factory.createPaced(run.patience(), this);
        long total = publish(contender);
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        contender.finish();
        PaneTally.Summary given = new PaneTally.Summary(windows, 0, sum, 0, 0);
        given.require(new PaneTally.Summary(events / EVENTS_PER_WINDOW, 0, total, 0, 0), run.label());
        Map<Figure, List<Double>> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.P50, List.of(micros(latencies.getValueAtPercentile(50))));
        figures.put(Figure.P99, List.of(micros(latencies.getValueAtPercentile(99))));
        figures.put(Figure.P999, List.of(micros(latencies.getValueAtPercentile(99.9))));
        figures.put(Figure.LONGEST, List.of(micros(latencies.getMaxValue())));
        return new Outcome(run, List.of((events - HURRIED) / seconds / EVENTS_PER_MILLION), 0, given, figures);
    }

    /** Publishes all events; the sum of their values. */
    private long publish(Paced contender) {
        long total = 0;
        for (long event = 0; event < HURRIED; event++) {
            total += publish(contender, event);
        }
        long due = System.nanoTime() + SETTLE;
        start = due;
        for (long event = HURRIED; event < events; event++, due += BETWEEN_EVENTS) {
            while (System.nanoTime() - due < 0) {
                Thread.onSpinWait();
            }
            total += publish(contender, event);
        }
        return total;
    }

    private static long publish(Paced contender, long event) {
        long value = event % VALUES;
        contender.publish(EventStream.START + event / EVENTS_PER_WINDOW, value);
        return value;
    }

    @Override
    public void onWindow(long end, long windowSum) {
        long now = System.nanoTime();
        windows++;
        sum += windowSum;
        long closing = (end - EventStream.START) * EVENTS_PER_WINDOW;
        // the last window is ended by no event
        if (closing >= warmup && closing < events) {
            latencies.recordValue(Math.min(LONGEST, Math.max(0, now - (start + (closing - HURRIED) * BETWEEN_EVENTS))));
        }
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }
}
