package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregator;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** User code that throws costs the event or pane concerned, and nothing else. */
class EngineErrorsTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private EngineBuilder<Sale> builder() {
        return Engines.sales().polled().errorPolicy(failure -> {
            failures.add(failure);
            return ErrorPolicy.Decision.GO_ON;
        });
    }

    private static long refuseNegative(long value) {
        if (value < 0) {
            throw new IllegalStateException("negative");
        }
        return value;
    }

    private void assertFailures(Stage stage, String name, int times) {
        assertThat(failures).hasSize(times).allSatisfy(failure -> {
            assertThat(failure.stage()).isEqualTo(stage);
            assertThat(failure.name()).isEqualTo(name);
            assertThat(failure.cause()).isInstanceOf(RuntimeException.class);
        });
    }

    @Test
    void valueExtractorThrows_theEventIsFailed_atEitherEntrance() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact((Sale sale) -> refuseNegative(sale.amount())))
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, new Sale(1, 7, -1), new Sale(2, 7, 4));
        assertFailures(Stage.EXTRACTOR, "till", 1);
        failures.clear();
        Engines.publish(engine, new Sale(1, 7, 3), new Sale(2, 7, -1), new Sale(3, 7, 2));
        EngineReport report = Engines.complete(engine);
        assertFailures(Stage.EXTRACTOR, "publish", 1);
        assertThat(lines).containsExactly("7 [0, 10) 9 (3) ON_TIME 0 last");
        assertThat(report.metrics().failures()).isEqualTo(2);
        assertThat(report.metrics().source("till").failed()).isOne();
        assertThat(report.metrics().source("till").rejected()).isOne();
        assertThat(report.metrics().source("publish").failed()).isOne();
    }

    @Test
    void timestampExtractorThrows_theEventIsFailed() {
        EventTimeEngine<Sale> engine =
                builder().timestamp(sale -> refuseNegative(sale.at())).build();
        Engines.declareSums(engine, lines);
        engine.start();
        Engines.publish(engine, new Sale(-1, 7, 1), new Sale(1, 7, 2));
        Engines.complete(engine);
        assertFailures(Stage.EXTRACTOR, "publish", 1);
        assertThat(lines).containsExactly("7 [0, 10) 2 (1) ON_TIME 0 last");
    }

    @Test
    void keyExtractorGivesNull_theEventIsFailed() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyBy((Sale sale) -> sale.shop() < 0 ? null : sale.shopName())
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, new Sale(1, -7, 1), new Sale(2, 7, 1));
        Engines.publish(engine, new Sale(1, -7, 1), new Sale(2, 7, 1));
        EngineReport report = Engines.complete(engine);
        assertThat(failures).hasSize(2).allMatch(failure -> failure.stage() == Stage.EXTRACTOR);
        assertThat(lines).containsExactly("shop-7 [0, 10) 2 (2) ON_TIME 0 last");
        assertThat(report.metrics().sources()).allMatch(books -> books.failed() == 1);
    }

    /** A key that throws when asked, as a careless user's may. */
    private record BrittleKey(long shop) {
        @Override
        public int hashCode() {
            refuseNegative(shop);
            return 5;
        }

        @Override
        public boolean equals(Object other) {
            if (shop == 13) {
                throw new IllegalStateException("unlucky");
            }
            return other instanceof BrittleKey key && key.shop == shop;
        }
    }

    @Test
    void keyHashCodeOrEqualsThrows_theEventIsFailedInThatStream_andTheOthersCount() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyBy((Sale sale) -> new BrittleKey(sale.shop()))
                .window(Engines.TEN)
                .named("brittle")
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add(result.key().shop() + " " + result.value()));
        engine.window(Engines.TEN)
                .named("all")
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add("all " + result.value()));
        engine.start();
        Engines.publish(
                engine,
                new Sale(1, 7, 1),
                new Sale(1, -1, 2),
                new Sale(2, 13, 4),
                new Sale(3, 8, 8),
                new Sale(3, 7, 16),
                new Sale(4, -1, 32));
        EngineReport report = Engines.complete(engine);
        assertFailures(Stage.KEY, "brittle", 3);
        assertThat(lines).containsExactlyInAnyOrder("7 17", "8 8", "all 63");
        assertThat(report.metrics().stream("brittle").failed()).isEqualTo(3);
        assertThat(report.metrics().stream("brittle").aggregated()).isEqualTo(3);
        assertThat(report.metrics().stream("all").failed()).isZero();
    }

    /** A sum over objects that throws at the places it is told to. */
    private record BrittleSum(Where where) implements Aggregator<Sale, long[], Long> {
        private enum Where {
            CREATE,
            ACCUMULATE,
            COMBINE,
            EXPORT
        }

        private void mayThrow(Where here, boolean bad) {
            if (where == here && bad) {
                throw new IllegalStateException("negative");
            }
        }

        @Override
        public long[] create() {
            mayThrow(Where.CREATE, true);
            return new long[1];
        }

        @Override
        public void accumulate(long[] sum, Sale sale) {
            mayThrow(Where.ACCUMULATE, sale.amount() < 0);
            sum[0] += sale.amount();
        }

        @Override
        public long[] combine(long[] left, long[] right) {
            mayThrow(Where.COMBINE, left[0] + right[0] < 0);
            left[0] += right[0];
            return left;
        }

        @Override
        public Long export(long[] sum) {
            mayThrow(Where.EXPORT, sum[0] < 0);
            return sum[0];
        }
    }

    private EngineReport runWith(BrittleSum.Where where) {
        EventTimeEngine<Sale> engine = builder().build();
        Aggregation<Sale, Long> brittle = new BrittleSum(where);
        Aggregation<Sale, Long> sound = Aggregators.sumExact(Sale::amount);
        engine.keyByLong(Sale::shop)
                .window(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                .named("slides")
                .ordered()
                .aggregate(Aggregators.all(brittle, sound))
                .dropLate()
                .onResult(result -> {
                    String value = result.incomplete()
                            ? "incomplete"
                            : "" + result.value().get(brittle);
                    lines.add(result.key() + " " + result.start() + " " + value + " of "
                            + result.value().get(sound) + " (" + result.count() + ")");
                });
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 3), new Sale(2, 8, 5), new Sale(3, 7, -9), new Sale(12, 7, 1));
        return Engines.complete(engine);
    }

    @Test
    void aggregatorThrowsInAccumulate_itsWindowsAreFlaggedIncomplete_theOthersAreRight() {
        EngineReport report = runWith(BrittleSum.Where.ACCUMULATE);
        assertFailures(Stage.AGGREGATOR, "slides", 1);
        assertThat(lines)
                .containsExactly(
                        "7 -10 incomplete of -6 (2)",
                        "8 -10 5 of 5 (1)",
                        "7 0 incomplete of -5 (3)",
                        "8 0 5 of 5 (1)",
                        "7 10 1 of 1 (1)");
        assertThat(report.metrics().stream("slides").aggregated()).isEqualTo(4);
    }

    @Test
    void aggregatorThrowsInCombine_itsWindowsAreFlaggedIncomplete_theOthersAreRight() {
        runWith(BrittleSum.Where.COMBINE);
        assertThat(failures).isNotEmpty().allMatch(failure -> failure.stage() == Stage.AGGREGATOR);
        assertThat(lines).contains("8 -10 5 of 5 (1)", "7 0 incomplete of -5 (3)", "8 0 5 of 5 (1)", "7 10 1 of 1 (1)");
    }

    @Test
    void aggregatorThrowsInCreate_everyWindowIsFlaggedIncomplete_theOtherPartIsRight() {
        runWith(BrittleSum.Where.CREATE);
        assertThat(failures).isNotEmpty().allMatch(failure -> failure.stage() == Stage.AGGREGATOR);
        assertThat(lines)
                .containsExactly(
                        "7 -10 incomplete of -6 (2)",
                        "8 -10 incomplete of 5 (1)",
                        "7 0 incomplete of -5 (3)",
                        "8 0 incomplete of 5 (1)",
                        "7 10 incomplete of 1 (1)");
    }

    @Test
    void aggregatorThrowsInExport_theListenerSeesIt_andTheOtherPanesCome() {
        runWith(BrittleSum.Where.EXPORT);
        assertFailures(Stage.RESULT_LISTENER, "slides", 2);
        assertThat(lines).containsExactly("8 -10 5 of 5 (1)", "8 0 5 of 5 (1)", "7 10 1 of 1 (1)");
    }

    @Test
    void listenerThrows_theOtherPanesCome() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .ordered()
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add("" + refuseNegative(result.longValue())));
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 3), new Sale(1, 8, -5), new Sale(1, 9, 4), new Sale(12, 7, 6));
        EngineReport report = Engines.complete(engine);
        assertFailures(Stage.RESULT_LISTENER, "sums", 1);
        assertThat(lines).containsExactly("3", "4", "6");
        assertThat(report.metrics().stream("sums").panes()).isEqualTo(4);
    }

    @Test
    void lateHandlersThrow_theEngineGoesOn() {
        EventTimeEngine<Sale> engine = builder().build();
        ToLongFunction<Sale> amount = Sale::amount;
        engine.window(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                .named("slides")
                .aggregate(Aggregators.sumExact(amount))
                .onLate(late -> refuseNegative(-late.timestamp()))
                .onPartlyLate(late -> refuseNegative(-late.timestamp()))
                .onResult(result -> lines.add(result.start() + " " + result.value()));
        engine.start();
        Engines.publish(engine, Sale.at(25), Sale.at(1), Sale.at(11), Sale.at(26));
        EngineReport report = Engines.complete(engine);
        assertFailures(Stage.LATE_HANDLER, "slides", 2);
        assertThat(report.metrics().stream("slides").late()).isOne();
        assertThat(report.metrics().stream("slides").windowsMissed()).isOne();
        assertThat(lines).containsExactly("10 3", "20 2");
    }

    @Test
    void rejectedHandlerThrows_theEngineGoesOn() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().onRejected(rejected -> refuseNegative(-1)), lines);
        engine.start();
        Engines.publish(engine, Sale.at(Long.MIN_VALUE), Sale.at(1));
        EngineReport report = Engines.complete(engine);
        assertFailures(Stage.REJECTED_HANDLER, "publish", 1);
        assertThat(report.metrics().source("publish").invalid()).isOne();
        assertThat(lines).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
    }

    @Test
    void policyThrows_isCounted_andTakenForGoOn() {
        EventTimeEngine<Sale> engine = Engines.sales()
                .polled()
                .errorPolicy(failure -> {
                    throw new IllegalStateException("the policy itself");
                })
                .build();
        engine.keyByLong(sale -> refuseNegative(sale.shop()))
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        engine.start();
        Engines.publish(engine, new Sale(1, -7, 1), new Sale(1, 7, 1));
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().failures()).isEqualTo(2);
        assertThat(lines).containsExactly("7 [0, 10) 1 (1) ON_TIME 0 last");
    }

    @Test
    void sumOutOfRange_flagsItsWindowAlone() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .ordered()
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> lines.add(
                        result.key() + " " + result.overflowed() + " " + (result.overflowed() ? "" : result.value())));
        engine.start();
        Engines.publish(engine, new Sale(1, 7, Long.MAX_VALUE), new Sale(1, 7, 1), new Sale(1, 8, Long.MAX_VALUE));
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 true ", "8 false " + Long.MAX_VALUE);
        assertThat(failures).isEmpty();
    }
}
