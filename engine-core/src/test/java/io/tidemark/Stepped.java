package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An engine of {@link Sale sums per shop} driven step by step; its clock starts at {@link #NOW}. */
final class Stepped {
    static final long NOW = 1_000_000;

    final SteppedEngine<Sale> steps;
    final EventTimeEngine<Sale> engine;

    /** Windows of 10 ms, allowed lateness zero. */
    Stepped(EngineBuilder<Sale> builder) {
        this(builder, Duration.ZERO);
    }

    Stepped(EngineBuilder<Sale> builder, Duration allowedLateness) {
        steps = SteppedEngine.of(builder, new VirtualClock(Instant.ofEpochMilli(NOW)));
        engine = steps.engine();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .allowedLateness(allowedLateness)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
    }

    Stepped(WatermarkStrategy<? super Sale> strategy) {
        this(Engines.sales().watermark(strategy));
    }

    Stepped start() {
        steps.start();
        return this;
    }

    Source<Sale> source(String name) {
        return engine.source(name);
    }

    Source<Sale> source(String name, WatermarkStrategy<? super Sale> strategy) {
        return engine.source(name, strategy);
    }

    /** One step. */
    void publish(Source<Sale> source, Sale... sales) {
        steps.step(() -> Engines.publish(source, sales));
    }

    /** One step. */
    void publish(Sale... sales) {
        steps.step(() -> Engines.publish(engine, sales));
    }

    /** One step. */
    void millis(long elapsed) {
        steps.advanceClock(Duration.ofMillis(elapsed));
    }

    long watermark() {
        return engine.metrics().watermark();
    }

    List<String> lines() {
        return steps.observedResults().stream()
                .map(Observed::what)
                .map(Engines::line)
                .toList();
    }

    List<LateEvent<?, ?>> late() {
        return steps.observedLate().stream()
                .<LateEvent<?, ?>>map(Observed::what)
                .toList();
    }

    /** Ends the input; all laws hold. */
    EngineReport complete() {
        EngineReport report = steps.complete();
        assertThat(report.state()).isEqualTo(EngineState.COMPLETED);
        EngineLaws.check(steps);
        return report;
    }
}
