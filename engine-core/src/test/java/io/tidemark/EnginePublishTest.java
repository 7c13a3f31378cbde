package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** FULL and what comes before it. Before {@code start()} nobody takes events out, so rings fill up exactly. */
class EnginePublishTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void offerToAFullRing_isFull_andCountedAsShed() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().capacity(4), lines);
        for (int i = 0; i < 4; i++) {
            assertThat(engine.offer(Sale.at(i))).isEqualTo(OfferResult.ACCEPTED);
        }
        assertThat(engine.offer(Sale.at(4))).isEqualTo(OfferResult.FULL);
        assertThat(engine.offer(Sale.at(5))).isEqualTo(OfferResult.FULL);
        SourceMetrics books = engine.metrics().source("publish");
        assertThat(books.shed()).isEqualTo(2);
        assertThat(books.accepted()).isEqualTo(4);
        assertThat(books.inFlight()).isEqualTo(4);
        engine.start();
        Engines.complete(engine);
        assertThat(lines).containsExactly("1 [0, 10) 4 (4) ON_TIME 0 last");
    }

    @Test
    void offerToAFullSource_isFull_andCountedAsShedThere() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().capacity(1), lines);
        Source<Sale> source = engine.source("till");
        assertThat(source.offer(Sale.at(1))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(source.offer(Sale.at(2))).isEqualTo(OfferResult.FULL);
        assertThat(engine.metrics().source("till").shed()).isOne();
        assertThat(engine.metrics().source("publish").shed()).isZero();
        engine.start();
        Engines.complete(engine);
        assertThat(lines).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
    }

    @Test
    void publishWithoutPatience_isFullAtOnce_andShed() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().capacity(2).publishTimeout(Duration.ZERO), lines);
        Source<Sale> source = engine.source("till");
        Engines.publish(engine, Sale.at(1), Sale.at(2));
        Engines.publish(source, Sale.at(1), Sale.at(2));
        assertThat(engine.publish(Sale.at(3))).isEqualTo(OfferResult.FULL);
        assertThat(source.publish(Sale.at(3))).isEqualTo(OfferResult.FULL);
        assertThat(engine.metrics().sources()).extracting(SourceMetrics::shed).containsExactly(1L, 1L);
        engine.start();
        Engines.complete(engine);
        assertThat(lines).containsExactly("1 [0, 10) 4 (4) ON_TIME 0 last");
    }

    @Test
    void publish_givesUpAfterItsTimeout() {
        EventTimeEngine<Sale> engine =
                Engines.sums(Engines.sales().capacity(2).publishTimeout(Duration.ofMillis(5)), lines);
        Engines.publish(engine, Sale.at(1), Sale.at(2));
        assertThat(engine.publish(Sale.at(3))).isEqualTo(OfferResult.FULL);
        assertThat(engine.metrics().source("publish").shed()).isOne();
        Engines.stop(engine);
    }

    @Test
    void publish_waitsForRoom() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().capacity(2), lines);
        engine.start();
        for (int i = 0; i < 1_000; i++) {
            Engines.publish(engine, Sale.at(1));
        }
        Engines.complete(engine);
        assertThat(lines).containsExactly("1 [0, 10) 1000 (1000) ON_TIME 0 last");
    }

    @Test
    void aTimeoutBeyondAllTime_isForEver() {
        EventTimeEngine<Sale> engine =
                Engines.sums(Engines.sales().capacity(2).publishTimeout(Duration.ofSeconds(Long.MAX_VALUE)), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (int i = 0; i < 200; i++) {
            Engines.publish(source, Sale.at(1));
        }
        Engines.complete(engine);
        assertThat(lines).containsExactly("1 [0, 10) 200 (200) ON_TIME 0 last");
    }

    @Test
    void publishFromACallback_onAFullRing_isFullAtOnce() {
        EventTimeEngine<Sale> engine = Engines.sales()
                .capacity(2)
                .publishTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                .build();
        List<OfferResult> answers = new ArrayList<>();
        AtomicReference<Source<Sale>> source = new AtomicReference<>();
        CountDownLatch called = new CountDownLatch(1);
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate().onResult(result -> {
            for (int i = 0; i < 3 && result.start() == 0; i++) {
                answers.add(engine.publish(Sale.at(15)));
                answers.add(source.get().publish(Sale.at(16)));
            }
            called.countDown();
        });
        source.set(engine.source("till"));
        engine.start();
        Engines.publish(engine, Sale.at(1));
        assertThat(engine.advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
        assertThat(source.get().advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
        Gate.await(called);
        assertThat(answers)
                .containsExactly(
                        OfferResult.ACCEPTED,
                        OfferResult.ACCEPTED,
                        OfferResult.ACCEPTED,
                        OfferResult.ACCEPTED,
                        OfferResult.FULL,
                        OfferResult.FULL);
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().source("publish").shed()).isOne();
        assertThat(report.metrics().source("till").shed()).isOne();
    }

    @Test
    void aNullEvent_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        assertThatNullPointerException().isThrownBy(() -> engine.publish(null)).withMessageContaining("null");
        assertThatNullPointerException().isThrownBy(() -> engine.offer(null)).withMessageContaining("null");
        assertThatNullPointerException().isThrownBy(() -> source.publish(null)).withMessageContaining("null");
        assertThatNullPointerException().isThrownBy(() -> source.offer(null)).withMessageContaining("null");
        assertThat(engine.metrics().sources())
                .extracting(SourceMetrics::accepted)
                .containsExactly(0L, 0L);
        Engines.stop(engine);
    }
}
