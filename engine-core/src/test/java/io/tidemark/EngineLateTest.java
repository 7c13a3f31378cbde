package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events behind the watermark: which still count, and what is told of those that do not. */
class EngineLateTest {
    private static final Duration FIVE = Duration.ofMillis(5);

    private final SteppedEngine<Sale> steps = SteppedEngine.of(Engines.sales());

    private WindowedStream<Sale, Long> windows(WindowAssigner<Object> windows) {
        return steps.engine().keyByLong(Sale::shop).window(windows).named("windows");
    }

    /** Every event is a step of its own. */
    private void run(AggregatedStream<Sale, Long, Long> stream, Sale... sales) {
        stream.onLate(steps.lateEvents()).onPartlyLate(steps.partlyLateEvents()).onResult(steps.results());
        steps.start();
        for (Sale sale : sales) {
            steps.publish(sale);
        }
    }

    private static Aggregation<Sale, Long> sum() {
        return Aggregators.sumExact(Sale::amount);
    }

    private List<String> lines() {
        return steps.observedResults().stream()
                .map(Observed::what)
                .map(Engines::line)
                .toList();
    }

    private void complete() {
        steps.complete();
        EngineLaws.check(steps);
    }

    @Test
    void aLateEvent_isAuditedInFull() {
        run(windows(Engines.TEN).aggregate(sum()), Sale.at(25), new Sale(13, 7, 50));
        assertThat(steps.observedLate())
                .extracting(Observed::what)
                .singleElement()
                .satisfies(late -> {
                    assertThat(late.stream()).isEqualTo("windows");
                    assertThat(late.source()).isEqualTo("publish");
                    assertThat(late.key()).isEqualTo(7L);
                    assertThat(late.timestamp()).isEqualTo(13);
                    assertThat(late.values()).containsExactly(50L);
                    assertThat(late.reason()).isEqualTo(LateEvent.Reason.LATE);
                    assertThat(late.missed()).isEqualTo(new TimeWindow(10, 20));
                    assertThat(late.watermark()).isEqualTo(25);
                    assertThat(late.lateness()).isEqualTo(12);
                    assertThat(late.event()).isNull();
                });
        complete();
    }

    @Test
    void anEventBehindTheWatermark_whoseWindowIsOpen_isNotLate() {
        run(windows(Engines.TEN).aggregate(sum()), Sale.at(25), Sale.at(20));
        assertThat(steps.observedLate()).isEmpty();
        complete();
        assertThat(lines()).containsExactly("1 [20, 30) 2 (2) ON_TIME 0 last");
    }

    @Test
    void exactlyAtTheEnd_theWindowIsClosed() {
        run(windows(Engines.TEN).aggregate(sum()), Sale.at(9), Sale.at(10), Sale.at(9));
        assertThat(steps.observedLate())
                .singleElement()
                .satisfies(late -> assertThat(late.what().missed()).isEqualTo(new TimeWindow(0, 10)));
        complete();
    }

    @Test
    void lateEvents_withoutAKey_withAnObjectKey_andWithTheEvent() {
        SteppedEngine<Sale> kept = SteppedEngine.of(Engines.sales().keepEvents());
        kept.engine()
                .window(Engines.TEN)
                .named("all")
                .aggregate(Aggregators.count())
                .onLate(kept.lateEvents())
                .onResult(kept.results());
        kept.engine()
                .keyBy(Sale::shopName)
                .window(Engines.TEN)
                .named("by name")
                .aggregate(Aggregators.all(
                        Aggregators.sumExact(Sale::amount), Aggregators.min(Sale::shop), Aggregators.list(Sale::at)))
                .onLate(kept.lateEvents())
                .onResult(kept.results());
        kept.start();
        Sale late = new Sale(13, 7, 50);
        kept.publish(Sale.at(25));
        kept.publish(late);
        assertThat(kept.observedLate()).hasSize(2);
        LateEvent<?, ?> all = kept.observedLate().get(0).what();
        assertThat(all.key()).isNull();
        assertThat(all.values()).isEmpty();
        assertThat(all.event()).isSameAs(late);
        LateEvent<?, ?> byName = kept.observedLate().get(1).what();
        assertThat(byName.key()).isEqualTo("shop-7");
        assertThat(byName.values()).containsExactly(50L, 7L);
        assertThat(byName.event()).isSameAs(late);
        kept.complete();
        EngineLaws.check(kept);
    }

    @Test
    void theEventIsCarried_onlyWithKeepEvents_evenIfAnAggregatorReadsIt() {
        SteppedEngine<Sale> engine = SteppedEngine.of(Engines.sales());
        engine.engine()
                .window(Engines.TEN)
                .aggregate(Aggregators.list(Sale::amount))
                .onLate(engine.lateEvents())
                .onResult(engine.results());
        engine.start();
        engine.publish(Sale.at(25));
        engine.publish(Sale.at(3));
        assertThat(engine.observedLate())
                .singleElement()
                .satisfies(late -> assertThat(late.what().event()).isNull());
        engine.complete();
        EngineLaws.check(engine);
    }

    @Test
    void theSource_isNamed() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> source = stepped.source("till");
        stepped.start();
        stepped.publish(source, Sale.at(25), Sale.at(3));
        assertThat(stepped.late())
                .singleElement()
                .satisfies(late -> assertThat(late.source()).isEqualTo("till"));
        stepped.complete();
    }

    @Test
    void allowedLateness_exactlyAtTheBoundary() {
        // [0, 10) expires at W = 15
        run(
                windows(Engines.TEN).allowedLateness(FIVE).aggregate(sum()),
                new Sale(1, 1, 1),
                new Sale(10, 2, 2),
                new Sale(2, 1, 4),
                new Sale(14, 2, 8),
                new Sale(3, 1, 16),
                new Sale(15, 2, 32),
                new Sale(4, 1, 64),
                new Sale(16, 2, 128),
                new Sale(5, 1, 256));
        assertThat(lines())
                .containsExactly("1 [0, 10) 1 (1) ON_TIME 0", "1 [0, 10) 5 (2) LATE 1", "1 [0, 10) 21 (3) LATE 2");
        assertThat(steps.observedLate())
                .extracting(late -> late.what().timestamp())
                .containsExactly(4L, 5L);
        complete();
    }

    @Test
    void aKeyThatIsFirstSeenLate_startsWithLateZero() {
        run(
                windows(Engines.TEN).allowedLateness(FIVE).aggregate(sum()),
                Sale.at(12),
                new Sale(3, 7, 5),
                new Sale(4, 7, 6));
        assertThat(lines()).containsExactly("7 [0, 10) 5 (1) LATE 0", "7 [0, 10) 11 (2) LATE 1");
        complete();
    }

    @Test
    void oneJumpOverEndAndExpiry_givesOnePane_onTimeAndLast() {
        run(windows(Engines.TEN).allowedLateness(FIVE).aggregate(sum()), Sale.at(3), Sale.at(15));
        assertThat(lines()).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
        complete();
    }

    @Test
    void discarding_aLatePaneHoldsWhatIsNew() {
        run(
                windows(Engines.TEN).allowedLateness(FIVE).discarding().aggregate(sum()),
                new Sale(3, 1, 1),
                new Sale(12, 1, 2),
                new Sale(4, 1, 4),
                new Sale(5, 1, 8));
        assertThat(lines())
                .containsExactly("1 [0, 10) 1 (1) ON_TIME 0", "1 [0, 10) 4 (1) LATE 1", "1 [0, 10) 8 (1) LATE 2");
        complete();
    }

    @Test
    void partlyLate_countsInTheOpenWindows_andIsAuditedOnce() {
        // 12 is in [0, 20) and [10, 30); at W = 25 only the first is closed
        run(
                windows(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                        .aggregate(sum()),
                new Sale(25, 1, 1),
                new Sale(12, 1, 2),
                new Sale(9, 1, 4));
        assertThat(steps.observedPartlyLate()).singleElement().satisfies(partly -> {
            assertThat(partly.what().timestamp()).isEqualTo(12);
            assertThat(partly.what().missed()).isEqualTo(new TimeWindow(0, 20));
            assertThat(partly.what().watermark()).isEqualTo(25);
            assertThat(partly.what().reason()).isEqualTo(LateEvent.Reason.LATE);
        });
        assertThat(steps.observedLate())
                .extracting(late -> late.what().timestamp())
                .containsExactly(9L);
        StreamMetrics books = steps.metrics().stream("windows");
        assertThat(books.windowsMissed()).isOne();
        assertThat(books.aggregated()).isEqualTo(2);
        complete();
        assertThat(lines()).containsExactly("1 [10, 30) 3 (2) ON_TIME 0 last", "1 [20, 40) 1 (1) ON_TIME 0 last");
    }

    @Test
    void aLateEventOfASlidingWindow_correctsEveryClosedWindowOverIt() {
        run(
                windows(Windows.sliding(Duration.ofMillis(20), Duration.ofMillis(10)))
                        .allowedLateness(Duration.ofMillis(100))
                        .aggregate(sum()),
                new Sale(12, 1, 1),
                new Sale(35, 1, 2),
                new Sale(13, 1, 4));
        assertThat(lines())
                .containsExactly(
                        "1 [0, 20) 1 (1) ON_TIME 0",
                        "1 [10, 30) 1 (1) ON_TIME 0",
                        "1 [0, 20) 5 (2) LATE 1",
                        "1 [10, 30) 5 (2) LATE 1");
        complete();
    }

    @Test
    void anEventBetweenWindows_isUnassigned_andToldOnlyWhenFarBehind() {
        // windows [0, 10), [20, 30) ...; told if timestamp + 5 < W
        run(
                windows(Windows.sliding(Duration.ofMillis(10), Duration.ofMillis(20)))
                        .allowedLateness(FIVE)
                        .aggregate(sum()),
                Sale.at(15),
                Sale.at(20),
                Sale.at(15),
                Sale.at(21),
                Sale.at(15),
                Sale.at(16));
        assertThat(steps.metrics().stream("windows").unassigned()).isEqualTo(4);
        assertThat(steps.metrics().stream("windows").late()).isZero();
        assertThat(steps.observedLate()).singleElement().satisfies(late -> {
            assertThat(late.step()).isEqualTo(4);
            assertThat(late.what().reason()).isEqualTo(LateEvent.Reason.UNASSIGNED);
            assertThat(late.what().missed()).isNull();
            assertThat(late.what().watermark()).isEqualTo(21);
        });
        complete();
    }

    @Test
    void aLiveSession_keepsALateEvent() {
        run(
                windows(Windows.session(Duration.ofMillis(10))).aggregate(sum()),
                new Sale(20, 1, 1),
                new Sale(28, 1, 2),
                new Sale(12, 1, 4),
                new Sale(1, 1, 8));
        assertThat(steps.observedLate())
                .singleElement()
                .satisfies(late -> assertThat(late.what().missed()).isEqualTo(new TimeWindow(1, 11)));
        complete();
        assertThat(lines()).containsExactly("1 [12, 38) 7 (3) ON_TIME 0 last");
    }

    @Test
    void dropLate_countsThem() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled(), new ArrayList<>());
        engine.start();
        Engines.publish(engine, Sale.at(25), Sale.at(3), Sale.at(4));
        assertThat(Engines.complete(engine).metrics().stream("sums").late()).isEqualTo(2);
    }
}
