package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class EngineCompleteTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void complete_processesWhatWaits_andClosesEveryWindow() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5), new Sale(12, 8, 6), new Sale(23, 7, 7));
        EngineReport report = Engines.complete(engine);
        assertThat(lines)
                .containsExactly(
                        "7 [0, 10) 5 (1) ON_TIME 0 last",
                        "8 [10, 20) 6 (1) ON_TIME 0 last",
                        "7 [20, 30) 7 (1) ON_TIME 0 last");
        assertThat(report.metrics().stream("sums").panes()).isEqualTo(3);
    }

    @Test
    void completeAgain_reportsTheSameEnd() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Engines.complete(engine);
        assertThat(engine.complete().state()).isEqualTo(EngineState.COMPLETED);
        assertThat(engine.complete(Duration.ZERO).cause()).isNull();
    }

    @Test
    void completeOfANewEngine_closesIt_andSaysWhatWaited() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        Source<Sale> source = engine.source("till");
        Engines.publish(engine, Sale.at(1));
        Engines.publish(source, Sale.at(2), Sale.at(3));
        EngineReport report = engine.complete();
        assertThat(report.state()).isEqualTo(EngineState.CLOSED);
        assertThat(report.discardedEvents()).isEqualTo(3);
        assertThat(source.offer(Sale.at(4))).isEqualTo(OfferResult.CLOSED);
        assertThat(lines).isEmpty();
        EngineLaws.checkBooks(report.metrics());
    }

    @Test
    void completeOfANewEngineWithoutWindows_closesIt() {
        assertThat(Engines.sales().build().complete().state()).isEqualTo(EngineState.CLOSED);
    }

    @Test
    void completeAfterClose_reportsTheClose() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Engines.stop(engine);
        assertThat(engine.complete().state()).isEqualTo(EngineState.CLOSED);
    }

    @Test
    void completeFromACallback_asksOnly_andIsDoneWhenTheCallbackHasReturned() {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        AtomicReference<EngineReport> asked = new AtomicReference<>();
        CountDownLatch returned = new CountDownLatch(1);
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> {
                    lines.add(Engines.line(result));
                    if (asked.compareAndSet(null, engine.complete())) {
                        returned.countDown();
                    }
                });
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5), new Sale(12, 7, 6));
        Gate.await(returned);
        assertThat(asked.get().state()).isEqualTo(EngineState.COMPLETING);
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) ON_TIME 0 last", "7 [10, 20) 6 (1) ON_TIME 0 last");
        assertThat(engine.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
    }

    @Test
    void completeFromACallbackWhilePolling_isDoneByThePollsThatFollow() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add(engine.complete().state() + " " + Engines.line(result)));
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5), new Sale(12, 7, 6));
        engine.poll();
        assertThat(engine.state()).isEqualTo(EngineState.COMPLETING);
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.COMPLETED);
        assertThat(lines)
                .containsExactly(
                        "COMPLETING 7 [0, 10) 5 (1) ON_TIME 0 last", "COMPLETING 7 [10, 20) 6 (1) ON_TIME 0 last");
        EngineLaws.checkBooks(engine.metrics());
    }

    @Test
    void deadlinePassesWhileACallbackBlocks_reportNamesItsWindows_andTheEngineEndsWhenItReturns() {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = blockedEngine(gate, 1);
        EngineReport report = engine.complete(Duration.ofMillis(20));
        assertThat(report.state()).isEqualTo(EngineState.COMPLETING);
        assertThat(report.cause())
                .isInstanceOf(TimeoutException.class)
                .hasMessageContainingAll("PT0.02S", "call-back of slow");
        assertThat(report.metrics().stream("slow").liveWindows()).isEqualTo(-1);
        assertThat(engine.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);

        gate.open();
        EngineReport end = engine.complete();
        assertThat(end.state()).isEqualTo(EngineState.CLOSED);
        assertThat(end.cause()).isInstanceOf(TimeoutException.class);
        assertThat(end.discardedWindows()).isEqualTo(1);
        EngineLaws.checkBooks(end.metrics());
    }

    /** Not every call-back is timed, but each is named. */
    @Test
    void deadlinePassesWhileALaterCallbackOfTheBatchBlocks_reportNamesItsWindows() {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = blockedEngine(gate, 30);
        EngineReport report = engine.complete(Duration.ofMillis(20));
        assertThat(report.cause()).hasMessageContaining("call-back of slow");
        gate.open();
        EngineLaws.checkBooks(engine.complete().metrics());
    }

    /** An engine whose n-th call-back waits at the gate, and is there when this returns. */
    private static EventTimeEngine<Sale> blockedEngine(Gate gate, int blocked) {
        EventTimeEngine<Sale> engine = Engines.sales().build();
        int[] calls = new int[1];
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("slow")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    if (++calls[0] == blocked) {
                        gate.pass();
                    }
                });
        for (int shop = 0; shop < blocked; shop++) {
            Engines.publish(engine, new Sale(1, shop, 1));
        }
        Engines.publish(engine, Sale.at(12));
        engine.start();
        gate.awaitEntered();
        return engine;
    }

    @Test
    void aDeadlineBeyondAllTime_isForEver() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales(), lines);
        engine.start();
        Engines.publish(engine, Sale.at(1));
        assertThat(engine.complete(Duration.ofSeconds(Long.MAX_VALUE)).state()).isEqualTo(EngineState.COMPLETED);
    }

    /** A source that is opened just before the end is closed with the others, or is refused; it never keeps the engine waiting. */
    @RepeatedTest(200)
    void sourceOpenedWhileCompleting_neverHoldsTheEnd() {
        EventTimeEngine<Sale> engine = Engines.sales().capacity(2).build();
        engine.window(Windows.global())
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Thread opener = new Thread(() -> {
            for (int i = 0; ; i++) {
                try {
                    assertThat(engine.source("source-" + i)).isNotNull();
                } catch (IllegalStateException ended) {
                    break;
                }
            }
        });
        opener.start();
        assertThat(engine.complete(Duration.ofSeconds(20)).state()).isEqualTo(EngineState.COMPLETED);
        Gate.join(opener);
    }

    @Test
    void anInterrupt_endsTheWaiting_notTheCompleting() {
        Gate gate = new Gate();
        List<String> given = new CopyOnWriteArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    gate.pass();
                    given.add(Engines.line(result));
                });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        gate.awaitEntered();
        Thread.currentThread().interrupt();
        EngineReport report = engine.complete();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.state()).isEqualTo(EngineState.COMPLETING);
        assertThat(report.cause()).isNull();
        gate.open();
        Engines.complete(engine);
        assertThat(given).hasSize(2);
    }
}
