package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.Seeds;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule 2.11: for one source the output depends on the order of events alone. The same events go through engines of every
 * capacity, batch size and sampling, and what comes out, in its order, is compared line by line.
 */
class EngineDeterminismTest {
    private static final int EVENTS = 1_500;
    private static final int[] CAPACITIES = {2, 3, 16, 1024};
    private static final int[] BATCH_SIZES = {1, 2, 7, 64, 1024};

    /** How the engine is fed and run. */
    enum Run {
        SOURCE_POLLED(true, false),
        SOURCE_OWN_THREAD(true, true),
        SHARED_POLLED(false, false),
        SHARED_OWN_THREAD(false, true);

        private final boolean ownSource;
        private final boolean ownThread;

        Run(boolean ownSource, boolean ownThread) {
            this.ownSource = ownSource;
            this.ownThread = ownThread;
        }
    }

    /** Which windows are declared. */
    enum Declared {
        TUMBLING(EngineDeterminismTest::tumbling),
        SLIDING(EngineDeterminismTest::sliding),
        GAPS(EngineDeterminismTest::gaps),
        SESSIONS(EngineDeterminismTest::sessions),
        SEVERAL(out -> engine -> {
            tumbling(out).accept(engine);
            sessions(out).accept(engine);
            sliding(out).accept(engine);
            gaps(out).accept(engine);
        });

        private final Function<List<String>, Consumer<EventTimeEngine<Sale>>> declaring;

        Declared(Function<List<String>, Consumer<EventTimeEngine<Sale>>> declaring) {
            this.declaring = declaring;
        }
    }

    private static Consumer<EventTimeEngine<Sale>> tumbling(List<String> out) {
        return engine -> engine.keyByLong(Sale::shop)
                .window(Windows.tumbling(Duration.ofMillis(10), Duration.ofMillis(3)))
                .named("tumbling")
                .allowedLateness(Duration.ofMillis(7))
                .aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(late -> out.add(line(late)))
                .onResult(result -> out.add(line(result)));
    }

    private static Consumer<EventTimeEngine<Sale>> sliding(List<String> out) {
        return engine -> engine.keyBy(Sale::shopName)
                .window(Windows.sliding(Duration.ofMillis(25), Duration.ofMillis(10)))
                .named("sliding")
                .allowedLateness(Duration.ofMillis(12))
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(late -> out.add(line(late)))
                .onPartlyLate(late -> out.add("partly " + line(late)))
                .onResult(result -> out.add(line(result)));
    }

    private static Consumer<EventTimeEngine<Sale>> gaps(List<String> out) {
        return engine -> engine.keyBy(Sale::shopName)
                .window(Windows.sliding(Duration.ofMillis(4), Duration.ofMillis(9)))
                .named("gaps")
                .discarding()
                .allowedLateness(Duration.ofMillis(5))
                .aggregate(Aggregators.max(Sale::amount))
                .onLate(late -> out.add(line(late)))
                .onResult(result -> out.add(line(result)));
    }

    private static Consumer<EventTimeEngine<Sale>> sessions(List<String> out) {
        return engine -> engine.keyByLong(Sale::shop)
                .window(Windows.session(Duration.ofMillis(6)))
                .named("sessions")
                .allowedLateness(Duration.ofMillis(9))
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(late -> out.add(line(late)))
                .onResult(result -> out.add(line(result)));
    }

    private static String line(WindowResult<?, ?> result) {
        return result.stream() + " " + Engines.line(result);
    }

    private static String line(LateEvent<?, ?> late) {
        return late + " " + late.key() + " " + late.values();
    }

    /** Time goes on by fits and starts, some events are late, some far too late, and now and then everything rests. */
    private static List<Sale> events(long seed) {
        Random random = Seeds.random(seed);
        List<Sale> sales = new ArrayList<>();
        long time = -1_000;
        for (int i = 0; i < EVENTS; i++) {
            int what = random.nextInt(100);
            if (what < 60) {
                time += random.nextInt(3);
            } else if (what == 60) {
                time += random.nextInt(200);
            }
            long at = what < 80 ? time - random.nextInt(8) : what < 95 ? time - random.nextInt(40) : time;
            sales.add(new Sale(at, random.nextInt(what < 50 ? 4 : 40), i));
        }
        return sales;
    }

    private static List<String> outputOf(
            Run run,
            Declared declared,
            WatermarkStrategy<Sale> watermark,
            EngineBuilder<Sale> builder,
            List<Sale> sales) {
        List<String> out = new ArrayList<>();
        builder.watermark(watermark);
        EventTimeEngine<Sale> engine = (run.ownThread ? builder : builder.polled()).build();
        declared.declaring.apply(out).accept(engine);
        if (run.ownSource) {
            Source<Sale> source = engine.source("only");
            engine.start();
            sales.forEach(sale -> Engines.publish(source, sale));
        } else {
            engine.start();
            sales.forEach(sale -> Engines.publish(engine, sale));
        }
        EngineReport report = Engines.complete(engine);
        for (StreamMetrics stream : report.metrics().streams()) {
            out.add(stream.name() + " " + stream.aggregated() + " " + stream.late() + " " + stream.unassigned() + " "
                    + stream.windowsMissed() + " " + stream.panes());
        }
        // the source's name is part of what is told of late events
        out.replaceAll(text -> text.replace(" from only,", " from publish,"));
        return out;
    }

    private static Stream<Declared> everyDeclaration() {
        return Stream.of(Declared.values());
    }

    @ParameterizedTest
    @MethodSource("everyDeclaration")
    void capacityBatchAndSampling_changeNothing(Declared declared) {
        long seed = Long.getLong("seed", 20_261_122L + declared.ordinal());
        List<Sale> sales = events(seed);
        WatermarkStrategy<Sale> watermark = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(6));
        List<String> expected = outputOf(
                Run.SOURCE_POLLED,
                declared,
                watermark,
                Engines.sales().capacity(1).batchSize(1),
                sales);
        assertThat(expected).hasSizeGreaterThan(500).anyMatch(text -> text.contains("LateEvent"));
        for (int capacity : CAPACITIES) {
            for (int batchSize : BATCH_SIZES) {
                int sampling = 1 << (batchSize % 7);
                for (Run run : Run.values()) {
                    if (run.ownThread && (capacity < 16 || batchSize < 7)) {
                        continue; // a small ring is hardly more than a wait for each event
                    }
                    EngineBuilder<Sale> builder = Engines.sales()
                            .capacity(capacity)
                            .batchSize(batchSize)
                            .latencySampling(sampling)
                            .stampSampling(sampling);
                    assertThat(outputOf(run, declared, watermark, builder, sales))
                            .as("seed %d, %s, capacity %d, batches of %d", seed, run, capacity, batchSize)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static Stream<WatermarkStrategy<Sale>> everyStrategy() {
        WatermarkStrategy<Sale> bounded = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(6));
        return Stream.of(
                WatermarkStrategy.ascending(),
                bounded.everyEvents(5),
                bounded.everyStep(Duration.ofMillis(4)),
                WatermarkStrategy.punctuated(sale -> sale.amount() % 3 == 0 ? sale.at() - 2 : Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void withEveryStrategy(WatermarkStrategy<Sale> watermark) {
        long seed = Long.getLong("seed", 77L);
        List<Sale> sales = events(seed);
        List<String> expected = outputOf(
                Run.SOURCE_POLLED, Declared.SEVERAL, watermark, Engines.sales().batchSize(1), sales);
        for (Run run : Run.values()) {
            for (int batchSize : new int[] {3, 1024}) {
                assertThat(outputOf(
                                run,
                                Declared.SEVERAL,
                                watermark,
                                Engines.sales().batchSize(batchSize),
                                sales))
                        .as("seed %d, %s, batches of %d", seed, run, batchSize)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void insideABatch_theWatermarkIsAppliedAtItsExactEvent() {
        List<String> out = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("tens")
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(late -> out.add(line(late)))
                .onResult(result -> out.add(line(result)));
        Source<Sale> source = engine.source("only");
        engine.start();
        Engines.publish(
                source,
                new Sale(3, 1, 1),
                new Sale(4, 1, 2),
                new Sale(10, 1, 3),
                new Sale(9, 1, 4),
                new Sale(12, 1, 5),
                new Sale(20, 1, 6),
                new Sale(19, 1, 7));
        // all of them in one pass
        assertThat(engine.poll()).isEqualTo(7);
        assertThat(out)
                .containsExactly(
                        "tens 1 [0, 10) [1, 2] (2) ON_TIME 0 last",
                        "LateEvent[tens from only, LATE, timestamp 9, missed [0, 10), watermark 10] 1 []",
                        "tens 1 [10, 20) [3, 5] (2) ON_TIME 0 last",
                        "LateEvent[tens from only, LATE, timestamp 19, missed [10, 20), watermark 20] 1 []");
        Engines.complete(engine);
    }

    @Test
    void commandsInsideABatch_areAppliedAtTheirPlace() {
        List<List<String>> outputs = new ArrayList<>();
        for (int batchSize : BATCH_SIZES) {
            List<String> out = new ArrayList<>();
            EventTimeEngine<Sale> engine = Engines.sales()
                    .watermark(WatermarkStrategy.manual())
                    .batchSize(batchSize)
                    .polled()
                    .build();
            Declared.SEVERAL.declaring.apply(out).accept(engine);
            Source<Sale> source = engine.source("only");
            engine.start();
            int published = 0;
            for (Sale sale : events(5)) {
                Engines.publish(source, sale);
                if (++published % 11 == 0) {
                    assertThat(source.advanceTo(sale.at() - 3)).isEqualTo(OfferResult.ACCEPTED);
                }
            }
            Engines.complete(engine);
            outputs.add(out);
        }
        assertThat(outputs.get(0)).hasSizeGreaterThan(500);
        assertThat(outputs).allSatisfy(output -> assertThat(output).isEqualTo(outputs.get(0)));
    }

    @Test
    void resultsOfOneStep_comeInTheOrderOfEndStartAndStream() {
        List<String> out = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.window(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                .named("second")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> out.add(result.stream() + " " + result.window()));
        engine.window(Engines.TEN)
                .named("first")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> out.add(result.stream() + " " + result.window()));
        engine.window(Windows.session(Duration.ofMillis(5)))
                .named("sessions")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> out.add(result.stream() + " " + result.window()));
        engine.start();
        Engines.publish(engine, Sale.at(5), Sale.at(5), Sale.at(100));
        Engines.drain(engine);
        assertThat(out).containsExactly("second [-10, 10)", "first [0, 10)", "sessions [5, 10)", "second [0, 20)");
        Engines.complete(engine);
    }

    @Test
    void ordered_givesKeysInTheOrderOfTheirFirstArrival() {
        List<Long> keys = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().polled().build();
        engine.keyByLong(Sale::shop)
                .window(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                .ordered()
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    if (result.start() == 0) {
                        keys.add(result.key());
                    }
                });
        engine.start();
        Random random = new Random(3);
        List<Long> arrived = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long shop = random.nextInt(100);
            Engines.publish(engine, new Sale(random.nextInt(20), shop, 1));
            if (!arrived.contains(shop)) {
                arrived.add(shop);
            }
        }
        Engines.complete(engine);
        assertThat(keys).isEqualTo(arrived);
    }
}
