package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's watermark out of those of its sources. */
class EngineWatermarkTest {
    private static final long NONE = Long.MIN_VALUE;

    private static WatermarkStrategy<Sale> delayed(long millis) {
        return WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(millis));
    }

    @Test
    void watermark_isTheNewestTimestampLessTheDelay_andNeverGoesBack() {
        Stepped stepped = new Stepped(delayed(5)).start();
        stepped.publish(Sale.at(7));
        assertThat(stepped.watermark()).isEqualTo(2);
        stepped.publish(Sale.at(3));
        assertThat(stepped.watermark()).isEqualTo(2);
        stepped.publish(Sale.at(14));
        assertThat(stepped.watermark()).isEqualTo(9);
        assertThat(stepped.lines()).isEmpty();
        stepped.publish(Sale.at(15));
        assertThat(stepped.lines()).containsExactly("1 [0, 10) 2 (2) ON_TIME 0 last");
        stepped.complete();
    }

    @Test
    void watermark_belowZero() {
        Stepped stepped = new Stepped(delayed(5)).start();
        stepped.publish(Sale.at(-20), Sale.at(-11), Sale.at(-6));
        assertThat(stepped.watermark()).isEqualTo(-11);
        assertThat(stepped.lines()).isEmpty();
        stepped.publish(Sale.at(-5));
        assertThat(stepped.lines()).containsExactly("1 [-20, -10) 2 (2) ON_TIME 0 last");
        stepped.complete();
    }

    @Test
    void anEventIsAdded_beforeTheWatermarkThatItCauses() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending()).start();
        stepped.publish(Sale.at(3), new Sale(10, 1, 100), Sale.at(20));
        assertThat(stepped.lines())
                .containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last", "1 [10, 20) 100 (1) ON_TIME 0 last");
        stepped.complete();
    }

    @Test
    void ofSeveralSources_theLowestHolds() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> slow = stepped.source("slow");
        Source<Sale> fast = stepped.source("fast");
        stepped.start();
        stepped.publish(fast, Sale.at(50));
        assertThat(stepped.watermark()).isEqualTo(NONE);
        stepped.publish(slow, Sale.at(12));
        assertThat(stepped.watermark()).isEqualTo(12);
        stepped.publish(slow, Sale.at(70));
        assertThat(stepped.watermark()).isEqualTo(50);
        EngineReport report = stepped.complete();
        assertThat(report.metrics().source("slow").watermark()).isEqualTo(70);
        assertThat(report.metrics().source("fast").watermark()).isEqualTo(50);
    }

    @Test
    void aSourceThatJoins_holds_andNeverLowers() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending()).start();
        stepped.publish(Sale.at(35));
        Source<Sale> joins = stepped.source("joins");
        stepped.publish(Sale.at(55));
        assertThat(stepped.watermark()).isEqualTo(35);
        stepped.publish(joins, Sale.at(20));
        assertThat(stepped.watermark()).isEqualTo(35);
        assertThat(stepped.late()).hasSize(1);
        stepped.publish(joins, Sale.at(40));
        assertThat(stepped.watermark()).isEqualTo(40);
        stepped.complete();
    }

    @Test
    void theSharedSource_countsFromItsFirstEvent() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> source = stepped.source("till");
        stepped.start();
        stepped.publish(source, Sale.at(35));
        assertThat(stepped.watermark()).isEqualTo(35);
        stepped.publish(Sale.at(36));
        stepped.publish(source, Sale.at(90));
        assertThat(stepped.watermark()).isEqualTo(36);
        stepped.complete();
    }

    @Test
    void closingASource_releasesTheWatermark_afterItsEvents() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> slow = stepped.source("slow");
        Source<Sale> fast = stepped.source("fast");
        stepped.start();
        stepped.publish(fast, Sale.at(50));
        stepped.steps.step(() -> {
            Engines.publish(slow, Sale.at(12));
            slow.close();
        });
        // its last poll finds it empty; the next lets it go
        stepped.millis(0);
        assertThat(stepped.watermark()).isEqualTo(50);
        assertThat(stepped.lines()).containsExactly("1 [10, 20) 1 (1) ON_TIME 0 last");
        assertThat(stepped.late()).isEmpty();
        stepped.complete();
    }

    @Test
    void eachSource_hasItsOwnStrategy() {
        Stepped stepped = new Stepped(delayed(5));
        Source<Sale> patient = stepped.source("patient", delayed(30));
        Source<Sale> usual = stepped.source("usual");
        stepped.start();
        stepped.publish(patient, Sale.at(50));
        stepped.publish(usual, Sale.at(50));
        assertThat(stepped.engine.metrics().source("patient").watermark()).isEqualTo(20);
        assertThat(stepped.engine.metrics().source("usual").watermark()).isEqualTo(45);
        assertThat(stepped.watermark()).isEqualTo(20);
        stepped.complete();
    }

    @Test
    void punctuated_followsWhatTheEventsSay_afterThem() {
        Stepped stepped = new Stepped(WatermarkStrategy.punctuated(Sale::amount)).start();
        stepped.publish(new Sale(3, 1, NONE), new Sale(25, 1, NONE));
        assertThat(stepped.watermark()).isEqualTo(NONE);
        stepped.publish(new Sale(4, 1, 10));
        assertThat(stepped.watermark()).isEqualTo(10);
        assertThat(stepped.steps.observedResults())
                .hasSize(1)
                .allSatisfy(result -> assertThat(result.what().count()).isEqualTo(2));
        stepped.publish(new Sale(26, 1, 7));
        assertThat(stepped.watermark()).isEqualTo(10);
        stepped.complete();
    }

    @Test
    void punctuated_neverReachesTheEndOfInput() {
        Stepped stepped = new Stepped(WatermarkStrategy.punctuated(sale -> Long.MAX_VALUE)).start();
        stepped.publish(Sale.at(3));
        assertThat(stepped.watermark()).isEqualTo(Long.MAX_VALUE - 1);
        stepped.complete();
    }

    @Test
    void fromEvents_itNeverReachesTheEndOfInput() {
        Stepped stepped = new Stepped(Engines.sales().maxFutureSkew(Duration.ofMillis(Long.MAX_VALUE))).start();
        stepped.publish(Sale.at(Long.MAX_VALUE - 1));
        assertThat(stepped.watermark()).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(stepped.lines()).isEmpty();
        stepped.complete();
    }

    @Test
    void aPunctuatedSourceOfItsOwn_mustBeTheFirst() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        assertThat(stepped.source("first", WatermarkStrategy.punctuated(Sale::amount))
                        .name())
                .isEqualTo("first");
        assertThatIllegalStateException()
                .isThrownBy(() -> stepped.source("second", WatermarkStrategy.punctuated(Sale::shop)))
                .withMessageContaining("strategies before source()");
        stepped.steps.close();
    }

    @Test
    void byHand_itMovesInOrderWithTheEvents() {
        Stepped stepped = new Stepped(WatermarkStrategy.manual()).start();
        stepped.steps.step(() -> {
            Engines.publish(stepped.engine, Sale.at(3));
            assertThat(stepped.engine.advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
            Engines.publish(stepped.engine, Sale.at(4), Sale.at(12));
            assertThat(stepped.engine.advanceTo(20)).isEqualTo(OfferResult.ACCEPTED);
        });
        assertThat(stepped.lines())
                .containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last", "1 [10, 20) 1 (1) ON_TIME 0 last");
        assertThat(stepped.late()).hasSize(1).allMatch(late -> late.timestamp() == 4 && late.watermark() == 10);
        stepped.complete();
    }

    @Test
    void byHandOfASource_itMovesInOrderWithItsEvents() {
        Stepped stepped = new Stepped(WatermarkStrategy.manual());
        Source<Sale> source = stepped.source("till");
        stepped.start();
        stepped.steps.step(() -> {
            assertThat(source.advanceTo(0)).isEqualTo(OfferResult.ACCEPTED);
            Engines.publish(source, Sale.at(3));
            assertThat(source.advanceTo(5)).isEqualTo(OfferResult.ACCEPTED);
            assertThat(source.advanceTo(10)).isEqualTo(OfferResult.ACCEPTED);
            Engines.publish(source, Sale.at(4), Sale.at(12));
        });
        assertThat(stepped.lines()).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
        assertThat(stepped.late()).hasSize(1).allMatch(late -> late.timestamp() == 4 && late.watermark() == 10);
        stepped.complete();
    }

    @Test
    void byHand_worksBesideEveryStrategy() {
        Stepped stepped = new Stepped(delayed(5)).start();
        stepped.publish(Sale.at(8));
        stepped.steps.advanceTo(10);
        assertThat(stepped.lines()).hasSize(1);
        stepped.publish(Sale.at(14));
        assertThat(stepped.watermark()).isEqualTo(10);
        stepped.publish(Sale.at(17));
        assertThat(stepped.watermark()).isEqualTo(12);
        stepped.complete();
    }

    @Test
    void byHandBackwards_isIgnoredAndCounted() {
        Stepped stepped = new Stepped(WatermarkStrategy.manual()).start();
        stepped.steps.advanceTo(10);
        stepped.steps.advanceTo(9);
        stepped.steps.advanceTo(10);
        assertThat(stepped.watermark()).isEqualTo(10);
        // saying the same again takes nothing back
        assertThat(stepped.complete().metrics().regressions()).isOne();
    }

    @Test
    void byHandToTheEndOfTime_closesEverything_andLaterEventsAreLate() {
        Stepped stepped = new Stepped(WatermarkStrategy.manual()).start();
        stepped.publish(Sale.at(3), Sale.at(99));
        stepped.steps.advanceTo(Long.MAX_VALUE);
        assertThat(stepped.lines()).hasSize(2);
        stepped.publish(Sale.at(200));
        assertThat(stepped.late()).hasSize(1);
        stepped.complete();
    }

    @Test
    void everyEvents_movesAtEveryNth() {
        Stepped stepped = new Stepped(delayed(0).everyEvents(3)).start();
        stepped.publish(Sale.at(5), Sale.at(11));
        assertThat(stepped.watermark()).isEqualTo(NONE);
        stepped.publish(Sale.at(2));
        assertThat(stepped.watermark()).isEqualTo(11);
        assertThat(stepped.lines()).containsExactly("1 [0, 10) 2 (2) ON_TIME 0 last");
        stepped.publish(Sale.at(40), Sale.at(12));
        assertThat(stepped.watermark()).isEqualTo(11);
        stepped.publish(Sale.at(13));
        assertThat(stepped.watermark()).isEqualTo(40);
        stepped.complete();
    }

    @Test
    void everyStep_movesWhenTheNewestHasGrownByIt() {
        Stepped stepped = new Stepped(delayed(0).everyStep(Duration.ofMillis(10))).start();
        stepped.publish(Sale.at(5));
        assertThat(stepped.watermark()).isEqualTo(5);
        stepped.publish(Sale.at(14));
        assertThat(stepped.watermark()).isEqualTo(5);
        stepped.publish(Sale.at(15));
        assertThat(stepped.watermark()).isEqualTo(15);
        stepped.complete();
    }

    @Test
    void everyInterval_movesWithTheClockAlone() {
        Stepped stepped = new Stepped(delayed(0).everyInterval(Duration.ofMillis(100))).start();
        stepped.publish(Sale.at(5), Sale.at(25));
        assertThat(stepped.watermark()).isEqualTo(NONE);
        stepped.millis(99);
        assertThat(stepped.watermark()).isEqualTo(NONE);
        stepped.publish(Sale.at(3));
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(25);
        assertThat(stepped.lines()).containsExactly("1 [0, 10) 2 (2) ON_TIME 0 last");
        stepped.complete();
    }

    @Test
    void strategies_refuseWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(-1)))
                .withMessageContaining("PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> delayed(0).everyEvents(0))
                .withMessageContaining("got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> delayed(0).everyStep(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> delayed(0).everyInterval(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> delayed(0).withIdleTimeout(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSourceThatWasClosedBeforeTheStart_neverCounts(boolean polled) {
        List<LateEvent<Long, Sale>> late = Collections.synchronizedList(new ArrayList<>());
        EngineBuilder<Sale> builder = polled ? Engines.sales().polled() : Engines.sales();
        EventTimeEngine<Sale> engine = builder.build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .onLate(late::add)
                .onResult(result -> {});
        Source<Sale> feed = engine.source("feed");
        engine.source("closed").close();
        Engines.publish(feed, Sale.at(5), Sale.at(50), Sale.at(7));
        engine.start();
        Engines.complete(engine);
        assertThat(late).extracting(LateEvent::timestamp).containsExactly(7L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSourceThatSaidHowFarItIs_andWasClosedBeforeTheStart_counts(int shards) {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().polled().shards(shards), new ArrayList<>());
        Source<Sale> source = engine.source("closed");
        assertThat(source.advanceTo(100)).isEqualTo(OfferResult.ACCEPTED);
        source.close();
        engine.start();
        Engines.drain(engine);
        assertThat(engine.watermark()).isEqualTo(100);
        Engines.complete(engine);
    }
}
