package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.Ranked;
import io.tidemark.operator.FailureHandler;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results as events of further windows: their stamp, their order against the watermark, their books. */
class EngineTwoStagesTest {
    private final List<String> said = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static SteppedEngine<Sale> stepped() {
        return SteppedEngine.of(Engines.sales());
    }

    private EventTimeEngine<Sale> polled() {
        return Engines.sales()
                .polled()
                .errorPolicy(failure -> {
                    failures.add(failure);
                    return ErrorPolicy.Decision.GO_ON;
                })
                .build();
    }

    /** Sums per shop and ten milliseconds, named "sums". */
    private static ResultStream<Long, Long> sums(EventTimeEngine<Sale> engine, long lateness) {
        return engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .allowedLateness(millis(lateness))
                .ordered()
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results();
    }

    private static String line(WindowResult<?, ?> result) {
        return result.stream() + " " + result.window() + " " + result.value() + " (" + result.count() + ") "
                + result.pane().timing() + (result.isRetraction() ? " taken back" : "");
    }

    private static StreamMetrics metrics(EventTimeEngine<?> engine, String stream) {
        return engine.metrics().streams().stream()
                .filter(each -> each.name().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLargestOfEachWindow_comesInTheStepThatClosesIt() {
        SteppedEngine<Sale> steps = stepped();
        sums(steps.engine(), 0)
                .window(Engines.TEN)
                .named("largest")
                .aggregate(Aggregators.max(WindowResult::longValue))
                .dropLate()
                .onResult(steps.results());
        steps.start();
        steps.publish(new Sale(1, 1, 5));
        steps.publish(new Sale(2, 2, 6));
        steps.publish(new Sale(3, 1, 4));
        steps.publish(Sale.at(9));
        assertThat(steps.observedResults()).isEmpty();
        steps.publish(Sale.at(10));
        assertThat(steps.observedResults()).singleElement().satisfies(observed -> {
            assertThat(observed.step()).isEqualTo(4);
            assertThat(line(observed.what())).isEqualTo("largest [0, 10) 10 (2) ON_TIME");
        });
        steps.complete();
        assertThat(steps.observedResults()).hasSize(2);
        EngineLaws.check(steps);
    }

    @Test
    void topMerchantsOfEachWindow() {
        EventTimeEngine<Sale> engine = polled();
        List<List<Ranked<Long>>> tops = new ArrayList<>();
        sums(engine, 0)
                .window(Engines.TEN)
                .aggregate(Aggregators.top(2, WindowResult::longValue, WindowResult::key))
                .dropLate()
                .onResult(result -> tops.add(result.value()));
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5), new Sale(2, 8, 6), new Sale(3, 7, 4), new Sale(4, 9, 1));
        Engines.publish(engine, new Sale(11, 9, 1));
        Engines.complete(engine);
        assertThat(tops)
                .containsExactly(List.of(new Ranked<>(9, 7L), new Ranked<>(6, 8L)), List.of(new Ranked<>(1, 9L)));
    }

    /** Nexmark's query 5: the auctions with the most bids of the last period, every slide; against a count by hand. */
    @Test
    void hotItems() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = Seeds.random(seed);
            Map<Long, Map<Long, Long>> bids = new TreeMap<>();
            Map<Long, Long> hottest = new TreeMap<>();
            EventTimeEngine<Sale> engine = polled();
            engine.keyByLong(Sale::shop)
                    .window(Windows.sliding(millis(30), millis(10)))
                    .aggregate(Aggregators.count())
                    .dropLate()
                    .results()
                    .window(Windows.tumbling(millis(10)))
                    .aggregate(Aggregators.max(WindowResult::longValue))
                    .dropLate()
                    .onResult(result -> hottest.put(result.end(), result.value()));
            engine.start();
            long time = -100;
            for (int i = 0; i < 300; i++) {
                time += random.nextInt(4);
                long shop = random.nextInt(6);
                Engines.publish(engine, new Sale(time, shop, 1));
                for (long end = Math.floorDiv(time, 10) * 10 + 10; end - 30 <= time; end += 10) {
                    bids.computeIfAbsent(end, any -> new TreeMap<>()).merge(shop, 1L, Long::sum);
                }
            }
            Engines.complete(engine);
            Map<Long, Long> expected = new TreeMap<>();
            bids.forEach((end, counts) -> expected.put(
                    end, counts.values().stream().max(Comparator.naturalOrder()).orElseThrow()));
            assertThat(hottest).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void severalStreams_onTheSameResults() {
        EventTimeEngine<Sale> engine = polled();
        ResultStream<Long, Long> sums = sums(engine, 0);
        sums.window(Windows.tumbling(millis(20)))
                .named("all")
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .dropLate()
                .onResult(result -> said.add(line(result)));
        sums.keyByLong(result -> result.longKey() % 2)
                .window(Engines.TEN)
                .named("parity")
                .ordered()
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .dropLate()
                .onResult(result -> said.add(result.key() + " " + line(result)));
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 1), new Sale(1, 2, 2), new Sale(2, 3, 4), new Sale(12, 5, 8));
        Engines.complete(engine);
        assertThat(said)
                .containsExactly(
                        "1 parity [0, 10) 5 (2) ON_TIME",
                        "0 parity [0, 10) 2 (1) ON_TIME",
                        "all [0, 20) 15 (4) ON_TIME",
                        "1 parity [10, 20) 8 (1) ON_TIME");
        assertThat(metrics(engine, "sums").input()).isNull();
        assertThat(metrics(engine, "all").input()).isEqualTo("sums");
        assertThat(metrics(engine, "all").handedOn()).isEqualTo(4);
        assertThat(metrics(engine, "parity").handedOn()).isEqualTo(4);
    }

    @Test
    void threeStages_closeInOneStep() {
        SteppedEngine<Sale> steps = stepped();
        sums(steps.engine(), 0)
                .keyByLong(result -> result.longKey() / 10)
                .window(Engines.TEN)
                .named("regions")
                .ordered()
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("best")
                .aggregate(Aggregators.list(WindowResult::longValue))
                .dropLate()
                .onResult(steps.results());
        steps.start();
        steps.publish(new Sale(1, 11, 5));
        steps.publish(new Sale(2, 12, 6));
        steps.publish(new Sale(3, 21, 4));
        steps.publish(Sale.at(10));
        assertThat(steps.observedResults())
                .singleElement()
                .satisfies(observed -> assertThat(line(observed.what())).isEqualTo("best [0, 10) [11, 4] (2) ON_TIME"));
        steps.complete();
        assertThat(metrics(steps.engine(), "best").input()).isEqualTo("regions");
        EngineLaws.check(steps);
    }

    @Test
    void resultsByObject_andWhatAggregatorsKeep() {
        EventTimeEngine<Sale> engine = polled();
        List<WindowResult<String, Long>> kept = new ArrayList<>();
        engine.keyBy(Sale::shopName)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results()
                .keyBy(WindowResult::key)
                .window(Windows.tumbling(millis(20)))
                .named("kept")
                .aggregate(Aggregators.list(result -> result))
                .dropLate()
                .onResult(result -> {
                    kept.addAll(result.value());
                    said.add(result.key() + " " + result.window() + " (" + result.count() + ")");
                });
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 3), new Sale(2, 2, 4), new Sale(11, 1, 5), new Sale(12, 1, 6));
        Engines.complete(engine);
        assertThat(said).containsExactlyInAnyOrder("shop-1 [0, 20) (2)", "shop-2 [0, 20) (1)");
        assertThat(kept)
                .extracting(result -> result.key() + " " + result.window() + " " + result.longValue())
                .containsExactlyInAnyOrder("shop-1 [0, 10) 3", "shop-2 [0, 10) 4", "shop-1 [10, 20) 11");
        assertThat(failures).isEmpty();
    }

    @Test
    void aLatePane_isJudgedByTheSecondLateness() {
        SteppedEngine<Sale> steps = stepped();
        ResultStream<Long, Long> sums = sums(steps.engine(), 50);
        sums.window(Engines.TEN)
                .named("strict")
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        sums.window(Engines.TEN)
                .named("patient")
                .allowedLateness(millis(20))
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        steps.start();
        steps.publish(new Sale(1, 1, 5));
        steps.publish(Sale.at(27));
        steps.publish(Sale.at(29)); // closes nothing, and yet the watermark is the second stage's too
        steps.publish(new Sale(2, 1, 6)); // the first stage has it until 60, the patient second until 30
        assertThat(steps.observedResults().stream().map(each -> line(each.what())))
                .containsExactly(
                        "strict [0, 10) 5 (1) ON_TIME", "patient [0, 10) 5 (1) ON_TIME", "patient [0, 10) 16 (2) LATE");
        assertThat(steps.observedLate()).singleElement().satisfies(observed -> {
            LateEvent<?, ?> late = observed.what();
            assertThat(observed.step()).isEqualTo(3);
            assertThat(late.stream()).isEqualTo("strict");
            assertThat(late.source()).isEqualTo("sums");
            assertThat(late.timestamp()).isEqualTo(9);
            assertThat(late.watermark()).isEqualTo(29);
            assertThat(late.values()).containsExactly(11L);
            assertThat(late.reason()).isEqualTo(LateEvent.Reason.LATE);
        });
        steps.publish(Sale.at(30));
        steps.publish(new Sale(3, 1, 1));
        assertThat(steps.observedLate())
                .extracting(late -> late.what().stream())
                .containsExactly("strict", "strict", "patient");
        steps.complete();
        EngineLaws.check(steps);
    }

    @Test
    void withKeepEvents_theAuditCarriesACopyOfTheResult() {
        List<WindowResult<Long, Long>> events = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().polled().keepEvents().build();
        sums(engine, 50)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .onLate(late -> {
                    WindowResult<Long, Long> event = late.event();
                    assertThat(event).isNotNull();
                    events.add(event);
                })
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 5), Sale.at(29), new Sale(2, 1, 6));
        Engines.complete(engine);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.longValue()).isEqualTo(11);
            assertThat(event.pane()).isEqualTo(new Pane(Pane.Timing.LATE, 1, false));
        });
    }

    @Test
    void whatIsLeftAtExpiry_entersUnderTheWatermarkBeforeTheStep() {
        SteppedEngine<Sale> steps = stepped();
        steps.engine()
                .keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .allowedLateness(millis(20))
                .trigger(Trigger.afterWatermark().lateEvery(5))
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("second")
                .allowedLateness(millis(20)) // the same expiry: the remainder must just be in time
                .aggregate(Aggregators.list(WindowResult::longValue))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        steps.start();
        steps.publish(new Sale(1, 1, 5));
        steps.publish(Sale.at(15));
        steps.publish(new Sale(2, 1, 6));
        steps.publish(Sale.at(30));
        assertThat(steps.observedLate()).isEmpty();
        assertThat(steps.observedResults("second").stream().map(each -> line(each.what())))
                .startsWith("second [0, 10) [5] (1) ON_TIME", "second [0, 10) [5, 11] (2) LATE");
        steps.complete();
        EngineLaws.check(steps);
    }

    @Test
    void earlyPanesAndRetractions_areEventsToo() {
        EventTimeEngine<Sale> engine = polled();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                .retracting()
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("balance")
                .aggregate(Aggregators.sumExact(
                        result -> result.isRetraction() ? -result.longValue() : result.longValue()))
                .dropLate()
                .onResult(result -> said.add(line(result)));
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 5), new Sale(2, 1, 6), new Sale(3, 1, 7), Sale.at(11));
        Engines.complete(engine);
        assertThat(said).containsExactly("balance [0, 10) 18 (3) ON_TIME", "balance [10, 20) 1 (1) ON_TIME");
        assertThat(metrics(engine, "sums").panes()).isEqualTo(3);
        assertThat(metrics(engine, "sums").retractions()).isEqualTo(1);
        assertThat(metrics(engine, "balance").handedOn()).isEqualTo(4);
    }

    @Test
    void atTheEndsOfTime() {
        EventTimeEngine<Sale> engine = polled();
        engine.window(Windows.global())
                .aggregate(Aggregators.count())
                .dropLate()
                .results()
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(WindowResult::longValue))
                .onLate(late -> said.add(late.toString()))
                .onResult(result -> said.add("last " + result.end() + " " + result.value()));
        sums(engine, 0)
                .window(Engines.TEN)
                .aggregate(Aggregators.list(WindowResult::longValue))
                .onLate(late -> said.add(late.toString()))
                .onResult(result -> said.add(result.window() + " " + result.value()));
        engine.start();
        Engines.publish(engine, new Sale(Long.MIN_VALUE + 1, 1, 1), new Sale(-5, 1, 2));
        Engines.complete(engine);
        assertThat(said)
                .hasSize(3)
                .first()
                .asString()
                .startsWith("[" + Long.MIN_VALUE + ", ")
                .endsWith(" [1]");
        assertThat(said.subList(1, 3)).containsExactly("[-10, 0) [2]", "last " + Long.MAX_VALUE + " 2");
    }

    @Test
    void manyResultsOfOneStep_allEnter() {
        EventTimeEngine<Sale> engine = polled();
        sums(engine, 0)
                .window(Engines.TEN)
                .aggregate(Aggregators.all(
                        Aggregators.sumExact(WindowResult::longValue), Aggregators.list(WindowResult::longKey)))
                .dropLate()
                .onResult(result -> said.add(result.count() + " " + result.window()));
        engine.start();
        for (long window = 0; window < 3; window++) {
            for (long shop = 0; shop < 1_000; shop++) {
                Engines.publish(engine, new Sale(10 * window, shop, 1));
            }
        }
        Engines.complete(engine);
        assertThat(said).containsExactly("1000 [0, 10)", "1000 [10, 20)", "1000 [20, 30)");
    }

    @Test
    void overColumns() {
        ColumnEngine engine = EventTimeEngine.columns("columns", "shop", "amount")
                .watermark(WatermarkStrategy.ascending())
                .polled()
                .build();
        engine.keyByLong(Column.of("shop"))
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Column.of("amount")))
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("largest")
                .aggregate(Aggregators.max(WindowResult::longValue))
                .dropLate()
                .onResult(result -> said.add(line(result)));
        ColumnSource source = engine.source("till");
        engine.start();
        assertThat(source.publish(new long[] {1, 7, 5, 2, 8, 6, 3, 7, 4, 12, 7, 1}, 0, 4))
                .isEqualTo(4);
        Engines.complete(engine);
        assertThat(said).containsExactly("largest [0, 10) 9 (2) ON_TIME", "largest [10, 20) 1 (1) ON_TIME");
    }

    @Test
    void anExtractorThatThrows_countsAsFailedInAllStreamsOfTheStage() {
        EventTimeEngine<Sale> engine = polled();
        ResultStream<Long, Long> sums = sums(engine, 0);
        for (String name : List.of("one", "other")) {
            sums.window(Engines.TEN)
                    .named(name)
                    .aggregate(Aggregators.sumExact(result -> refuseShop2(result)))
                    .dropLate()
                    .onResult(result -> said.add(line(result)));
        }
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 1), new Sale(1, 2, 2), new Sale(2, 3, 4));
        Engines.complete(engine);
        assertThat(said).containsExactly("one [0, 10) 5 (2) ON_TIME", "other [0, 10) 5 (2) ON_TIME");
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.stage()).isEqualTo(FailureHandler.Stage.EXTRACTOR);
            assertThat(failure.name()).isEqualTo("sums");
        });
        assertThat(metrics(engine, "one").failed()).isEqualTo(1);
        assertThat(metrics(engine, "other").handedOn()).isEqualTo(3);
    }

    private static long refuseShop2(WindowResult<Long, Long> result) {
        if (result.longKey() == 2) {
            throw new IllegalStateException("shop 2");
        }
        return result.longValue();
    }

    @Test
    void aResultIsNoKey() {
        EventTimeEngine<Sale> engine = polled();
        sums(engine, 0)
                .keyBy(result -> result)
                .window(Engines.TEN)
                .aggregate(Aggregators.list(WindowResult::longValue))
                .dropLate()
                .onResult(result -> said.add(line(result)));
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 1));
        Engines.complete(engine);
        assertThat(said).isEmpty();
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure.cause())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("a result of sums is a view and no key"));
    }

    @Test
    void aStopInTheSecondStage_endsWithItsOwnCause() {
        EventTimeEngine<Sale> engine =
                Engines.sales().polled().errorPolicy(ErrorPolicy.stop()).build();
        IllegalStateException cause = new IllegalStateException("enough");
        sums(engine, 0)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    throw cause;
                });
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        assertThat(engine.report().cause()).isSameAs(cause);
        assertThat(engine.metrics().failures()).isEqualTo(1);
    }

    @Test
    void aStopByAnExtractorOfTheSecondStage_endsWithItsOwnCause() {
        EventTimeEngine<Sale> engine =
                Engines.sales().polled().errorPolicy(ErrorPolicy.stop()).build();
        sums(engine, 0)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(result -> refuseShop2(result)))
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, new Sale(1, 2, 1), Sale.at(12));
        Engines.drain(engine);
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        assertThat(engine.report().cause()).hasMessage("shop 2");
        assertThat(engine.metrics().failures()).isEqualTo(1);
    }

    @Test
    void explain_saysWhereTheEventsComeFrom() {
        SteppedEngine<Sale> steps = stepped();
        sums(steps.engine(), 0)
                .window(Windows.tumbling(millis(20)))
                .named("second")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(steps.results());
        steps.start();
        steps.publish(Sale.at(1));
        steps.publish(Sale.at(12));
        assertThat(steps.engine().explain())
                .contains("Windows sums (sliced): 1 open")
                .contains("Windows second (sliced, on the results of sums): 1 open; the first ends at 20 ")
                .contains("when source publish has sent an event stamped 20 ");
        steps.complete();
        EngineLaws.check(steps);
    }

    @Test
    void exactlyOneEnd() {
        EventTimeEngine<Sale> engine = polled();
        ResultStage<Sale, Long, Long> stage = engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate();
        ResultStream<Long, Long> results = stage.results();
        assertThatThrownBy(stage::results)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sums feeds other windows already");
        assertThatThrownBy(() -> stage.onResult(result -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sums feeds other windows already");
        assertThatThrownBy(() -> stage.onUpdate((before, after) -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(engine::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("sums is not finished: window(...) on results() is missing");
        WindowedStream<WindowResult<Long, Long>, Void> second = results.window(Engines.TEN);
        assertThatThrownBy(engine::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("windows-2");
        ResultStage<WindowResult<Long, Long>, Void, Long> end =
                second.aggregate(Aggregators.count()).dropLate();
        end.onResult(result -> {});
        assertThatThrownBy(end::results).isInstanceOf(IllegalStateException.class);
        engine.start();
        assertThatThrownBy(() -> results.window(Engines.TEN)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> results.keyBy(WindowResult::key)).isInstanceOf(IllegalStateException.class);
        Engines.complete(engine);
    }

    @Test
    void theFirstStagesPanes_comeBeforeThoseOfTheSecond() {
        EventTimeEngine<Sale> engine = polled();
        sums(engine, 0)
                .window(Engines.TEN)
                .named("second")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> said.add(line(result)));
        engine.window(Engines.TEN)
                .named("first")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> said.add(line(result)));
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(13));
        assertThat(engine.advanceTo(40)).isEqualTo(OfferResult.ACCEPTED);
        Engines.complete(engine);
        assertThat(said)
                .containsExactly(
                        "first [0, 10) 1 (1) ON_TIME",
                        "second [0, 10) 1 (1) ON_TIME",
                        "first [10, 20) 1 (1) ON_TIME",
                        "second [10, 20) 1 (1) ON_TIME");
    }

    @Test
    void onUpdate_tellsWhatIsReplaced() {
        EventTimeEngine<Sale> engine = polled();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("current")
                .allowedLateness(millis(50))
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onUpdate((before, after) -> said.add(value(before) + " -> " + value(after)));
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 5), Sale.at(12), new Sale(2, 1, 6));
        Engines.complete(engine);
        assertThat(said).containsExactly("- -> 5", "5 -> 11", "- -> 1");
        assertThat(engine.metrics().callback().count()).isEqualTo(3);
    }

    private static String value(@Nullable WindowResult<Long, Long> result) {
        return result == null ? "-" : result.value().toString();
    }

    @Test
    void onUpdate_isRefusedWithDiscardingPanes() {
        EventTimeEngine<Sale> engine = polled();
        WindowedStream<Sale, Void> discarding =
                engine.window(Engines.TEN).named("pieces").discarding();
        ResultStage<Sale, Void, Long> pieces =
                discarding.aggregate(Aggregators.count()).dropLate();
        assertThatThrownBy(() -> pieces.onUpdate((before, after) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pieces has discarding panes");
        WindowedStream<Sale, Void> windows = engine.window(Engines.TEN).named("current");
        windows.aggregate(Aggregators.count()).dropLate().onUpdate((before, after) -> {});
        assertThatThrownBy(windows::discarding)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("current tells updates");
        ResultStage<Sale, Void, Long> counted =
                engine.window(Windows.count(5)).aggregate(Aggregators.count()).dropLate();
        assertThatThrownBy(() -> counted.onUpdate((before, after) -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void emptyWindows_needAHorizonInWholeUnits() {
        WindowedStream<Sale, Void> windows = polled().window(Engines.TEN);
        assertThatThrownBy(() -> windows.emptyWindows(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive, got PT0S");
        assertThatThrownBy(() -> windows.emptyWindows(millis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> windows.emptyWindows(Duration.ofNanos(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("horizon of empty windows");
        assertThat(windows.emptyWindows(millis(30))).isSameAs(windows);
    }
}
