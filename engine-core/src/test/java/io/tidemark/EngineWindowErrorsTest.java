package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A condition, an assigner, a size or a gap that throws or is no good costs that event in those windows, and nothing else. */
class EngineWindowErrorsTest {
    private final List<Failure> failures = new ArrayList<>();
    private final SteppedEngine<Sale> steps = SteppedEngine.of(Engines.sales().errorPolicy(failure -> {
        failures.add(failure);
        return ErrorPolicy.Decision.GO_ON;
    }));

    private void declare(String name, WindowAssigner<? super Sale> windows, Trigger trigger) {
        steps.engine()
                .keyBy(Sale::shopName)
                .window(windows)
                .named(name)
                .trigger(trigger)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
    }

    private void run(Sale... sales) {
        declare("all", Windows.global(), Trigger.afterWatermark());
        steps.start();
        for (Sale sale : sales) {
            steps.publish(sale);
        }
        steps.complete();
        EngineLaws.check(steps);
        StreamMetrics all = steps.metrics().stream("all");
        assertThat(all.failed()).as("the windows beside them").isZero();
    }

    private List<String> lines(String stream) {
        return steps.observedResults(stream).stream()
                .map(observed -> Engines.line(observed.what()))
                .toList();
    }

    private void assertFailures(Stage stage, String name, int times) {
        assertThat(failures).hasSize(times).allSatisfy(failure -> {
            assertThat(failure.stage()).isEqualTo(stage);
            assertThat(failure.name()).isEqualTo(name);
        });
        assertThat(steps.metrics().failures()).isEqualTo(times);
    }

    private static long refuseNegative(long value) {
        if (value < 0) {
            throw new IllegalStateException("negative");
        }
        return value;
    }

    @Test
    void aConditionThatThrows_meansNotNow_andTheEventCounts() {
        Firing whenTen = Firing.when(window -> refuseNegative(window.longValue()) >= 10);
        declare("watched", Engines.TEN, Trigger.afterWatermark().early(whenTen));
        run(new Sale(1, 7, -5), new Sale(2, 7, 3), new Sale(3, 7, 12));
        assertFailures(Stage.CONDITION, "watched", 2);
        assertThat(lines("watched"))
                .containsExactly("shop-7 [0, 10) 10 (3) EARLY 0", "shop-7 [0, 10) 10 (3) ON_TIME 1 last");
        assertThat(steps.metrics().stream("watched").failed()).isZero();
        assertThat(steps.metrics().stream("watched").aggregated()).isEqualTo(3);
    }

    @Test
    void anAssignerThatThrows_failsTheEventInItsWindows() {
        declare(
                "odd",
                Windows.custom(Sale::amount, (timestamp, amount, windows) -> {
                    refuseNegative(amount);
                    windows.add(0, 100);
                }),
                Trigger.afterWatermark());
        run(new Sale(1, 7, 5), new Sale(2, 8, -1), new Sale(20, 7, 6), new Sale(2, 9, -1));
        assertFailures(Stage.ASSIGNER, "odd", 2);
        assertThat(lines("odd")).containsExactly("shop-7 [0, 100) 11 (2) ON_TIME 0 last");
        assertThat(steps.metrics().stream("odd").failed()).isEqualTo(2);
        assertThat(steps.metrics().stream("odd").handedOn()).isEqualTo(4);
    }

    @Test
    void aWindowThatIsNotAroundTheEvent_failsIt() {
        declare("fixed", Windows.custom((timestamp, input, windows) -> windows.add(0, 10)), Trigger.afterWatermark());
        run(new Sale(9, 7, 5), new Sale(10, 7, 5));
        assertFailures(Stage.ASSIGNER, "fixed", 1);
        assertThat(lines("fixed")).containsExactly("shop-7 [0, 10) 5 (1) ON_TIME 0 last");
    }

    @Test
    void aSizeThatIsNotPositive_failsTheEventInItsWindows() {
        declare("sized", Windows.tumblingBy(Sale::amount), Trigger.afterWatermark());
        run(new Sale(5, 7, 10), new Sale(6, 8, 0), new Sale(7, 9, -3), new Sale(12, 7, 10));
        assertFailures(Stage.ASSIGNER, "sized", 2);
        assertThat(lines("sized"))
                .containsExactly("shop-7 [0, 10) 10 (1) ON_TIME 0 last", "shop-7 [10, 20) 10 (1) ON_TIME 0 last");
        assertThat(steps.metrics().stream("sized").failed()).isEqualTo(2);
    }

    @Test
    void aGapThatIsNotPositive_failsTheEventInItsWindows() {
        declare("visits", Windows.sessionBy(Sale::amount), Trigger.afterWatermark());
        run(new Sale(5, 7, 10), new Sale(6, 7, 0), new Sale(16, 7, 3), new Sale(4, 7, -3));
        assertFailures(Stage.ASSIGNER, "visits", 2);
        assertThat(lines("visits"))
                .containsExactly("shop-7 [5, 15) 10 (1) ON_TIME 0 last", "shop-7 [16, 19) 3 (1) ON_TIME 0 last");
        assertThat(steps.metrics().stream("visits").failed()).isEqualTo(2);
    }

    @Test
    void anExtractorOfAGapThatThrows_failsTheEventAtItsSource() {
        declare("visits", Windows.sessionBy((Sale sale) -> refuseNegative(sale.amount())), Trigger.afterWatermark());
        run(new Sale(5, 7, 10), new Sale(6, 7, -1));
        assertFailures(Stage.EXTRACTOR, "publish", 1);
        assertThat(steps.metrics().source("publish").failed()).isEqualTo(1);
        assertThat(lines("visits")).containsExactly("shop-7 [5, 15) 10 (1) ON_TIME 0 last");
    }

    @Test
    void aFailureThatStopsTheEngine_leavesItsBooksInOrder() {
        for (WindowAssigner<Sale> windows : List.of(
                Windows.tumblingBy(Sale::amount),
                Windows.sessionBy(Sale::amount),
                Windows.sessionBy(Sale::amount, Duration.ofMillis(50)))) {
            EventTimeEngine<Sale> engine =
                    Engines.sales().polled().errorPolicy(ErrorPolicy.stop()).build();
            List<String> lines = new ArrayList<>();
            engine.keyByLong(Sale::shop)
                    .window(windows)
                    .named("windows")
                    .aggregate(Aggregators.sumExact(Sale::amount))
                    .dropLate()
                    .onResult(result -> lines.add(Engines.line(result)));
            engine.start();
            Engines.publish(engine, new Sale(5, 7, 10), new Sale(6, 7, 0), new Sale(7, 7, 10));
            EngineReport report = engine.complete();
            assertThat(report.state()).isEqualTo(EngineState.FAILED);
            assertThat(report.cause()).isInstanceOf(IllegalArgumentException.class);
            EngineLaws.checkBooks(report.metrics());
            assertThat(report.metrics().stream("windows").aggregated()).isEqualTo(1);
            assertThat(lines).isEmpty();
        }
    }
}
