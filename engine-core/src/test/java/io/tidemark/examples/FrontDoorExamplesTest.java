package io.tidemark.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.Column;
import io.tidemark.ColumnEngine;
import io.tidemark.ColumnSource;
import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.ExpectedPane;
import io.tidemark.testing.ReferenceModel;
import io.tidemark.testing.ReferenceStages;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples of the types that a user meets first, and of the model. */
class FrontDoorExamplesTest {
    private final List<Payment> notPublished = new ArrayList<>();
    private final List<LateEvent<Long, Payment>> deadLetters = new ArrayList<>();
    private final Lines report = new Lines();
    private final Payment payment = new Payment(1_000, 7, 250);

    record Payment(long occurredAt, long merchantId, long amountMinor) {}

    private static final class Lines {
        private final List<String> lines = new ArrayList<>();

        void add(Object... cells) {
            List<String> texts = new ArrayList<>();
            for (Object cell : cells) {
                texts.add(cell.toString());
            }
            lines.add(String.join(" ", texts));
        }
    }

    @Test
    void eventTimeEngine() {
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("payments")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
                .build();
        engine.keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .onLate(deadLetters::add)
                .onResult(r -> report.add(r.key(), r.window(), r.value()));
        engine.start();
        if (engine.publish(payment) != OfferResult.ACCEPTED) {
            notPublished.add(payment); // no room for 5 s, or the engine is closed
        }
        engine.complete();
        assertThat(report.lines).containsExactly("7 [0, 60000) 250");
        assertThat(notPublished).isEmpty();
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void onResultPerShard() {
        List<Lines> reports = List.of(new Lines(), new Lines());
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("payments")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
                .shards(2)
                .build();
        engine.keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResultPerShard(shard -> r -> reports.get(shard).add(r.key(), r.value())); // of shards(2)
        engine.start();
        for (long merchant = 1; merchant <= 20; merchant++) {
            assertThat(engine.publish(new Payment(1_000, merchant, 250))).isEqualTo(OfferResult.ACCEPTED);
        }
        engine.complete();
        assertThat(reports).allSatisfy(part -> assertThat(part.lines).isNotEmpty());
        assertThat(reports.get(0).lines.size() + reports.get(1).lines.size()).isEqualTo(20);
    }

    @Test
    void columnEngine() {
        long[] rows = {1_000, 3, 250, 2_000, 3, 150, 3_000, 4, 100};
        int count = 3;
        ColumnEngine engine = EventTimeEngine.columns("tolls", "plaza", "amount")
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
                .build();
        engine.keyByLong(Column.of("plaza"))
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Column.of("amount")))
                .dropLate()
                .onResult(r -> report.add(r.longKey(), r.longValue()));
        engine.start();
        ColumnSource source = engine.source("lane-1");
        int published = source.publish(rows, 0, count); // timestamp, plaza, amount, timestamp, plaza, amount, ...
        source.close();
        engine.complete();
        assertThat(published).isEqualTo(count);
        assertThat(report.lines).containsExactlyInAnyOrder("3 400", "4 100");
    }

    @Test
    void watermarkStrategy() {
        var strategy = WatermarkStrategy.<Payment>boundedOutOfOrderness(Duration.ofSeconds(10))
                .withIdleTimeout(Duration.ofSeconds(30));
        var engine = SteppedEngine.of(EventTimeEngine.<Payment>builder("two")
                .timestamp(Payment::occurredAt)
                .watermark(strategy));
        engine.engine()
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(engine.results());
        var web = engine.engine().source("web");
        engine.engine().source("silent");
        engine.start();
        engine.step(() -> assertThat(web.publish(new Payment(70_000, 7, 250))).isEqualTo(OfferResult.ACCEPTED));
        assertThat(engine.metrics().watermark()).isEqualTo(Long.MIN_VALUE);
        engine.advanceClock(Duration.ofSeconds(29));
        engine.step(() -> assertThat(web.publish(new Payment(71_000, 7, 250))).isEqualTo(OfferResult.ACCEPTED));
        engine.advanceClock(Duration.ofSeconds(1));
        assertThat(engine.metrics().watermark()).isEqualTo(61_000);
        engine.close();
    }

    @Test
    void aggregates() {
        List<String> said = new ArrayList<>();
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("composed")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.ascending())
                .polled()
                .build();
        var payments = engine.keyByLong(Payment::merchantId);
        LongAggregator<Payment, Long> total = Aggregators.sumExact(Payment::amountMinor);
        LongAggregator<Payment, Long> largest = Aggregators.max(Payment::amountMinor);
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.all(total, largest))
                .dropLate()
                .onResult(r -> said.add(r.key() + ": " + r.value().getLong(total) + ", "
                        + r.value().getLong(largest)));
        engine.start();
        assertThat(engine.publish(payment)).isEqualTo(OfferResult.ACCEPTED);
        assertThat(engine.publish(new Payment(2_000, 7, 300))).isEqualTo(OfferResult.ACCEPTED);
        engine.complete();
        assertThat(said).containsExactly("7: 550, 300");
    }

    @Test
    void steppedEngine() {
        var engine = SteppedEngine.of(EventTimeEngine.<Payment>builder("test")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
        engine.engine()
                .keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.count())
                .onLate(engine.lateEvents())
                .onResult(engine.results());
        engine.start();
        engine.publish(payment);
        engine.complete();
        EngineLaws.check(engine);
        assertThat(engine.observedResults())
                .singleElement()
                .satisfies(observed -> assertThat(observed.what().value()).isEqualTo(1L));
    }

    @Test
    void referenceModel() {
        var model = ReferenceModel.<String, Long>tumbling(60_000, 0)
                .allowedLateness(5_000)
                .earlyEvery(2);
        model.event(1_000, "a", 7L);
        model.event(2_000, "a", 8L);
        model.watermark(60_000);
        model.panes(); // step 1, key a, [0, 60000), values [7, 8], EARLY 0; step 2, the same values, ON_TIME 1
        TimeWindow minute = new TimeWindow(0, 60_000);
        assertThat(model.panes())
                .containsExactly(
                        new ExpectedPane<>(1, "a", minute, List.of(7L, 8L), Pane.of(Pane.Timing.EARLY, 0, false)),
                        new ExpectedPane<>(2, "a", minute, List.of(7L, 8L), Pane.of(Pane.Timing.ON_TIME, 1, false)));
    }

    @Test
    void referenceStages() {
        ReferenceModel<String, Long> minutes = ReferenceModel.tumbling(60_000, 0);
        ReferenceModel<String, Long> hours = ReferenceModel.tumbling(3_600_000, 0);
        var stages = new ReferenceStages<>(minutes, hours, ExpectedPane::key, pane -> sum(pane.values()));
        stages.event(1_000, "a", 7L);
        stages.watermark(60_000); // the minute's pane is now in the hour
        stages.watermark(3_600_000);
        assertThat(hours.panes())
                .containsExactly(new ExpectedPane<>(
                        2, "a", new TimeWindow(0, 3_600_000), List.of(7L), Pane.of(Pane.Timing.ON_TIME, 0, true)));
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
