package io.tidemark.bench;

import io.tidemark.Column;
import io.tidemark.ColumnEngine;
import io.tidemark.ColumnSource;
import io.tidemark.EngineReport;
import io.tidemark.EngineSettings;
import io.tidemark.EngineState;
import io.tidemark.EventTimeEngine;
import io.tidemark.Source;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.bench.workload.Paced;
import io.tidemark.bench.workload.Payment;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** An engine with windows of a millisecond, events published one by one. Threads: belongs to the publishing thread. */
final class PacedEngine implements Paced {
    private final EventTimeEngine<?> engine;
    private final Entrance entrance;

    private PacedEngine(EventTimeEngine<?> engine, Entrance entrance) {
        this.engine = engine;
        this.entrance = entrance;
    }

    private interface Entrance {
        OfferResult publish(long timestamp, long value);
    }

    /** Rows. */
    static Paced rows(int patience, Paced.Listener listener) {
        ColumnEngine engine = configure(EventTimeEngine.columns("paced", "key", "value"), patience)
                .build();
        declare(engine, Column.of("key"), Column.of("value"), listener);
        ColumnSource source = engine.source("feed");
        engine.start();
        return new PacedEngine(engine, new Entrance() {
            private final long[] row = new long[3];

            @Override
            public OfferResult publish(long timestamp, long value) {
                row[0] = timestamp;
                row[2] = value;
                return source.publish(row, 0, 1) == 1 ? OfferResult.ACCEPTED : OfferResult.FULL;
            }
        });
    }

    /** Objects through a source. */
    static Paced objects(int patience, Paced.Listener listener) {
        EventTimeEngine<Payment> engine = events(patience, listener);
        Source<Payment> source = engine.source("feed");
        engine.start();
        return new PacedEngine(engine, (timestamp, value) -> source.publish(new Payment(timestamp, 0, value)));
    }

    /** Objects through the entrance that any thread may use. */
    static Paced shared(int patience, Paced.Listener listener) {
        EventTimeEngine<Payment> engine = events(patience, listener);
        engine.start();
        return new PacedEngine(engine, (timestamp, value) -> engine.publish(new Payment(timestamp, 0, value)));
    }

    private static EventTimeEngine<Payment> events(int patience, Paced.Listener listener) {
        EventTimeEngine<Payment> engine = configure(
                        EventTimeEngine.<Payment>builder("paced").timestamp(Payment::timestamp), patience)
                .build();
        declare(engine, Payment::key, Payment::value, listener);
        return engine;
    }

    private static <E, B extends EngineSettings<E, B>> B configure(B builder, int patience) {
        return builder.watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ZERO))
                .waitStrategy(EngineRun.spinning(patience));
    }

    private static <E> void declare(
            EventTimeEngine<E> engine, ToLongFunction<E> key, ToLongFunction<E> value, Paced.Listener listener) {
        engine.keyByLong(key)
                .window(Windows.tumbling(Duration.ofMillis(WINDOW)))
                .aggregate(Aggregators.sumExact(value))
                .dropLate()
                .onResult(pane -> listener.onWindow(pane.end(), pane.longValue()));
    }

    @Override
    public void publish(long timestamp, long value) {
        EngineRun.requireAccepted(entrance.publish(timestamp, value));
    }

    @Override
    public void finish() {
        EngineReport report = engine.complete();
        if (report.state() != EngineState.COMPLETED || report.metrics().failures() > 0) {
            throw new IllegalStateException("the engine ended as " + report);
        }
    }
}
