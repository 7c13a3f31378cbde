package io.tidemark.testing;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static io.tidemark.window.Pane.Timing.LATE;
import static io.tidemark.window.Pane.Timing.ON_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples in the Javadoc of the test kit, run; {@code JavadocExamplesTest} holds the two together. */
class TestingExamplesTest {
    record Payment(long occurredAt, long merchantId, long amountMinor) {}

    @Test
    void outOfOrderStream() {
        OutOfOrderStream stream = OutOfOrderStream.builder(42)
                .events(1_000)
                .keys(8)
                .outOfOrderness(Duration.ofSeconds(10))
                .stragglers(0.02, Duration.ofMinutes(5))
                .build();
        var engine = SteppedEngine.of(EventTimeEngine.<GeneratedEvent>builder("generated")
                .timestamp(GeneratedEvent::timestamp)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
        engine.engine()
                .keyByLong(GeneratedEvent::key)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .named("volume")
                .aggregate(Aggregators.sumExact(GeneratedEvent::value))
                .onLate(engine.lateEvents())
                .onResult(engine.results());
        engine.start();
        stream.forEach(engine::publish);
        engine.complete();

        long late = stream.late(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ZERO);
        assert engine.metrics().stream("volume").late() == late : stream;
        EngineLaws.check(engine);

        assertThat(late).isPositive().isEqualTo(engine.observedLate().size());
    }

    @Test
    void paneAssertions() {
        var engine = SteppedEngine.of(EventTimeEngine.<Payment>builder("test")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
        engine.engine()
                .keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .named("volume")
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .onLate(engine.lateEvents())
                .onResult(engine.results());
        engine.start();
        engine.publish(new Payment(1_000, 7, 250)); // step 0
        engine.publish(new Payment(70_000, 8, 100)); // step 1: the watermark reaches 60000
        engine.publish(new Payment(59_999, 7, 50)); // step 2: late, but not too late
        engine.complete();

        assertPanes(engine)
                .ofStream("volume")
                .ofKey(7)
                .inWindow(0, 60_000)
                .hasPanes(ON_TIME, LATE)
                .hasValues(250, 300)
                .exactly(onTime().value(250).step(1), late().value(300).step(2))
                .noneAfterExpiry(300_000);
        assertPanes(engine).ofKey(8).endWithLast();

        assertThat(engine.observedResults()).hasSize(3);
    }
}
