package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 2.11 where results are events again, and where several streams give panes in the midst of a batch. */
class EngineTwoStagesDeterminismTest {
    private static final int[] BATCH_SIZES = {2, 7, 64, 1024};

    /** Which streams are declared; each says all it does into one list. */
    enum Declared {
        COUNTS_BESIDE_EACH_OTHER((engine, out) -> {
            counts(engine, "three", 3).aggregate(Aggregators.count()).dropLate().onResult(line(out));
            counts(engine, "five", 5).aggregate(Aggregators.count()).dropLate().onResult(line(out));
        }),
        COUNTS_IN_THE_SECOND_STAGE((engine, out) -> {
            ResultStream<Long, Long> pairs = counts(engine, "pairs", 2)
                    .aggregate(Aggregators.sumExact(Sale::amount))
                    .dropLate()
                    .results();
            pairs.window(Windows.count(3))
                    .named("three")
                    .aggregate(Aggregators.sumExact(WindowResult::longValue))
                    .dropLate()
                    .onResult(line(out));
            pairs.keyByLong(WindowResult::longKey)
                    .window(Windows.count(2))
                    .named("two")
                    .aggregate(Aggregators.list(WindowResult::longValue))
                    .dropLate()
                    .onResult(line(out));
        }),
        A_SECOND_STAGE_BESIDE_A_COUNT((engine, out) -> {
            counts(engine, "pairs", 2)
                    .aggregate(Aggregators.count())
                    .dropLate()
                    .results()
                    .window(Windows.count(2))
                    .named("fours")
                    .aggregate(Aggregators.count())
                    .dropLate()
                    .onResult(line(out));
            counts(engine, "five", 5).aggregate(Aggregators.count()).dropLate().onResult(line(out));
        }),
        LATENESS_THROUGH_THREE_STAGES((engine, out) -> {
            ResultStream<Long, Long> first = engine.keyByLong(Sale::shop)
                    .window(Windows.sliding(Duration.ofMillis(25), Duration.ofMillis(10)))
                    .named("first")
                    .allowedLateness(Duration.ofMillis(30))
                    .aggregate(Aggregators.sumExact(Sale::amount))
                    .onLate(late -> out.add(text(late)))
                    .results();
            first.keyByLong(result -> result.longKey() % 3)
                    .window(Windows.session(Duration.ofMillis(15)))
                    .named("second")
                    .allowedLateness(Duration.ofMillis(10))
                    .retracting()
                    .aggregate(Aggregators.list(WindowResult::longValue))
                    .onLate(late -> out.add(text(late)))
                    .results()
                    .window(Windows.sliding(Duration.ofMillis(5), Duration.ofMillis(12)))
                    .named("third")
                    .allowedLateness(Duration.ofMillis(5))
                    .aggregate(Aggregators.list(result -> result.isRetraction() + " " + result.value()))
                    .onLate(late -> out.add(text(late)))
                    .onResult(line(out));
            first.keyBy(result -> "shop-" + result.key())
                    .window(Windows.tumbling(Duration.ofMillis(40)))
                    .named("beside")
                    .trigger(Trigger.afterWatermark()
                            .early(Firing.everyEvents(3))
                            .lateEvery(2))
                    .allowedLateness(Duration.ofMillis(25))
                    .aggregate(Aggregators.list(WindowResult::longValue))
                    .onLate(late -> out.add(text(late)))
                    .onResult(line(out));
        }),
        EARLY_PANES_INTO_SESSIONS((engine, out) -> {
            engine.keyByLong(Sale::shop)
                    .window(Windows.tumbling(Duration.ofMillis(20)))
                    .named("early")
                    .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                    .allowedLateness(Duration.ofMillis(10))
                    .aggregate(Aggregators.count())
                    .dropLate()
                    .results()
                    .keyByLong(WindowResult::longKey)
                    .window(Windows.session(Duration.ofMillis(25)))
                    .named("sessions")
                    .aggregate(Aggregators.list(WindowResult::longValue))
                    .onLate(late -> out.add(text(late)))
                    .onResult(line(out));
            engine.window(Windows.tumbling(Duration.ofMillis(10)))
                    .named("plain")
                    .aggregate(Aggregators.count())
                    .onLate(late -> out.add(text(late)))
                    .onResult(line(out));
        });

        private final BiConsumer<EventTimeEngine<Sale>, List<String>> declaring;

        Declared(BiConsumer<EventTimeEngine<Sale>, List<String>> declaring) {
            this.declaring = declaring;
        }
    }

    private static WindowedStream<Sale, Long> counts(EventTimeEngine<Sale> engine, String name, long count) {
        return engine.keyByLong(Sale::shop).window(Windows.count(count)).named(name);
    }

    private static <K, R> WindowListener<K, R> line(List<String> out) {
        return result -> {
            String key = "";
            try {
                key = result.key().toString();
            } catch (IllegalStateException noKey) {
                // windows without a key
            }
            out.add(result.stream() + " " + key + " " + result.window() + " " + result.value() + " (" + result.count()
                    + ") " + result.pane() + (result.isRetraction() ? " taken back" : ""));
        };
    }

    private static String text(LateEvent<?, ?> late) {
        return late + " " + late.key() + " " + late.values();
    }

    private static List<Sale> sales(long seed) {
        Random random = Seeds.random(seed);
        List<Sale> sales = new ArrayList<>();
        long time = -500;
        for (int i = 0; i < 600; i++) {
            time += random.nextInt(40) == 0 ? random.nextInt(150) : random.nextInt(3);
            long disorder = random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(8);
            sales.add(new Sale(time - disorder, random.nextInt(5), i));
        }
        return sales;
    }

    private static List<String> outputOf(Declared declared, List<Sale> sales, int batchSize) {
        List<String> out = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales()
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(5)))
                .polled()
                .capacity(1024)
                .batchSize(batchSize)
                .build();
        declared.declaring.accept(engine, out);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (Sale sale : sales) {
            assertThat(source.publish(sale)).isEqualTo(OfferResult.ACCEPTED);
        }
        EngineReport report = Engines.complete(engine);
        report.metrics().streams().forEach(stream -> out.add(stream.toString()));
        return out;
    }

    @ParameterizedTest
    @EnumSource
    void outputDoesNotDependOnBatches(Declared declared) {
        for (long seed = 0; seed < 12; seed++) {
            List<Sale> sales = sales(seed);
            List<String> oneByOne = outputOf(declared, sales, 1);
            assertThat(oneByOne).as("seed %d", seed).hasSizeGreaterThan(30);
            for (int batchSize : BATCH_SIZES) {
                assertThat(outputOf(declared, sales, batchSize))
                        .as("%s, seed %d, batches of %d", declared, seed, batchSize)
                        .isEqualTo(oneByOne);
            }
        }
    }
}
