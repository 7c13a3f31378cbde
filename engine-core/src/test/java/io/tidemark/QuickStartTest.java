package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuickStartTest {
    record Payment(long occurredAt, long merchantId, long amountMinor) {}

    @Test
    void oneWayThrough_ownThread() {
        List<String> out = new ArrayList<>();
        List<Object> late = new ArrayList<>();
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("payments")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
                .build();
        engine.keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .onLate(late::add)
                .onResult(r -> out.add(r.key() + " " + r.window() + " " + r.value() + " " + r.pane()));
        engine.start();
        for (Payment p : List.of(
                new Payment(1_000, 7, 250),
                new Payment(61_000, 7, 100),
                new Payment(59_999, 7, 50),
                new Payment(70_000, 7, 1),
                new Payment(59_000, 7, 999))) {
            assertThat(engine.publish(p)).isEqualTo(OfferResult.ACCEPTED);
        }
        EngineReport report = engine.complete();
        assertThat(report.state()).isEqualTo(EngineState.COMPLETED);
        assertThat(out)
                .containsExactly(
                        "7 [0, 60000) 300 Pane[timing=ON_TIME, number=0, last=true]",
                        "7 [60000, 120000) 101 Pane[timing=ON_TIME, number=0, last=true]");
        assertThat(late).hasSize(1);
    }

    @Test
    void collectors_areAggregators() {
        List<String> out = new ArrayList<>();
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("collected")
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.ascending())
                .polled()
                .build();
        engine.window(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                .collect(Collectors.groupingBy(
                        Payment::merchantId, TreeMap::new, Collectors.summingLong(Payment::amountMinor)))
                .dropLate()
                .onResult(r -> out.add(r.window() + " " + r.value()));
        engine.start();
        for (Payment p : List.of(new Payment(1, 7, 2), new Payment(11, 7, 3), new Payment(12, 8, 5))) {
            assertThat(engine.publish(p)).isEqualTo(OfferResult.ACCEPTED);
        }
        engine.complete();
        assertThat(out).containsExactly("[-10, 10) {7=2}", "[0, 20) {7=5, 8=5}", "[10, 30) {7=3, 8=5}");
    }
}
