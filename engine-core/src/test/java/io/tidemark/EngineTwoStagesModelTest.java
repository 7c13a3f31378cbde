package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.ExpectedPane;
import io.tidemark.testing.Observed;
import io.tidemark.testing.ReferenceModel;
import io.tidemark.testing.ReferenceStages;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two stages against two brute-force models, the one behind the other, at every step. */
class EngineTwoStagesModelTest {

    /** The windows of one stage, on the engine and in the model. */
    private record Stage(int kind, long size, long slide, long lateness, int early, int lateEvery, boolean retracting) {

        static Stage random(Random random) {
            return new Stage(
                    random.nextInt(3),
                    1 + random.nextInt(30),
                    1 + random.nextInt(20),
                    random.nextBoolean() ? 0 : random.nextInt(40),
                    random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0,
                    random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1,
                    random.nextInt(3) == 0);
        }

        private WindowAssigner<Object> windows() {
            Duration length = Duration.ofMillis(size);
            return switch (kind) {
                case 0 -> Windows.tumbling(length);
                case 1 -> Windows.sliding(length, Duration.ofMillis(slide));
                default -> Windows.session(length);
            };
        }

        <E, K> WindowedStream<E, K> declare(KeyedStream<E, K> keyed, String name) {
            Trigger trigger = Trigger.afterWatermark();
            trigger = early > 0 ? trigger.early(Firing.everyEvents(early)) : trigger;
            WindowedStream<E, K> windowed = keyed.window(windows())
                    .named(name)
                    .allowedLateness(Duration.ofMillis(lateness))
                    .trigger(trigger.lateEvery(lateEvery))
                    .ordered();
            return retracting ? windowed.retracting() : windowed;
        }

        ReferenceModel<Long, Long> model() {
            ReferenceModel<Long, Long> model = switch (kind) {
                case 0 -> ReferenceModel.tumbling(size, 0);
                case 1 -> ReferenceModel.sliding(size, slide, 0);
                default -> ReferenceModel.session(size);
            };
            model.allowedLateness(lateness).lateEvery(lateEvery);
            if (early > 0) {
                model.earlyEvery(early);
            }
            return retracting ? model.retracting() : model;
        }
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    private static long signed(ExpectedPane<Long, Long> pane) {
        return pane.retraction() ? -sum(pane.values()) : sum(pane.values());
    }

    private static long signed(WindowResult<Long, Long> result) {
        return result.isRetraction() ? -result.longValue() : result.longValue();
    }

    private static String line(ExpectedPane<Long, Long> pane) {
        return pane.step() + " " + pane.key() + " " + pane.window() + " " + pane.values() + " " + pane.pane()
                + (pane.retraction() ? " taken back" : "");
    }

    private static String line(Observed<WindowResult<?, ?>> observed) {
        WindowResult<?, ?> result = observed.what();
        return observed.step() + " " + result.key() + " " + result.window() + " " + result.value() + " " + result.pane()
                + (result.isRetraction() ? " taken back" : "");
    }

    @Test
    void bothStages_giveWhatTheModelsGive() {
        int given = 0;
        int late = 0;
        for (long seed = 0; seed < 60; seed++) {
            Random random = Seeds.random(seed);
            Stage first = Stage.random(random);
            Stage second = Stage.random(random);
            long delay = random.nextInt(10);
            long keys = 1 + random.nextInt(3);
            ReferenceModel<Long, Long> firstModel = first.model().boundedOutOfOrderness(delay);
            ReferenceModel<Long, Long> secondModel = second.model();
            var models = new ReferenceStages<Long, Long, Long, Long>(
                    firstModel, secondModel, pane -> keyOf(pane.key(), keys), EngineTwoStagesModelTest::signed);
            SteppedEngine<Sale> steps = SteppedEngine.of(
                    Engines.sales().watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(delay))));
            ResultStream<Long, Long> results = first.declare(steps.engine().keyByLong(Sale::shop), "first")
                    .aggregate(Aggregators.sumExact(Sale::amount))
                    .dropLate()
                    .results();
            second.declare(results.keyByLong(result -> result.longKey() % keys), "second")
                    .aggregate(Aggregators.list(EngineTwoStagesModelTest::signed))
                    .onLate(steps.lateEvents())
                    .onResult(steps.results());
            steps.start();
            long time = -50;
            for (int i = 0; i < 80; i++) {
                time += random.nextInt(20) == 0 ? random.nextInt(60) : random.nextInt(4);
                Sale sale = new Sale(time - random.nextInt(random.nextInt(4) == 0 ? 50 : 6), random.nextInt(4), i);
                steps.publish(sale);
                models.event(sale.at(), sale.shop(), sale.amount());
            }
            steps.complete();
            models.watermark(Long.MAX_VALUE);

            String as = "seed %d, %s, then %s".formatted(seed, first, second);
            List<String> expected = new ArrayList<>();
            secondModel.panes().forEach(pane -> expected.add(line(pane)));
            assertThat(steps.observedResults().stream().map(EngineTwoStagesModelTest::line))
                    .as(as)
                    .isEqualTo(expected);
            assertThat(steps.observedLate())
                    .as(as)
                    .extracting(Observed::step)
                    .isEqualTo(
                            secondModel.late().stream().map(each -> each.step()).toList());
            EngineLaws.check(steps);
            given += expected.size();
            late += secondModel.late().size();
        }
        assertThat(given).isGreaterThan(1_000);
        assertThat(late).isGreaterThan(20);
    }

    private static long keyOf(Long key, long keys) {
        return key % keys;
    }
}
