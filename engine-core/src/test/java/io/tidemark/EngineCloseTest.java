package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EngineCloseTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void close_discardsOpenWindows_andSaysHowMany() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled(), lines);
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5), new Sale(12, 7, 6), new Sale(3, 8, 1), new Sale(4, 8, 2));
        Engines.drain(engine);
        Engines.publish(engine, Sale.at(13), Sale.at(14));
        EngineReport report = Engines.stop(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) ON_TIME 0 last");
        assertThat(report.state()).isEqualTo(EngineState.CLOSED);
        assertThat(report.discardedWindows()).isEqualTo(1);
        assertThat(report.discardedEvents()).isEqualTo(2);
        assertThat(report.cause()).isNull();
        assertThat(report.metrics().stream("sums").late()).isEqualTo(2);
    }

    @Test
    void closeOfANewEngine_discardsWhatWaits() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        Engines.publish(engine, Sale.at(1));
        assertThat(engine.advanceTo(5)).isEqualTo(OfferResult.ACCEPTED);
        Engines.publish(source, Sale.at(1), Sale.at(2));
        EngineReport report = Engines.stop(engine);
        assertThat(report.discardedWindows()).isZero();
        // a command is no event
        assertThat(report.discardedEvents()).isEqualTo(3);
        assertThat(engine.offer(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
    }

    @Test
    void closeTwice_isTheSameAsOnce() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Engines.stop(engine);
        assertThat(Engines.stop(engine).state()).isEqualTo(EngineState.CLOSED);
    }

    @Test
    void closeAfterComplete_doesNothing() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        try (engine) {
            engine.start();
            Engines.publish(engine, new Sale(1, 7, 5));
            Engines.complete(engine);
        }
        assertThat(Engines.stop(engine).state()).isEqualTo(EngineState.COMPLETED);
        assertThat(lines).hasSize(1);
    }

    @Test
    void closeFromACallback_isDoneWhenTheCallbackHasReturned() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        CountDownLatch returned = new CountDownLatch(1);
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    engine.close();
                    lines.add(engine.state() + " " + result.start());
                    returned.countDown();
                });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        Gate.await(returned);
        EngineReport report = Engines.stop(engine);
        assertThat(report.state()).isEqualTo(EngineState.CLOSED);
        assertThat(report.discardedWindows()).isEqualTo(1);
        assertThat(lines).containsExactly("RUNNING 0");
    }

    @Test
    void closeFromACallbackWhilePolling_isDoneByTheNextPoll() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate().onResult(result -> engine.close());
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        engine.poll();
        assertThat(engine.poll()).isZero();
        assertThat(engine.state()).isEqualTo(EngineState.CLOSED);
        EngineLaws.checkBooks(engine.metrics());
    }

    @Test
    void closeFromAnotherThread_endsACompleteThatWaits() {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.window(Engines.TEN).aggregate(Aggregators.count()).dropLate().onResult(result -> gate.pass());
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        gate.awaitEntered();
        List<EngineState> ends = new ArrayList<>();
        Thread completing = new Thread(() -> ends.add(engine.complete().state()));
        completing.start();
        Thread closing = new Thread(engine::close);
        closing.start();
        while (engine.offer(Sale.at(13)) != OfferResult.CLOSED) {
            Thread.onSpinWait();
        }
        awaitWaiting(closing);
        gate.open();
        Gate.join(closing);
        Gate.join(completing);
        assertThat(ends).containsExactly(EngineState.CLOSED);
        Engines.stop(engine);
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }
}
