package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Silence: idle timeouts, HOLD and FOLLOW, on a clock that moves only when told. */
class EngineIdleTest {
    private static final WatermarkStrategy<Sale> IDLE_AFTER_100 =
            WatermarkStrategy.<Sale>ascending().withIdleTimeout(Duration.ofMillis(100));

    @Test
    void aSilentSource_isPassedOver_exactlyAtItsTimeout() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> silent = stepped.source("silent", IDLE_AFTER_100);
        Source<Sale> busy = stepped.source("busy");
        stepped.start();
        stepped.publish(silent, Sale.at(5));
        stepped.publish(busy, Sale.at(50));
        stepped.millis(99);
        assertThat(stepped.watermark()).isEqualTo(5);
        assertThat(stepped.engine.metrics().source("silent").idle()).isFalse();
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(50);
        assertThat(stepped.engine.metrics().source("silent").idle()).isTrue();
        assertThat(stepped.lines()).hasSize(1);
        stepped.complete();
    }

    @Test
    void aSourceThatNeverSent_isMeasuredFromTheStart() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        assertThat(stepped.source("silent", IDLE_AFTER_100)).isNotNull();
        Source<Sale> busy = stepped.source("busy");
        stepped.steps.clock().advance(Duration.ofHours(1));
        stepped.start();
        stepped.publish(busy, Sale.at(50));
        stepped.millis(99);
        assertThat(stepped.watermark()).isEqualTo(Long.MIN_VALUE);
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(50);
        stepped.complete();
    }

    @Test
    void withoutATimeout_aSourceHoldsForEver() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        assertThat(stepped.source("silent")).isNotNull();
        Source<Sale> busy = stepped.source("busy");
        stepped.start();
        stepped.publish(busy, Sale.at(50));
        stepped.steps.advanceClock(Duration.ofDays(365));
        assertThat(stepped.watermark()).isEqualTo(Long.MIN_VALUE);
        stepped.complete();
    }

    @Test
    void eventsThatWaitInItsRing_keepASourceAwake() {
        Stepped stepped = new Stepped(Engines.sales().batchSize(2));
        Source<Sale> source = stepped.source("till", IDLE_AFTER_100);
        Source<Sale> busy = stepped.source("busy");
        stepped.start();
        stepped.publish(busy, Sale.at(500));
        Engines.publish(source, Sale.at(1), Sale.at(2), Sale.at(3), Sale.at(4), Sale.at(5));
        // nobody polled for a day: that is the engine's silence, not the source's
        stepped.steps.clock().advance(Duration.ofDays(1));
        assertThat(stepped.engine.poll()).isEqualTo(2);
        assertThat(stepped.watermark()).isEqualTo(2);
        stepped.steps.clock().advance(Duration.ofDays(1));
        assertThat(stepped.engine.poll()).isEqualTo(2);
        assertThat(stepped.watermark()).isEqualTo(4);
        stepped.millis(99);
        assertThat(stepped.watermark()).isEqualTo(5);
        stepped.millis(100);
        assertThat(stepped.watermark()).isEqualTo(500);
        assertThat(stepped.late()).isEmpty();
        stepped.complete();
    }

    /** The work on its first events takes longer than its timeout, and another source is looked at later. */
    @Test
    void theEnginesOwnWork_isNoSilence() {
        VirtualClock clock = new VirtualClock(Instant.ofEpochMilli(Stepped.NOW));
        EventTimeEngine<Sale> engine = Engines.sales()
                .batchSize(2)
                .polled()
                .ticker(clock)
                .epochClock(clock)
                .build();
        AtomicInteger results = new AtomicInteger();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> {
                    results.incrementAndGet();
                    clock.advance(Duration.ofMillis(100));
                });
        Source<Sale> till = engine.source("till", IDLE_AFTER_100);
        Source<Sale> busy = engine.source("busy", WatermarkStrategy.ascending());
        engine.start();
        Engines.publish(busy, Sale.at(500));
        assertThat(engine.poll()).isEqualTo(1);
        Engines.publish(till, Sale.at(5), Sale.at(15), Sale.at(16), Sale.at(17), Sale.at(18));
        Engines.publish(busy, Sale.at(600));
        assertThat(engine.poll()).isEqualTo(3);
        assertThat(results).hasValue(1);
        assertThat(engine.metrics().watermark()).isEqualTo(15);
        assertThat(engine.poll()).isEqualTo(2);
        assertThat(engine.metrics().watermark()).isEqualTo(17);
        engine.close();
    }

    @Test
    void aSourceThatWakes_holds_andNeverLowers() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> sleeper = stepped.source("sleeper", IDLE_AFTER_100);
        Source<Sale> busy = stepped.source("busy");
        stepped.start();
        stepped.publish(sleeper, Sale.at(5));
        stepped.publish(busy, Sale.at(50));
        stepped.millis(100);
        stepped.publish(sleeper, Sale.at(7));
        assertThat(stepped.watermark()).isEqualTo(50);
        // without the pause [0, 10) would still be open for it
        assertThat(stepped.late()).hasSize(1);
        assertThat(stepped.late().get(0).reason()).isEqualTo(LateEvent.Reason.IDLE_CLOSED);
        stepped.publish(busy, Sale.at(80));
        assertThat(stepped.watermark()).isEqualTo(50);
        stepped.publish(sleeper, Sale.at(60));
        assertThat(stepped.watermark()).isEqualTo(60);
        stepped.complete();
    }

    @Test
    void aSourceWhoseEventsWait_isAwakeBeforeAnyOtherIsRead() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> busy = stepped.source("busy");
        Source<Sale> sleeper = stepped.source("sleeper", IDLE_AFTER_100);
        stepped.start();
        stepped.publish(sleeper, Sale.at(5));
        stepped.publish(busy, Sale.at(8));
        stepped.millis(100);
        assertThat(stepped.watermark()).isEqualTo(8);
        stepped.steps.step(() -> {
            Engines.publish(sleeper, Sale.at(7));
            Engines.publish(busy, Sale.at(50));
        });
        assertThat(stepped.watermark()).isEqualTo(8);
        assertThat(stepped.late()).isEmpty();
        stepped.complete();
    }

    @Test
    void advanceTo_wakesASource() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> sleeper = stepped.source("sleeper", IDLE_AFTER_100);
        stepped.start();
        stepped.publish(sleeper, Sale.at(5));
        stepped.millis(100);
        assertThat(stepped.engine.metrics().source("sleeper").idle()).isTrue();
        stepped.steps.step(() -> assertThat(sleeper.advanceTo(6)).isNotNull());
        assertThat(stepped.engine.metrics().source("sleeper").idle()).isFalse();
        assertThat(stepped.watermark()).isEqualTo(6);
        stepped.complete();
    }

    @Test
    void allIdle_HOLD_staysWhereItIs() {
        Stepped stepped = new Stepped(IDLE_AFTER_100).start();
        stepped.publish(Sale.at(5));
        stepped.steps.advanceClock(Duration.ofDays(1));
        stepped.steps.advanceClock(Duration.ofDays(1));
        assertThat(stepped.watermark()).isEqualTo(5);
        assertThat(stepped.lines()).isEmpty();
        stepped.complete();
    }

    private static Stepped following(long delay) {
        return new Stepped(Engines.sales()
                .watermark(WatermarkStrategy.<Sale>boundedOutOfOrderness(Duration.ofMillis(delay))
                        .withIdleTimeout(Duration.ofMillis(100)))
                .idlePolicy(IdlePolicy.FOLLOW));
    }

    @Test
    void allIdle_FOLLOW_goesOnAtThePaceOfTheClock() {
        Stepped stepped = following(0).start();
        stepped.publish(Sale.at(5));
        stepped.millis(99);
        assertThat(stepped.watermark()).isEqualTo(5);
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(5);
        stepped.millis(4);
        assertThat(stepped.watermark()).isEqualTo(9);
        assertThat(stepped.lines()).isEmpty();
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(10);
        assertThat(stepped.lines()).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
        stepped.complete();
    }

    @Test
    void FOLLOW_stopsAtTheClockLessTheDelay() {
        Stepped stepped = following(20).start();
        stepped.publish(Sale.at(Stepped.NOW + 10));
        stepped.millis(100);
        assertThat(stepped.watermark()).isEqualTo(Stepped.NOW - 10);
        setWallClock(stepped, Stepped.NOW + 15);
        stepped.millis(3);
        assertThat(stepped.watermark()).isEqualTo(Stepped.NOW - 7);
        setWallClock(stepped, Stepped.NOW);
        stepped.millis(16);
        assertThat(stepped.watermark()).isEqualTo(Stepped.NOW + 16 - 20);
        setWallClock(stepped, Stepped.NOW - 1_000);
        stepped.millis(1);
        assertThat(stepped.watermark()).isEqualTo(Stepped.NOW + 16 - 20);
        stepped.complete();
    }

    private static void setWallClock(Stepped stepped, long millis) {
        stepped.steps.clock().setWallClock(Instant.ofEpochMilli(millis));
    }

    @Test
    void FOLLOW_endsWithTheNextEvent_andTooLateOnesSayWhy() {
        Stepped stepped = following(0).start();
        stepped.publish(Sale.at(5));
        stepped.millis(100);
        stepped.millis(20);
        assertThat(stepped.watermark()).isEqualTo(25);
        stepped.publish(Sale.at(8));
        assertThat(stepped.watermark()).isEqualTo(25);
        assertThat(stepped.late()).hasSize(1);
        assertThat(stepped.late().get(0).reason()).isEqualTo(LateEvent.Reason.IDLE_CLOSED);
        stepped.millis(50);
        assertThat(stepped.watermark()).isEqualTo(25);
        stepped.publish(Sale.at(40));
        assertThat(stepped.watermark()).isEqualTo(40);
        stepped.publish(Sale.at(12));
        assertThat(stepped.late()).hasSize(2);
        // an ordinary late event: the events themselves have come past its window
        assertThat(stepped.late().get(1).reason()).isEqualTo(LateEvent.Reason.LATE);
        stepped.complete();
    }

    @Test
    void FOLLOW_beginsOnlyWhenThereIsAWatermark() {
        Stepped stepped = following(0);
        assertThat(stepped.source("silent", IDLE_AFTER_100)).isNotNull();
        stepped.start();
        stepped.steps.advanceClock(Duration.ofDays(1));
        assertThat(stepped.watermark()).isEqualTo(Long.MIN_VALUE);
        stepped.complete();
    }

    @Test
    void aJumpOfTheWallClock_doesNotMakeASourceIdle() {
        Stepped stepped = new Stepped(IDLE_AFTER_100).start();
        stepped.publish(Sale.at(5));
        setWallClock(stepped, Stepped.NOW + 86_400_000);
        stepped.millis(99);
        assertThat(stepped.engine.metrics().source("publish").idle()).isFalse();
        stepped.millis(1);
        assertThat(stepped.engine.metrics().source("publish").idle()).isTrue();
        stepped.complete();
    }

    @Test
    void aWaitStrategyThatWaitsLong_doesNotKeepASilentSourceAwakeForEver() {
        CountDownLatch closed = new CountDownLatch(1);
        EventTimeEngine<Sale> engine = Engines.sales()
                // longer than any pause that the engine would call its own doing
                .waitStrategy(emptyPolls ->
                        LockSupport.parkNanos(Duration.ofMillis(120).toNanos()))
                .build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> closed.countDown());
        Source<Sale> silent = engine.source("silent", IDLE_AFTER_100);
        Source<Sale> busy = engine.source("busy");
        engine.start();
        Engines.publish(silent, Sale.at(1));
        Engines.publish(busy, Sale.at(50));
        Gate.await(closed);
        Engines.complete(engine);
    }
}
