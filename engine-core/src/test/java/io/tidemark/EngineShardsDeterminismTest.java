package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 2.11 with several shards: the same panes, each key's in the same order, the same late events and the same books. */
class EngineShardsDeterminismTest {
    private static final int EVENTS = 2_000;
    private static final int[] SHARDS = {2, 4};
    private static final long SEED = Long.getLong("seed", 4711L);

    /** How the engine is fed and run. */
    enum Run {
        SOURCE_POLLED(true, false),
        SOURCE_OWN_THREADS(true, true),
        SHARED_POLLED(false, false),
        SHARED_OWN_THREADS(false, true);

        private final boolean ownSource;
        private final boolean ownThreads;

        Run(boolean ownSource, boolean ownThreads) {
            this.ownSource = ownSource;
            this.ownThreads = ownThreads;
        }
    }

    /** What came out, by stream and key, and what was counted. */
    private record Outcome(Map<String, List<String>> byKey, List<String> counted) {}

    @ParameterizedTest
    @EnumSource(Run.class)
    void severalKeysAtOnce_giveWhatOneShardGives(Run run) {
        List<Sale> sales = events(SEED, EVENTS);
        WatermarkStrategy<Sale> watermark = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(6));
        Outcome expected = outcome(Run.SOURCE_POLLED, 1, Engines.sales().watermark(watermark), sales);
        assertThat(expected.byKey()).hasSizeGreaterThan(100);
        for (int shards : SHARDS) {
            for (int capacity : new int[] {1, 8, 1024}) {
                EngineBuilder<Sale> builder =
                        Engines.sales().watermark(watermark).capacity(capacity);
                if (capacity == 1) {
                    builder.batchSize(3);
                }
                assertThat(outcome(run, shards, builder, sales))
                        .as("seed %d, %d shards, capacity %d", SEED, shards, capacity)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ascending", "every 5 events", "every step", "punctuated"})
    void everyStrategy_givesWhatOneShardGives(String name) {
        WatermarkStrategy<Sale> bounded = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(6));
        WatermarkStrategy<Sale> strategy = switch (name) {
            case "every 5 events" -> bounded.everyEvents(5);
            case "every step" -> bounded.everyStep(Duration.ofMillis(4));
            case "punctuated" ->
                WatermarkStrategy.punctuated(sale -> sale.amount() % 3 == 0 ? sale.at() - 2 : Long.MIN_VALUE);
            default -> WatermarkStrategy.ascending();
        };
        List<Sale> sales = events(SEED, EVENTS);
        Outcome expected = outcome(Run.SOURCE_POLLED, 1, Engines.sales().watermark(strategy), sales);
        for (Run run : Run.values()) {
            assertThat(outcome(run, 2, Engines.sales().watermark(strategy), sales))
                    .as("seed %d, %s", SEED, run)
                    .isEqualTo(expected);
        }
    }

    private static Outcome outcome(Run run, int shards, EngineBuilder<Sale> builder, List<Sale> sales) {
        builder.shards(shards);
        if (!run.ownThreads) {
            builder.polled();
        }
        EventTimeEngine<Sale> engine = builder.build();
        Map<String, List<String>> byKey = new ConcurrentSkipListMap<>();
        declare(engine, byKey);
        Source<Sale> source = run.ownSource ? engine.source("only") : null;
        engine.start();
        for (Sale sale : sales) {
            assertThat(source == null ? engine.publish(sale) : source.publish(sale))
                    .isEqualTo(OfferResult.ACCEPTED);
        }
        EngineReport report = Engines.complete(engine);
        List<String> counted = new ArrayList<>();
        for (StreamMetrics stream : report.metrics().streams()) {
            counted.add(stream.toString());
        }
        SourceMetrics fed = report.metrics().source(source == null ? "publish" : "only");
        counted.add(fed.accepted() + " " + fed.handedOn() + " " + fed.invalid() + " " + fed.future() + " "
                + fed.latency().count());
        return new Outcome(byKey, counted);
    }

    /** Windows of three kinds, by a long, by an object, and by none. */
    private static void declare(EventTimeEngine<Sale> engine, Map<String, List<String>> byKey) {
        Consumer<LateEvent<?, ?>> late = event -> add(byKey, "late " + event.stream() + event.key(), text(event));
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("tens")
                .allowedLateness(Duration.ofMillis(7))
                .aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(late::accept)
                .onResult(result -> add(byKey, "tens " + result.longKey(), Engines.line(result)));
        engine.keyBy(Sale::shopName)
                .window(Windows.sliding(Duration.ofMillis(25), Duration.ofMillis(10)))
                .named("sliding")
                .allowedLateness(Duration.ofMillis(12))
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(late::accept)
                .onPartlyLate(event -> add(byKey, "partly late " + event.key(), text(event)))
                .onResult(result -> add(byKey, "sliding " + result.key(), Engines.line(result)));
        engine.keyByLong(sale -> sale.amount() % 17)
                .window(Windows.session(Duration.ofMillis(6)))
                .named("sessions")
                .allowedLateness(Duration.ofMillis(9))
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(late::accept)
                .onResult(result -> add(byKey, "sessions " + result.longKey(), Engines.line(result)));
        engine.window(Engines.TEN)
                .named("all")
                .aggregate(Aggregators.count())
                .onLate(late::accept)
                .onResult(result -> add(byKey, "all", Engines.line(result)));
    }

    private static void add(Map<String, List<String>> byKey, String key, String text) {
        byKey.computeIfAbsent(key, first -> Collections.synchronizedList(new ArrayList<>()))
                .add(text);
    }

    /** Without the source, whose name depends on the run. */
    private static String text(LateEvent<?, ?> late) {
        return late.reason() + " " + late.timestamp() + " " + late.missed() + " " + late.watermark() + " "
                + late.values();
    }

    /** Time goes on by fits and starts; some events are late, some far too late, a few are no events or lie far ahead. */
    private static List<Sale> events(long seed, int count) {
        Random random = Seeds.random(seed);
        List<Sale> sales = new ArrayList<>();
        long time = -1_000;
        for (int i = 0; i < count; i++) {
            int what = random.nextInt(100);
            if (what < 60) {
                time += random.nextInt(3);
            } else if (what == 60) {
                time += random.nextInt(200);
            }
            long at = what < 80 ? time - random.nextInt(8) : what < 95 ? time - random.nextInt(40) : time;
            if (what == 99) {
                at = random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE - random.nextInt(3);
            }
            sales.add(new Sale(at, random.nextInt(what < 50 ? 4 : 40), i));
        }
        return sales;
    }

    @Test
    void rowsFromArrays_giveWhatOneShardGives() {
        long[] rows = new long[3 * EVENTS];
        List<Sale> sales = events(SEED, EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            rows[3 * i] = sales.get(i).at();
            rows[3 * i + 1] = sales.get(i).shop();
            rows[3 * i + 2] = sales.get(i).amount();
        }
        Outcome expected = outcomeOfRows(1, rows, true, 1);
        for (boolean polled : new boolean[] {true, false}) {
            for (int atMost : new int[] {1, 100, EVENTS}) {
                assertThat(outcomeOfRows(4, rows, polled, atMost))
                        .as("seed %d, polled %s, up to %d at once", SEED, polled, atMost)
                        .isEqualTo(expected);
            }
        }
    }

    private static Outcome outcomeOfRows(int shards, long[] rows, boolean polled, int atMost) {
        ColumnEngineBuilder builder = EventTimeEngine.columns("rows", "shop", "amount")
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(6)))
                .capacity(64)
                .shards(shards);
        if (polled) {
            builder.polled();
        }
        ColumnEngine engine = builder.build();
        Map<String, List<String>> byKey = new ConcurrentSkipListMap<>();
        engine.keyByLong(Column.of("shop"))
                .window(Engines.TEN)
                .allowedLateness(Duration.ofMillis(7))
                .aggregate(Aggregators.sumExact(Column.of("amount")))
                .onLate(event -> add(byKey, "late " + event.key(), text(event)))
                .onResult(result -> add(byKey, "tens " + result.longKey(), Engines.line(result)));
        ColumnSource source = engine.source("only");
        engine.start();
        Random random = new Random(SEED);
        for (int from = 0, count; from < EVENTS; from += count) {
            count = Math.min(EVENTS - from, 1 + random.nextInt(atMost));
            assertThat(source.publish(rows, 3 * from, count)).isEqualTo(count);
        }
        EngineReport report = Engines.complete(engine);
        SourceMetrics fed = report.metrics().source("only");
        assertThat(fed.accepted()).isEqualTo(EVENTS);
        return new Outcome(byKey, List.of(report.metrics().streams().toString(), fed.invalid() + " " + fed.future()));
    }

    @Test
    void aRecordedInterleavingOfSourcesAndClock_givesWhatOneShardGives() {
        for (long seed = SEED; seed < SEED + 12; seed++) {
            IdlePolicy policy = seed % 2 == 0 ? IdlePolicy.HOLD : IdlePolicy.FOLLOW;
            List<String> expected = interleaved(seed, 1, policy);
            for (int shards : SHARDS) {
                assertThat(interleaved(seed, shards, policy))
                        .as("seed %d, %d shards, %s", seed, shards, policy)
                        .isEqualTo(expected);
            }
        }
    }

    /** Everything that was seen after each step, by key. */
    private static List<String> interleaved(long seed, int shards, IdlePolicy policy) {
        WatermarkStrategy<Sale> strategy = WatermarkStrategy.<Sale>boundedOutOfOrderness(Duration.ofMillis(6))
                .withIdleTimeout(Duration.ofMillis(50));
        SteppedEngine<Sale> steps = SteppedEngine.of(
                Engines.sales().watermark(strategy).idlePolicy(policy).shards(shards),
                new VirtualClock(Instant.ofEpochMilli(2_000)));
        steps.engine()
                .keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("tens")
                .allowedLateness(Duration.ofMillis(7))
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        List<Source<Sale>> sources = List.of(
                steps.engine().source("one"),
                steps.engine().source("two"),
                steps.engine().source("three"));
        steps.start();
        List<String> seen = new ArrayList<>();
        Random random = Seeds.random(seed);
        List<Sale> sales = events(seed, 400);
        int closed = 0;
        for (Sale sale : sales) {
            int what = random.nextInt(100);
            Source<Sale> source = sources.get(random.nextInt(3));
            steps.step(() -> {
                if (what < 8) {
                    steps.clock().advance(Duration.ofMillis(random.nextInt(70)));
                } else if (what < 10) {
                    source.advanceTo(sale.at());
                } else if (what < 25) {
                    assertThat(steps.engine().publish(sale)).isEqualTo(OfferResult.ACCEPTED);
                } else if (what == 99) {
                    source.close();
                } else {
                    assertThat(source.publish(sale)).isIn(OfferResult.ACCEPTED, OfferResult.CLOSED);
                }
            });
            closed += what == 99 ? 1 : 0;
            seen.add(steps.metrics().watermark() + " " + steps.metrics().regressions());
            for (SourceMetrics metrics : steps.metrics().sources()) {
                seen.add(metrics.name() + " " + metrics.accepted() + " " + metrics.handedOn() + " " + metrics.invalid()
                        + " " + metrics.future() + " " + metrics.inFlight() + " " + metrics.watermark() + " "
                        + metrics.idle());
            }
        }
        steps.complete();
        EngineLaws.check(steps, 7);
        Map<String, List<String>> byKey = new TreeMap<>();
        for (Observed<WindowResult<?, ?>> result : steps.observedResults()) {
            add(byKey, "" + result.what().key(), result.step() + " " + Engines.line(result.what()));
        }
        for (Observed<LateEvent<?, ?>> late : steps.observedLate()) {
            add(byKey, "late " + late.what().key(), late.step() + " " + late.what());
        }
        seen.add(byKey.toString());
        seen.add(closed + " closed");
        seen.add(steps.metrics().streams().toString());
        return seen;
    }
}
