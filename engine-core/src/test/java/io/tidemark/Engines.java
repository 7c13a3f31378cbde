package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;

/** Engines of sales as the front door's tests need them: unit 1 ms, windows of 10 ms, W = newest timestamp. */
final class Engines {
    static final WindowAssigner<Object> TEN = Windows.tumbling(Duration.ofMillis(10));

    private Engines() {}

    /** A builder on real clocks and a thread of its own; all timestamps of the tests lie far in its past. */
    static EngineBuilder<Sale> sales() {
        return EventTimeEngine.<Sale>builder("sales")
                .timestamp(Sale::at)
                .watermark(WatermarkStrategy.ascending())
                .publishTimeout(Duration.ofMinutes(1)); // a busy machine fails no test
    }

    /** Declares the usual windows: the sum per shop, each result as a line. */
    static void declareSums(EventTimeEngine<Sale> engine, List<String> lines) {
        engine.keyByLong(Sale::shop)
                .window(TEN)
                .named("sums")
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add(line(result)));
    }

    static EventTimeEngine<Sale> sums(EngineBuilder<Sale> builder, List<String> lines) {
        EventTimeEngine<Sale> engine = builder.build();
        declareSums(engine, lines);
        return engine;
    }

    /** A result in one line: {@code key [start, end) value (count) timing number last}. */
    static String line(WindowResult<?, ?> result) {
        return result.key() + " " + result.window() + " " + result.value() + " (" + result.count() + ") "
                + result.pane().timing() + " " + result.pane().number()
                + (result.pane().last() ? " last" : "");
    }

    static void publish(EventTimeEngine<Sale> engine, Sale... sales) {
        for (Sale sale : sales) {
            assertThat(engine.publish(sale)).isEqualTo(OfferResult.ACCEPTED);
        }
    }

    static void publish(Source<Sale> source, Sale... sales) {
        for (Sale sale : sales) {
            assertThat(source.publish(sale)).isEqualTo(OfferResult.ACCEPTED);
        }
    }

    /** Polls until nothing is left to do. */
    static void drain(EventTimeEngine<?> engine) {
        while (engine.poll() > 0) {
            // one pass may make work for the next
        }
    }

    /** Ends the input, and demands a clean end with its books in order. */
    static EngineReport complete(EventTimeEngine<?> engine) {
        EngineReport report = engine.complete();
        assertThat(report.state()).isEqualTo(EngineState.COMPLETED);
        assertThat(report.cause()).isNull();
        assertThat(report.discardedWindows()).isZero();
        assertThat(report.discardedEvents()).isZero();
        assertThat(report.metrics().watermark()).isEqualTo(Long.MAX_VALUE);
        EngineLaws.checkBooks(report.metrics());
        EngineLaws.checkDrained(report.metrics());
        assertThat(report.metrics().sources())
                .allSatisfy(source -> assertThat(source.inFlight()).isZero());
        return report;
    }

    /** Stops the engine; what did not end cleanly must still have its books in order. */
    static EngineReport stop(EventTimeEngine<?> engine) {
        engine.close();
        EngineReport report = engine.report();
        assertThat(report.state().isFinal()).isTrue();
        EngineLaws.checkBooks(report.metrics());
        return report;
    }
}
