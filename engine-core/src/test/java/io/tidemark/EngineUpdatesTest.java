package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results that replace others: retractions, updates, and what is left out because nothing has changed. */
class EngineUpdatesTest {
    private static final Trigger EARLY = Trigger.afterWatermark().early(Firing.everyEvents(1));
    private static final Duration LATENESS = Duration.ofMillis(20);

    private final SteppedEngine<Sale> steps = SteppedEngine.of(Engines.sales().watermark(WatermarkStrategy.manual()));
    private final List<String> said = new ArrayList<>();

    private WindowedStream<Sale, Long> tumbling() {
        return steps.engine()
                .keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .allowedLateness(LATENESS);
    }

    private WindowedStream<Sale, Long> sessions() {
        return steps.engine()
                .keyByLong(Sale::shop)
                .window(Windows.session(Duration.ofMillis(10)))
                .named("visits")
                .allowedLateness(LATENESS);
    }

    private void start(WindowedStream<Sale, Long> windows) {
        windows.aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        steps.start();
    }

    private List<String> lines() {
        return steps.observedResults().stream()
                .map(observed -> (observed.what().isRetraction() ? "not " : "") + Engines.line(observed.what()))
                .toList();
    }

    private void complete() {
        steps.complete();
        EngineLaws.check(steps, LATENESS.toMillis());
    }

    @Test
    void retracting_whatIsReplacedComesAgainBeforeItsSuccessor() {
        start(tumbling().trigger(EARLY).retracting());
        steps.publish(new Sale(1, 7, 5));
        steps.publish(new Sale(2, 7, 6));
        steps.advanceTo(10);
        steps.publish(new Sale(3, 7, 1));
        complete();
        assertThat(lines())
                .containsExactly(
                        "7 [0, 10) 5 (1) EARLY 0",
                        "not 7 [0, 10) 5 (1) EARLY 0",
                        "7 [0, 10) 11 (2) EARLY 1",
                        "not 7 [0, 10) 11 (2) EARLY 1",
                        "7 [0, 10) 11 (2) ON_TIME 2",
                        "not 7 [0, 10) 11 (2) ON_TIME 2",
                        "7 [0, 10) 12 (3) LATE 3");
        StreamMetrics metrics = steps.metrics().stream("sums");
        assertThat(metrics.panes()).isEqualTo(4);
        assertThat(metrics.retractions()).isEqualTo(3);
    }

    @Test
    void retracting_aMergedSessionTakesItsPartsBack() {
        start(sessions().retracting());
        steps.publish(new Sale(0, 7, 1));
        steps.publish(new Sale(20, 7, 2));
        steps.advanceTo(29);
        steps.publish(new Sale(10, 7, 4));
        assertThat(lines()).containsExactly("7 [0, 10) 1 (1) ON_TIME 0");
        steps.advanceTo(30);
        assertThat(lines().subList(1, 3)).containsExactly("not 7 [0, 10) 1 (1) ON_TIME 0", "7 [0, 30) 7 (3) ON_TIME 0");
        assertThat(steps.observedResults().get(2).what().replaced()).containsExactly(new TimeWindow(0, 10));
        complete();
        assertThat(steps.observedResults()).hasSize(3);
    }

    @Test
    void suppressUnchanged_leavesOutEarlyAndLatePanes_neverTheOneOnTime() {
        start(tumbling().trigger(EARLY).suppressUnchanged());
        steps.publish(new Sale(1, 7, 5));
        steps.publish(new Sale(2, 7, 0));
        steps.advanceTo(10);
        steps.publish(new Sale(3, 7, 0));
        steps.publish(new Sale(4, 7, 1));
        complete();
        assertThat(lines())
                .containsExactly("7 [0, 10) 5 (1) EARLY 0", "7 [0, 10) 5 (2) ON_TIME 1", "7 [0, 10) 6 (4) LATE 2");
        assertThat(steps.metrics().stream("sums").aggregated()).isEqualTo(4);
    }

    @Test
    void suppressUnchanged_leavesTheRetractionOutToo() {
        start(tumbling().trigger(EARLY).suppressUnchanged().retracting());
        steps.publish(new Sale(1, 7, 5));
        steps.publish(new Sale(2, 7, 0));
        complete();
        assertThat(lines())
                .containsExactly(
                        "7 [0, 10) 5 (1) EARLY 0", "not 7 [0, 10) 5 (1) EARLY 0", "7 [0, 10) 5 (2) ON_TIME 1 last");
    }

    private static String line(@Nullable WindowResult<?, ?> result) {
        return result == null ? "none" : Engines.line(result);
    }

    @Test
    void updates_tellBothSides_andPartsOfAMergedSessionFirst() {
        sessions()
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onUpdate((before, after) -> said.add(line(before) + " -> " + line(after)));
        steps.start();
        steps.publish(new Sale(0, 7, 1));
        steps.publish(new Sale(20, 7, 2));
        steps.advanceTo(29);
        steps.publish(new Sale(9, 7, 4)); // touches the first alone
        steps.publish(new Sale(13, 7, 8)); // and now both
        complete();
        assertThat(said)
                .containsExactly(
                        "none -> 7 [0, 10) 1 (1) ON_TIME 0",
                        "7 [0, 10) 1 (1) ON_TIME 0 -> none",
                        "none -> 7 [0, 19) 5 (2) LATE 0",
                        "7 [0, 19) 5 (2) LATE 0 -> none",
                        "none -> 7 [0, 30) 15 (4) ON_TIME 0 last");
        assertThat(steps.metrics().stream("visits").panes()).isEqualTo(3);
        assertThat(steps.metrics().stream("visits").retractions()).isEqualTo(2);
    }

    @Test
    void updates_areViews_validDuringTheCallOnly() {
        List<WindowResult<Long, Long>> kept = new ArrayList<>();
        tumbling()
                .trigger(EARLY)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onUpdate((before, after) -> {
                    if (before != null && after != null) {
                        kept.addAll(List.of(before, after, before.copy(), after.copy()));
                    }
                });
        steps.start();
        steps.publish(new Sale(1, 7, 5));
        steps.publish(new Sale(2, 7, 6));
        assertThat(kept.get(0)).asString().contains("no longer valid");
        assertThat(kept.get(1)).asString().contains("no longer valid");
        assertThat(kept.get(2).value()).isEqualTo(5);
        assertThat(kept.get(2).isRetraction()).isTrue();
        assertThat(kept.get(3).value()).isEqualTo(11);
        assertThat(kept.get(3).isRetraction()).isFalse();
        complete();
    }

    @Test
    void anUpdateListenerThatThrows_missesThatUpdateAlone() {
        List<Failure> failures = new ArrayList<>();
        SteppedEngine<Sale> failing = SteppedEngine.of(Engines.sales().errorPolicy(failure -> {
            failures.add(failure);
            return ErrorPolicy.Decision.GO_ON;
        }));
        failing.engine()
                .keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .trigger(EARLY)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onUpdate((before, after) -> {
                    said.add(line(before) + " -> " + line(after));
                    if (before == null) {
                        throw new IllegalStateException("first");
                    }
                });
        failing.start();
        failing.publish(new Sale(1, 7, 5));
        failing.publish(new Sale(2, 7, 6));
        failing.complete();
        EngineLaws.check(failing);
        assertThat(said)
                .containsExactly(
                        "none -> 7 [0, 10) 5 (1) EARLY 0",
                        "7 [0, 10) 5 (1) EARLY 0 -> 7 [0, 10) 11 (2) EARLY 1",
                        "7 [0, 10) 11 (2) EARLY 1 -> 7 [0, 10) 11 (2) ON_TIME 2 last");
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.stage()).isEqualTo(Stage.RESULT_LISTENER);
            assertThat(failure.name()).isEqualTo("sums");
        });
    }

    /** What updates are for: a table of current results. After each step it is what the windows hold that have given a pane. */
    @Test
    void updates_keepATableOfCurrentResults() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = Seeds.random(seed);
            SteppedEngine<Sale> engine = SteppedEngine.of(Engines.sales().watermark(WatermarkStrategy.manual()));
            Map<String, Long> table = new HashMap<>();
            engine.engine()
                    .keyByLong(Sale::shop)
                    .window(Windows.session(Duration.ofMillis(5)))
                    .named("visits")
                    .allowedLateness(Duration.ofMillis(500))
                    .trigger(EARLY)
                    .aggregate(Aggregators.sumExact(Sale::amount))
                    .onLate(engine.lateEvents())
                    .onUpdate((before, after) -> {
                        if (before != null) {
                            assertThat(table.remove(before.key() + " " + before.window()))
                                    .isEqualTo(before.value());
                        }
                        if (after != null) {
                            assertThat(table.put(after.key() + " " + after.window(), after.value()))
                                    .isNull();
                        }
                    });
            engine.start();
            long sum = 0;
            for (int i = 0; i < 100; i++) {
                Sale sale = new Sale(random.nextInt(200), random.nextInt(3), 1 + random.nextInt(9));
                engine.publish(sale);
                sum += sale.amount();
                if (random.nextInt(5) == 0) {
                    engine.advanceTo(i);
                }
                assertThat(table.values().stream().mapToLong(Long::longValue).sum())
                        .as("seed %d", seed)
                        .isEqualTo(sum);
            }
            engine.complete();
            EngineLaws.check(engine);
            assertThat(engine.observedLate()).isEmpty();
        }
    }
}
