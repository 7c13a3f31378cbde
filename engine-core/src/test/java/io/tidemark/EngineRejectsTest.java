package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The future guard: what it keeps out can neither count nor move the watermark. The clock stands at 1,000,000. */
class EngineRejectsTest {
    private static final long NOW = 1_000_000;
    private static final Duration SKEW = Duration.ofMillis(500);

    private final VirtualClock clock = new VirtualClock(Instant.ofEpochMilli(NOW));
    private final List<RejectedEvent<? extends Sale>> rejected = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private EngineBuilder<Sale> builder() {
        return Engines.sales()
                .polled()
                .ticker(clock)
                .epochClock(clock)
                .maxFutureSkew(SKEW)
                .onRejected(rejected::add);
    }

    @Test
    void theEndsOfLong_areNoTimestamps() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        Engines.publish(engine, Sale.at(Long.MIN_VALUE), Sale.at(Long.MAX_VALUE), Sale.at(5));
        EngineReport report = Engines.complete(engine);
        assertThat(rejected)
                .containsExactly(
                        new RejectedEvent<>("publish", Long.MIN_VALUE, NOW, RejectedEvent.Reason.INVALID, null),
                        new RejectedEvent<>("publish", Long.MAX_VALUE, NOW, RejectedEvent.Reason.INVALID, null));
        assertThat(report.metrics().source("publish").invalid()).isEqualTo(2);
        assertThat(report.metrics().source("publish").rejected()).isEqualTo(2);
        assertThat(lines).containsExactly("1 [0, 10) 1 (1) ON_TIME 0 last");
    }

    @Test
    void theNeighboursOfTheEnds_areTimestamps() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().maxFutureSkew(Duration.ofMillis(Long.MAX_VALUE)), lines);
        engine.start();
        Engines.publish(engine, Sale.at(Long.MIN_VALUE + 1), Sale.at(Long.MAX_VALUE - 1));
        EngineReport report = Engines.complete(engine);
        assertThat(rejected).isEmpty();
        assertThat(report.metrics().stream("sums").aggregated()).isEqualTo(2);
        assertThat(lines)
                .containsExactly(
                        "1 [" + Long.MIN_VALUE + ", " + (Long.MIN_VALUE + 8) + ") 1 (1) ON_TIME 0 last",
                        "1 [" + (Long.MAX_VALUE - 7) + ", " + Long.MAX_VALUE + ") 1 (1) ON_TIME 0 last");
    }

    /** An engine thread carries the wall clock on with the machine's monotonic clock, not with one that somebody moves by hand. */
    @Test
    void aWallClockThatIsPutForward_isSeen_alsoWithATickerThatStandsStill() throws InterruptedException {
        CountDownLatch isRejected = new CountDownLatch(1);
        EventTimeEngine<Sale> engine = Engines.sums(
                Engines.sales()
                        .ticker(clock)
                        .epochClock(clock)
                        .maxFutureSkew(SKEW)
                        .onRejected(event -> isRejected.countDown()),
                lines);
        engine.start();
        long later = NOW + Duration.ofMinutes(10).toMillis();
        Engines.publish(engine, Sale.at(later));
        isRejected.await();
        clock.setWallClock(Instant.ofEpochMilli(later));
        Engines.publish(engine, Sale.at(later));
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().source("publish").future()).isOne();
        assertThat(report.metrics().stream("sums").aggregated()).isOne();
    }

    @Test
    void exactlyAtTheLimit_passes_oneBeyond_isFuture() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, Sale.at(NOW + 500), Sale.at(NOW + 501));
        Engines.drain(engine);
        assertThat(engine.metrics().source("till").watermark()).isEqualTo(NOW + 500);
        assertThat(engine.metrics().source("till").future()).isOne();
        assertThat(rejected)
                .containsExactly(new RejectedEvent<>("till", NOW + 501, NOW, RejectedEvent.Reason.FUTURE, null));

        clock.advance(Duration.ofMillis(1));
        Engines.publish(source, Sale.at(NOW + 501), Sale.at(NOW + 502));
        Engines.complete(engine);
        assertThat(rejected).hasSize(2).last().satisfies(event -> {
            assertThat(event.timestamp()).isEqualTo(NOW + 502);
            assertThat(event.processingTime()).isEqualTo(NOW + 1);
        });
    }

    @Test
    void theFirstEventEver_farInTheFuture_doesNotMoveTheWatermark() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        Engines.publish(engine, Sale.at(NOW + 86_400_000_000L));
        Engines.drain(engine);
        assertThat(engine.metrics().watermark()).isEqualTo(Long.MIN_VALUE);
        Engines.publish(engine, Sale.at(5));
        Engines.drain(engine);
        assertThat(engine.metrics().watermark()).isEqualTo(5);
        assertThat(Engines.complete(engine).metrics().stream("sums").late()).isZero();
        assertThat(lines).hasSize(1);
    }

    /** In a replay the event's arrival is the clock: amounts stand for arrivals here. */
    @Test
    void inAReplay_theEventsOwnProcessingTimeIsTheClock() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().processingTime(Sale::amount), lines);
        engine.start();
        long distant = 1_000 * NOW;
        Engines.publish(
                engine,
                new Sale(distant + 500, 7, distant),
                new Sale(distant + 501, 7, distant),
                new Sale(distant + 501, 7, distant + 1),
                new Sale(Long.MAX_VALUE, 7, Long.MAX_VALUE));
        EngineReport report = Engines.complete(engine);
        assertThat(rejected)
                .containsExactly(
                        new RejectedEvent<>("publish", distant + 501, distant, RejectedEvent.Reason.FUTURE, null),
                        new RejectedEvent<>(
                                "publish", Long.MAX_VALUE, Long.MAX_VALUE, RejectedEvent.Reason.INVALID, null));
        assertThat(report.metrics().stream("sums").aggregated()).isEqualTo(2);
    }

    @Test
    void withKeepEvents_theRejectedEventIsCarried() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().keepEvents(), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        Sale fromSource = Sale.at(Long.MIN_VALUE);
        Sale shared = Sale.at(NOW + 501);
        Engines.publish(source, fromSource);
        Engines.publish(engine, shared);
        Engines.complete(engine);
        assertThat(rejected)
                .hasSize(2)
                .extracting(RejectedEvent::event)
                .satisfiesExactlyInAnyOrder(
                        event -> assertThat(event).isSameAs(fromSource),
                        event -> assertThat(event).isSameAs(shared));
    }

    @Test
    void rejectedAmongGood_keepTheOrderOfTheGood() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        Engines.publish(
                engine,
                new Sale(1, 7, 1),
                new Sale(NOW * 2, 7, 2),
                new Sale(2, 7, 4),
                new Sale(Long.MAX_VALUE, 7, 8),
                new Sale(12, 7, 16),
                new Sale(3, 7, 32));
        EngineReport report = Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (2) ON_TIME 0 last", "7 [10, 20) 16 (1) ON_TIME 0 last");
        assertThat(report.metrics().source("publish").handedOn()).isEqualTo(4);
        assertThat(report.metrics().stream("sums").late()).isOne();
    }

    @Test
    void withoutAHandler_theyAreCounted() {
        EventTimeEngine<Sale> engine =
                Engines.sums(Engines.sales().polled().ticker(clock).epochClock(clock), lines);
        engine.start();
        Engines.publish(engine, Sale.at(NOW + 86_400_000), Sale.at(NOW + 86_400_001), Sale.at(Long.MIN_VALUE));
        EngineReport report = Engines.complete(engine);
        // a day ahead is fine unless said otherwise
        assertThat(report.metrics().source("publish").future()).isOne();
        assertThat(report.metrics().source("publish").invalid()).isOne();
        assertThat(report.metrics().failures()).isZero();
    }
}
