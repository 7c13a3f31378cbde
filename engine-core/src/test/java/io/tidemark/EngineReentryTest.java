package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** User code that uses the engine which is calling it. */
class EngineReentryTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void lookingFromACallBack_disturbsNoPane() {
        SteppedEngine<Sale> steps = SteppedEngine.of(Engines.sales());
        EventTimeEngine<Sale> engine = steps.engine();
        engine.keyByLong(Sale::shop)
                .window(Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
                .allowedLateness(Duration.ofMillis(200))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    lines.add(Engines.line(result));
                    assertThat(engine.explain()).startsWith("Engine sales");
                    assertThat(engine.metrics().streams()).hasSize(1);
                });
        steps.start();
        steps.publish(Sale.at(100));
        steps.publish(Sale.at(5));
        assertThat(lines)
                .containsExactly("1 [-20, 10) 1 (1) LATE 0", "1 [-10, 20) 1 (1) LATE 0", "1 [0, 30) 1 (1) LATE 0");
        steps.complete();
        EngineLaws.check(steps);
    }

    @Test
    void eventsThatFailAndComeAgain_leaveAPassItsEnd() {
        AtomicReference<EventTimeEngine<Sale>> self = new AtomicReference<>();
        List<OfferResult> again = new ArrayList<>();
        EventTimeEngine<Sale> engine = EventTimeEngine.<Sale>builder("failing")
                .timestamp(sale -> {
                    if (again.size() < 1_000) {
                        again.add(self.get().offer(sale));
                    }
                    throw new IllegalArgumentException("no time");
                })
                .watermark(WatermarkStrategy.ascending())
                .capacity(8)
                .polled()
                .build();
        self.set(engine);
        Engines.declareSums(engine, lines);
        engine.start();
        Engines.publish(engine, Sale.at(1));
        assertThat(engine.poll()).isZero();
        assertThat(again).hasSize(8).containsOnly(OfferResult.ACCEPTED);
        assertThat(Engines.stop(engine).metrics().source("publish").failed()).isEqualTo(8);
    }
}
