package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** What ends an engine as FAILED: a policy that says stop, and any {@link Error}. */
class EngineFailedTest {
    private static final RuntimeException BAD = new IllegalStateException("bad");

    /** An error that is nobody's assertion and no sign of a sick machine. */
    private static final class UsersError extends Error {
        private static final long serialVersionUID = 1;
    }

    private final List<String> lines = new ArrayList<>();

    private static long bad(Sale sale) {
        if (sale.amount() < 0) {
            throw BAD;
        }
        return sale.amount();
    }

    private static long worse(Sale sale) {
        if (sale.amount() < 0) {
            throw new UsersError();
        }
        return sale.amount();
    }

    private EventTimeEngine<Sale> engine(
            EngineBuilder<Sale> builder, ToLongFunction<Sale> amount, Consumer<Long> listener) {
        EventTimeEngine<Sale> engine = builder.build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .aggregate(Aggregators.sumExact(amount))
                .dropLate()
                .onResult(result -> {
                    lines.add(Engines.line(result));
                    listener.accept(result.longValue());
                });
        return engine;
    }

    /** Waits for the end, which came by itself. */
    private static EngineReport awaitFailed(EventTimeEngine<Sale> engine) {
        EngineReport report = engine.complete();
        assertThat(report.state()).isEqualTo(EngineState.FAILED);
        EngineLaws.checkBooks(report.metrics());
        engine.close();
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        return report;
    }

    @Test
    void policySaysStop_onAListener_failsWithTheCause() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().errorPolicy(ErrorPolicy.stop()), Sale::amount, value -> {
            throw BAD;
        });
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 1), new Sale(2, 8, 1));
        assertThat(engine.publish(new Sale(12, 7, 1))).isIn(OfferResult.ACCEPTED, OfferResult.CLOSED);
        EngineReport report = awaitFailed(engine);
        assertThat(report.cause()).isSameAs(BAD);
        assertThat(lines).hasSize(1);
        assertThat(report.metrics().failures()).isOne();
        assertThat(engine.explain())
                .contains("FAILED", "IllegalStateException", "discarded")
                .doesNotContain("bad");
    }

    @Test
    void policySaysStop_onASourcesExtractor_failsTheEngine_andNotTheProducer() {
        EventTimeEngine<Sale> engine =
                engine(Engines.sales().errorPolicy(ErrorPolicy.stop()), EngineFailedTest::bad, value -> {});
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, new Sale(1, 7, 1), new Sale(2, 7, -1));
        EngineReport report = awaitFailed(engine);
        assertThat(report.cause()).isSameAs(BAD);
        assertThat(report.metrics().source("till").failed()).isOne();
        assertThat(source.publish(Sale.at(3))).isEqualTo(OfferResult.CLOSED);
    }

    @Test
    void policySaysStop_onASourcesExtractor_whilePolling() {
        EventTimeEngine<Sale> engine =
                engine(Engines.sales().polled().errorPolicy(ErrorPolicy.stop()), EngineFailedTest::bad, value -> {});
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, new Sale(1, 7, 1), new Sale(2, 7, -1));
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        assertThat(engine.poll()).isZero();
        assertThat(awaitFailed(engine).discardedEvents()).isOne();
    }

    @Test
    void policySaysStop_onTheSharedSourcesExtractor_keepsTheBooks() {
        EventTimeEngine<Sale> engine =
                engine(Engines.sales().polled().errorPolicy(ErrorPolicy.stop()), EngineFailedTest::bad, value -> {});
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 1), new Sale(1, 7, 1), new Sale(2, 7, -1), new Sale(3, 7, 1));
        assertThat(engine.poll()).isZero();
        EngineReport report = awaitFailed(engine);
        assertThat(report.cause()).isSameAs(BAD);
        SourceMetrics books = report.metrics().source("publish");
        assertThat(books.failed()).isOne();
        assertThat(books.accepted()).isEqualTo(4);
        assertThat(report.discardedEvents()).isEqualTo(books.inFlight()).isEqualTo(3);
    }

    @Test
    void policySaysStop_forOneStageOnly() {
        EventTimeEngine<Sale> engine = engine(
                Engines.sales()
                        .polled()
                        .errorPolicy(failure -> failure.stage() == Stage.RESULT_LISTENER
                                ? ErrorPolicy.Decision.STOP
                                : ErrorPolicy.Decision.GO_ON),
                EngineFailedTest::bad,
                value -> {
                    throw BAD;
                });
        engine.start();
        Engines.publish(engine, new Sale(1, 7, -1), new Sale(1, 7, 1));
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        Engines.publish(engine, new Sale(12, 7, 1));
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        awaitFailed(engine);
    }

    @Test
    void anErrorInACallback_failsWithTheCause_andReleasesTheProducers() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().capacity(2), Sale::amount, value -> {
            throw new UsersError();
        });
        Source<Sale> source = engine.source("till");
        engine.start();
        long at = 0;
        while (engine.publish(Sale.at(at)) != OfferResult.CLOSED) {
            OfferResult result = source.publish(Sale.at(at));
            assertThat(result).isNotEqualTo(OfferResult.FULL);
            at++;
        }
        assertThat(source.publish(Sale.at(at))).isEqualTo(OfferResult.CLOSED);
        EngineReport report = awaitFailed(engine);
        assertThat(report.cause()).isInstanceOf(UsersError.class);
        assertThat(report.metrics().failures()).isZero();
        assertThat(lines).hasSize(1);
    }

    @Test
    void anErrorWhilePolling_isThrownToo() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().polled(), Sale::amount, value -> {
            throw new UsersError();
        });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12), Sale.at(13));
        assertThatExceptionOfType(UsersError.class).isThrownBy(engine::poll);
        EngineReport report = awaitFailed(engine);
        assertThat(report.cause()).isInstanceOf(UsersError.class);
        assertThat(report.discardedWindows()).isPositive();
        assertThat(engine.poll()).isZero();
    }

    @Test
    void anErrorInAnAggregator_keepsTheBooks() {
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.list(EngineFailedTest::worse))
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        engine.start();
        Engines.publish(engine, Sale.at(1), new Sale(2, 7, -1), Sale.at(3), Sale.at(14));
        assertThatExceptionOfType(UsersError.class).isThrownBy(engine::poll);
        EngineReport report = awaitFailed(engine);
        assertThat(report.metrics().stream("windows-1").failed()).isPositive();
    }

    @Test
    void anErrorInTheSharedSourcesExtractor_keepsTheBooks() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().polled(), EngineFailedTest::worse, value -> {});
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 1), new Sale(2, 7, -1), new Sale(3, 7, 1));
        assertThatExceptionOfType(UsersError.class).isThrownBy(engine::poll);
        EngineReport report = awaitFailed(engine);
        assertThat(report.metrics().source("publish").failed()).isOne();
        assertThat(report.discardedEvents()).isEqualTo(2);
    }

    /** The extractors of a source run on its producer's thread, whose error it is. */
    @Test
    void anErrorInASourcesExtractor_isTheProducers() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().polled(), EngineFailedTest::worse, value -> {});
        Source<Sale> source = engine.source("till");
        engine.start();
        assertThatExceptionOfType(UsersError.class).isThrownBy(() -> source.publish(new Sale(1, 7, -1)));
        Engines.publish(source, new Sale(1, 7, 2));
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 2 (1) ON_TIME 0 last");
    }

    @Test
    void anErrorBeforeTheFirstRowOfABatch_keepsTheBooks() {
        EventTimeEngine<Sale> engine = engine(Engines.sales().polled(), Sale::amount, value -> {
            throw new UsersError();
        });
        Source<Sale> holder = engine.source("holder");
        Source<Sale> till = engine.source("till");
        engine.start();
        Engines.publish(till, Sale.at(1), Sale.at(2), Sale.at(50));
        Engines.drain(engine);
        assertThat(lines).isEmpty();
        holder.close();
        Engines.publish(till, Sale.at(60));
        // the holder's end lets the window close as soon as the till is turned to
        assertThatExceptionOfType(UsersError.class).isThrownBy(engine::poll);
        EngineReport report = Engines.stop(engine);
        assertThat(report.state()).isEqualTo(EngineState.FAILED);
        assertThat(report.metrics().source("till").handedOn()).isEqualTo(3);
        assertThat(report.discardedEvents()).isEqualTo(1);
    }
}
