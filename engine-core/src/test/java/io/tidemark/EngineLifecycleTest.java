package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EngineLifecycleTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void states_followTheLife() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        assertThat(engine.state()).isEqualTo(EngineState.NEW);
        engine.start();
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        Engines.complete(engine);
        assertThat(engine.state()).isEqualTo(EngineState.COMPLETED);
        engine.close();
        assertThat(engine.state()).isEqualTo(EngineState.COMPLETED);
    }

    @Test
    void startTwice_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("RUNNING");
        Engines.complete(engine);
        assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("COMPLETED");
    }

    @Test
    void startAfterClose_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Engines.stop(engine);
        assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("CLOSED");
    }

    @Test
    void startWithoutWindows_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("no windows");
        assertThat(engine.state()).isEqualTo(EngineState.NEW);
    }

    @Test
    void startWithoutAggregate_namesTheWindowsAndTheCall() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.keyByLong(Sale::shop).window(Engines.TEN).named("per shop");
        assertThatIllegalStateException()
                .isThrownBy(engine::start)
                .withMessageContainingAll("per shop", "aggregate(...)");
    }

    @Test
    void startWithoutLateRule_namesTheCall() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.window(Engines.TEN).aggregate(Aggregators.count());
        assertThatIllegalStateException()
                .isThrownBy(engine::start)
                .withMessageContainingAll("windows-1", "onLate(...)", "dropLate()");
    }

    @Test
    void startWithoutListener_namesTheCall() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate();
        assertThatIllegalStateException().isThrownBy(engine::start).withMessageContaining("onResult(...)");
    }

    @Test
    void anUnfinishedChain_canBeFinishedAfterTheRefusal() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        ResultStage<Sale, Long, Long> stage = engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate();
        assertThatIllegalStateException().isThrownBy(engine::start);
        stage.onResult(result -> lines.add(Engines.line(result)));
        engine.start();
        Engines.publish(engine, new Sale(3, 7, 5));
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) ON_TIME 0 last");
    }

    @Test
    void declaringAfterASourceWasOpened_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        KeyedStream<Sale, Long> byShop = engine.keyByLong(Sale::shop);
        engine.source("till");
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.keyByLong(Sale::shop))
                .withMessageContaining("source");
        assertThatIllegalStateException().isThrownBy(() -> engine.keyBy(Sale::shopName));
        assertThatIllegalStateException().isThrownBy(() -> engine.window(Engines.TEN));
        assertThatIllegalStateException().isThrownBy(() -> byShop.window(Engines.TEN));
        Engines.stop(engine);
    }

    @Test
    void declaringAfterTheFirstEvent_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Engines.publish(engine, Sale.at(1));
        assertThatIllegalStateException().isThrownBy(() -> engine.window(Engines.TEN));
        Engines.stop(engine);
    }

    @Test
    void eventsPublishedBeforeStart_wait() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        Engines.publish(engine, new Sale(1, 7, 5));
        Engines.publish(source, new Sale(2, 7, 6));
        assertThat(engine.metrics().source("till").inFlight()).isOne();
        assertThat(engine.metrics().source("publish").inFlight()).isOne();
        assertThat(lines).isEmpty();
        engine.start();
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 11 (2) ON_TIME 0 last");
    }

    @Test
    void sourceNames_areUnique() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        assertThat(engine.source("till").name()).isEqualTo("till");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.source("till"))
                .withMessageContaining("till");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.source("publish"))
                .withMessageContaining("publish");
        Engines.stop(engine);
    }

    @Test
    void sourceAfterTheEnd_isRefused() {
        EventTimeEngine<Sale> completed = Engines.sums(Engines.sales(), lines);
        completed.start();
        Engines.complete(completed);
        assertThatIllegalStateException()
                .isThrownBy(() -> completed.source("late"))
                .withMessageContaining("COMPLETED");

        EventTimeEngine<Sale> closed = Engines.sums(Engines.sales(), lines);
        Engines.stop(closed);
        assertThatIllegalStateException()
                .isThrownBy(() -> closed.source("late"))
                .withMessageContaining("CLOSED");
    }

    @Test
    void aSourceOpenedWhileRunning_counts() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Source<Sale> source = engine.source("joins");
        Engines.publish(source, new Sale(4, 7, 5));
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) ON_TIME 0 last");
    }

    @Test
    void afterTheEnd_everyEntranceAnswersClosed() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.complete(engine);
        assertThat(engine.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        assertThat(engine.offer(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        assertThat(engine.advanceTo(1)).isEqualTo(OfferResult.CLOSED);
        assertThat(source.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        assertThat(source.offer(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        assertThat(source.advanceTo(1)).isEqualTo(OfferResult.CLOSED);
        assertThat(engine.metrics().source("till").shed()).isZero();
    }

    @Test
    void aClosedSource_answersClosed_andTheOthersGoOn() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        Engines.publish(source, new Sale(1, 7, 5));
        source.close();
        assertThat(source.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        assertThat(source.advanceTo(1)).isEqualTo(OfferResult.CLOSED);
        engine.start();
        Engines.publish(engine, new Sale(2, 7, 6));
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 11 (2) ON_TIME 0 last");
    }

    @Test
    void whatDoesNotFitTheUnit_isRefusedWhereItIsSaid() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        KeyedStream<Sale, Long> byShop = engine.keyByLong(Sale::shop);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byShop.window(Windows.tumbling(Duration.ofNanos(1))))
                .withMessageContaining("PT0.000000001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byShop.window(Engines.TEN).allowedLateness(Duration.ofNanos(5)))
                .withMessageContainingAll("allowed lateness", "PT0.000000005S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byShop.window(Engines.TEN).allowedLateness(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> byShop.window(Engines.TEN).allowedLateness(Duration.ofMillis(Long.MAX_VALUE)))
                .withMessageContaining("64 bits");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Engines.sales()
                        .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofNanos(1)))
                        .build())
                .withMessageContaining("delay");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Engines.sales().maxFutureSkew(Duration.ofNanos(1)).build())
                .withMessageContaining("maxFutureSkew");
    }

    @Test
    void whatIsMissing_isNamedByBuild() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventTimeEngine.<Sale>builder("x")
                        .watermark(WatermarkStrategy.ascending())
                        .build())
                .withMessageContaining(".timestamp(");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EventTimeEngine.<Sale>builder("x").timestamp(Sale::at).build())
                .withMessageContaining(".watermark(");
    }

    @Test
    void settingsOutOfRange_areRefusedWithTheirValue() {
        EngineBuilder<Sale> builder = Engines.sales();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.capacity(0))
                .withMessageContaining("capacity must be 1 or more, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.batchSize(-3))
                .withMessageContaining("got -3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.latencySampling(3))
                .withMessageContaining("power of two, got 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.stampSampling(6))
                .withMessageContaining("power of two, got 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.publishTimeout(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxFutureSkew(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeUnit(TimeUnit.MINUTES))
                .withMessageContaining("MINUTES");
    }

    @Test
    void sayingTwiceWhatIsComputedOrWhoIsTold_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        WindowedStream<Sale, Long> windows = engine.keyByLong(Sale::shop).window(Engines.TEN);
        ResultStage<Sale, Long, Long> counts =
                windows.aggregate(Aggregators.<Sale>count()).dropLate();
        assertThatIllegalStateException()
                .isThrownBy(() -> windows.aggregate(Aggregators.sumExact(Sale::amount)))
                .withMessageContaining("windows-1")
                .withMessageContaining("window(...)");
        counts.onResult(result -> lines.add("first"));
        assertThatIllegalStateException()
                .isThrownBy(() -> counts.onResult(result -> lines.add("second")))
                .withMessageContaining("windows-1");
    }

    @Test
    void declaringMoreOfWindowsInUse_isRefused() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        WindowedStream<Sale, Long> windows = engine.keyByLong(Sale::shop).window(Engines.TEN);
        AggregatedStream<Sale, Long, Long> counts = windows.aggregate(Aggregators.count());
        ResultStage<Sale, Long, Long> results = counts.dropLate();
        results.onResult(result -> lines.add("result"));
        engine.start();
        List<ThrowingCallable> tooLate = List.of(
                () -> windows.named("late"),
                () -> windows.allowedLateness(Duration.ofMillis(1)),
                () -> windows.trigger(Trigger.never()),
                windows::discarding,
                windows::ordered,
                () -> counts.onLate(event -> {}),
                counts::dropLate,
                () -> results.onPartlyLate(event -> {}));
        assertThat(tooLate)
                .allSatisfy(declaring ->
                        assertThatIllegalStateException().isThrownBy(declaring).withMessageContaining("declare"));
        engine.close();
    }
}
