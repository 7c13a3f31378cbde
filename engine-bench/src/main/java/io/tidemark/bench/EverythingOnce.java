package io.tidemark.bench;

import io.tidemark.Column;
import io.tidemark.ColumnEngine;
import io.tidemark.ColumnSource;
import io.tidemark.EngineReport;
import io.tidemark.EngineSettings;
import io.tidemark.EngineState;
import io.tidemark.EventTimeEngine;
import io.tidemark.LongRow;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Payment;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Runs every built-in window and every built-in aggregator for a while, over objects and over rows: what the JIT compiler learns from
 * it is in the way of what is measured afterwards in the same JVM, as in an application that uses all of them.
 *
 * <p>Threads: belongs to one thread.
 */
public final class EverythingOnce {
    private static final int KEYS = 500;
    private static final int EVENTS = 40_000;
    private static final long SEED = 7;
    private static final int BATCH = 256;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final long[] rows = new EventStream(EVENTS, 2, KEYS, SEED).rows();
    private long results;

    private EverythingOnce() {}

    /** Runs it; how many results came. */
    public static long run() {
        EverythingOnce all = new EverythingOnce();
        ToLongFunction<Payment> value = Payment::value;
        ToLongFunction<LongRow> column = Column.of("value");
        WindowAssigner<Object> tumbling = Windows.tumbling(SECOND);
        windows(value).forEach(windows -> all.runObjects(windows, Aggregators.sumExact(value)));
        windows(column).forEach(windows -> all.runRows(windows, Aggregators.sumExact(column)));
        aggregations(value).forEach(aggregation -> all.runObjects(tumbling, aggregation));
        aggregations(column).forEach(aggregation -> all.runRows(tumbling, aggregation));
        return all.results;
    }

    static <E> List<WindowAssigner<? super E>> windows(ToLongFunction<E> value) {
        ZoneId zone = ZoneOffset.UTC;
        List<WindowAssigner<? super E>> windows = new ArrayList<>();
        windows.add(Windows.tumbling(SECOND));
        windows.add(Windows.sliding(MINUTE, SECOND));
        windows.add(Windows.session(Duration.ofMillis(100)));
        windows.add(Windows.session(Duration.ofMillis(100), MINUTE));
        windows.add(Windows.sessionBy(value));
        windows.add(Windows.tumblingBy(value));
        windows.add(Windows.custom((timestamp, input, into) -> into.add(timestamp, timestamp + 100)));
        windows.add(Windows.following(SECOND));
        windows.add(Windows.count(10));
        windows.add(Windows.timeOrCount(SECOND, 10));
        windows.add(Windows.days(zone));
        windows.add(Windows.weeks(DayOfWeek.MONDAY, zone));
        windows.add(Windows.months(zone));
        windows.add(Windows.years(zone));
        windows.add(Windows.calendar(Period.ofDays(2), zone, LocalDate.EPOCH));
        windows.add(Windows.businessDays(LocalTime.NOON, zone, Set.of()));
        windows.add(Windows.cumulating(Windows.tumbling(MINUTE), SECOND));
        windows.add(Windows.global());
        return windows;
    }

    static <E> List<Aggregation<E, ?>> aggregations(ToLongFunction<E> value) {
        return List.of(
                Aggregators.count(),
                Aggregators.sumExact(value),
                Aggregators.sumBigInteger(value),
                Aggregators.sumDouble(value::applyAsLong),
                Aggregators.min(value),
                Aggregators.max(value),
                Aggregators.average(value),
                Aggregators.variance(value),
                Aggregators.first(value),
                Aggregators.last(value),
                Aggregators.list(value::applyAsLong),
                Aggregators.countDistinct(value::applyAsLong),
                Aggregators.countDistinctLong(value),
                Aggregators.top(3, value, value::applyAsLong),
                Aggregators.percentiles(value, 50, 99),
                Aggregators.all(Aggregators.count(), Aggregators.sumExact(value)),
                Aggregators.collecting(Collectors.summingLong(value)));
    }

    private void runObjects(WindowAssigner<? super Payment> windows, Aggregation<? super Payment, ?> aggregation) {
        EventTimeEngine<Payment> engine = configure(
                        EventTimeEngine.<Payment>builder("everything").timestamp(Payment::timestamp))
                .build();
        declare(engine, Payment::key, windows, aggregation);
        engine.start();
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            EngineRun.requireAccepted(engine.publish(Payment.of(rows, row)));
        }
        requireCompleted(engine.complete());
    }

    private void runRows(WindowAssigner<? super LongRow> windows, Aggregation<? super LongRow, ?> aggregation) {
        ColumnEngine engine =
                configure(EventTimeEngine.columns("everything", "key", "value")).build();
        declare(engine, Column.of("key"), windows, aggregation);
        ColumnSource source = engine.source("feed");
        engine.start();
        for (int row = 0; row < EVENTS; row += BATCH) {
            int count = Math.min(BATCH, EVENTS - row);
            if (source.publish(rows, row * EventStream.STRIDE, count) != count) {
                throw new IllegalStateException("rows from " + row + " on were not accepted");
            }
        }
        requireCompleted(engine.complete());
    }

    private static <E, B extends EngineSettings<E, B>> B configure(B builder) {
        return builder.watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(EventStream.JITTER)))
                .polled();
    }

    private <E, R> void declare(
            EventTimeEngine<E> engine,
            ToLongFunction<E> key,
            WindowAssigner<? super E> windows,
            Aggregation<? super E, R> aggregation) {
        engine.keyByLong(key).window(windows).aggregate(aggregation).dropLate().onResult(pane -> results++);
    }

    private static void requireCompleted(EngineReport report) {
        if (report.state() != EngineState.COMPLETED || report.metrics().failures() > 0) {
            throw new IllegalStateException("the engine ended as " + report);
        }
    }
}
