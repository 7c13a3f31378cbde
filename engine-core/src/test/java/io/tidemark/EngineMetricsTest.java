package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.metrics.LatencySummary;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Latencies and throughput on a clock that moves only when told, so every figure is exact. */
class EngineMetricsTest {
    private static final long NOW = 1_000_000;
    private static final long MILLI = 1_000_000;

    private final VirtualClock clock = new VirtualClock(Instant.ofEpochMilli(NOW));
    private final List<String> lines = new ArrayList<>();

    private EngineBuilder<Sale> builder() {
        return Engines.sales().polled().ticker(clock).epochClock(clock).latencySampling(1);
    }

    private void millis(long elapsed) {
        clock.advance(Duration.ofMillis(elapsed));
    }

    @Test
    void latency_isProcessingTimeLessEventTime() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        Engines.publish(engine, Sale.at(NOW - 30), Sale.at(NOW - 10), Sale.at(NOW));
        Engines.drain(engine);
        millis(5);
        Engines.publish(engine, Sale.at(NOW - 5));
        LatencySummary latency =
                Engines.complete(engine).metrics().source("publish").latency();
        assertThat(latency.count()).isEqualTo(4);
        assertThat(latency.sampled()).isEqualTo(4);
        assertThat(latency.min()).isZero();
        assertThat(latency.max()).isEqualTo(30 * MILLI);
        assertThat(latency.negatives()).isZero();
        assertThat(latency.p50()).isBetween(10 * MILLI, 10 * MILLI + 10_000);
    }

    @Test
    void latency_belowZero_isCountedApart() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        Engines.publish(engine, Sale.at(NOW + 7), Sale.at(NOW - 3), Sale.at(NOW + 2));
        LatencySummary latency =
                Engines.complete(engine).metrics().source("publish").latency();
        assertThat(latency.count()).isOne();
        assertThat(latency.max()).isEqualTo(3 * MILLI);
        assertThat(latency.negatives()).isEqualTo(2);
        assertThat(latency.mostNegative()).isEqualTo(-7 * MILLI);
        assertThat(latency.sampled()).isOne();
    }

    @Test
    void latency_inAReplay_isThatOfTheRecordedRun() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().processingTime(Sale::amount), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        Engines.publish(source, new Sale(100, 1, 160), new Sale(130, 1, 150), new Sale(140, 1, 139));
        LatencySummary latency =
                Engines.complete(engine).metrics().source("till").latency();
        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.min()).isEqualTo(20 * MILLI);
        assertThat(latency.max()).isEqualTo(60 * MILLI);
        assertThat(latency.negatives()).isOne();
        assertThat(latency.mostNegative()).isEqualTo(-MILLI);
    }

    @Test
    void latency_countsInTheEnginesUnit() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().timeUnit(TimeUnit.MICROSECONDS), lines);
        engine.start();
        Engines.publish(engine, Sale.at(NOW * 1_000 - 7));
        assertThat(Engines.complete(engine)
                        .metrics()
                        .source("publish")
                        .latency()
                        .max())
                .isEqualTo(7_000);
    }

    @Test
    void latency_sampled_keepsCountAndExtremesExact_whateverTheBatches() {
        List<LatencySummary> summaries = new ArrayList<>();
        for (int batchSize : new int[] {1, 3, 64}) {
            EventTimeEngine<Sale> engine = Engines.sums(
                    builder().latencySampling(4).batchSize(batchSize).capacity(64), new ArrayList<>());
            Source<Sale> source = engine.source("till");
            engine.start();
            for (int i = 0; i < 42; i++) {
                Engines.publish(source, Sale.at(NOW - 100 + i));
            }
            summaries.add(Engines.complete(engine).metrics().source("till").latency());
        }
        assertThat(summaries).allSatisfy(latency -> {
            assertThat(latency.count()).isEqualTo(42);
            assertThat(latency.min()).isEqualTo(59 * MILLI);
            assertThat(latency.max()).isEqualTo(100 * MILLI);
            // the first of every four
            assertThat(latency.sampled()).isEqualTo(11);
            assertThat(latency.p50()).isEqualTo(summaries.get(0).p50());
        });
    }

    @Test
    void publishToProcessed_isMeasuredOnEveryStampedRow() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().stampSampling(1).capacity(8), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (int round = 0; round < 5; round++) {
            Engines.publish(source, Sale.at(1));
            millis(4);
            Engines.publish(source, Sale.at(2));
            millis(3);
            Engines.drain(engine);
        }
        LatencySummary waited =
                Engines.complete(engine).metrics().source("till").publishToProcessed();
        assertThat(waited.count()).isEqualTo(10);
        assertThat(waited.min()).isEqualTo(3 * MILLI);
        assertThat(waited.max()).isEqualTo(7 * MILLI);
    }

    @Test
    void publishToProcessed_ofAnEventThatGoesToSeveralShards_countsOnce() {
        EventTimeEngine<Sale> engine =
                Engines.sums(builder().shards(3).stampSampling(1).maxFutureSkew(Duration.ofMillis(500)), lines);
        engine.keyByLong(Sale::amount)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        Source<Sale> source = engine.source("till");
        engine.start();
        for (long shop = 0; shop < 20; shop++) {
            Engines.publish(source, new Sale(1, shop, 7 * shop + 3));
        }
        Engines.publish(source, Sale.at(NOW + 501));
        EngineMetrics metrics = Engines.complete(engine).metrics();
        assertThat(metrics.source("till").future()).isOne();
        assertThat(metrics.source("till").publishToProcessed().count()).isEqualTo(21);
    }

    @Test
    void publishToProcessed_isMeasuredOnEveryNthRow() {
        EventTimeEngine<Sale> engine = Engines.sums(builder().stampSampling(4).batchSize(3), lines);
        Source<Sale> source = engine.source("till");
        engine.start();
        for (int i = 0; i < 10; i++) {
            Engines.publish(source, Sale.at(1));
            millis(1);
        }
        LatencySummary waited =
                Engines.complete(engine).metrics().source("till").publishToProcessed();
        assertThat(waited.count()).isEqualTo(3);
        assertThat(waited.max()).isEqualTo(10 * MILLI);
        assertThat(waited.min()).isEqualTo(2 * MILLI);
    }

    @Test
    void closeToCallback_andCallback_areMeasuredFromTheBatch() {
        EventTimeEngine<Sale> engine = builder().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> millis(4));
        engine.start();
        Engines.publish(engine, new Sale(1, 1, 1), new Sale(1, 2, 1));
        Engines.drain(engine);
        millis(1_000);
        Engines.publish(engine, Sale.at(12));
        Engines.drain(engine);
        EngineMetrics metrics = engine.metrics();
        // the second call-back waits for the first
        assertThat(metrics.closeToCallback().count()).isEqualTo(2);
        assertThat(metrics.closeToCallback().min()).isZero();
        assertThat(metrics.closeToCallback().max()).isEqualTo(4 * MILLI);
        assertThat(metrics.callback().count()).isEqualTo(2);
        assertThat(metrics.callback().min()).isEqualTo(4 * MILLI);
        assertThat(metrics.callback().max()).isEqualTo(4 * MILLI);
        Engines.complete(engine);
    }

    /** No batch closes these windows, the clock does: the silence before is not their latency. */
    @Test
    void closeToCallback_ofWindowsThatSilenceCloses_isMeasuredFromThePass() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        Source<Sale> silent =
                engine.source("silent", WatermarkStrategy.<Sale>ascending().withIdleTimeout(Duration.ofSeconds(30)));
        Source<Sale> busy = engine.source("busy");
        engine.start();
        Engines.publish(silent, Sale.at(1));
        Engines.publish(busy, Sale.at(50));
        Engines.drain(engine);
        millis(30_000);
        Engines.drain(engine);
        assertThat(lines).hasSize(1);
        assertThat(engine.metrics().closeToCallback().max()).isZero();
        Engines.complete(engine);
    }

    @Test
    void callbacks_ofALargeStep_areMeasuredNowAndThen() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        engine.start();
        for (int shop = 0; shop < 200; shop++) {
            Engines.publish(engine, new Sale(1, shop, 1));
        }
        EngineReport report = Engines.complete(engine);
        assertThat(lines).hasSize(200);
        // the first 16, then 64, 128, 192
        assertThat(report.metrics().callback().count()).isEqualTo(19);
        assertThat(report.metrics().closeToCallback().count()).isEqualTo(19);
    }

    @Test
    void throughput_countsFromTheStartToTheEnd() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        Source<Sale> source = engine.source("till");
        millis(1_000_000);
        assertThat(engine.metrics().throughput().nanos()).isZero();
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(2), Sale.at(Long.MIN_VALUE));
        Engines.publish(source, Sale.at(1));
        Engines.drain(engine);
        millis(500);
        EngineMetrics metrics = Engines.complete(engine).metrics();
        millis(1_000_000);
        assertThat(metrics.throughput().events()).isEqualTo(3);
        assertThat(metrics.throughput().nanos()).isEqualTo(500 * MILLI);
        assertThat(metrics.throughput().perSecond()).isEqualTo(6.0);
        assertThat(metrics.source("publish").throughput().events()).isEqualTo(2);
        assertThat(metrics.source("till").throughput().perSecond()).isEqualTo(2.0);
        assertThat(engine.metrics().throughput().nanos()).isEqualTo(500 * MILLI);
    }

    @Test
    void namesThatAreNot_areRefused() {
        EventTimeEngine<Sale> engine = Engines.sums(builder(), lines);
        EngineMetrics metrics = engine.metrics();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.source("nobody"))
                .withMessageContaining("nobody");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics.stream("nothing"))
                .withMessageContaining("nothing");
        Engines.stop(engine);
    }

    @Test
    void whileACallbackBlocks_theCountersAreReadAsTheyStand() {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = Engines.sales().build();
        engine.window(Engines.TEN)
                .named("slow")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> gate.pass());
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        gate.awaitEntered();
        Engines.publish(engine, Sale.at(13));
        EngineMetrics metrics = engine.metrics();
        assertThat(metrics.stream("slow").liveWindows()).isEqualTo(-1);
        assertThat(metrics.stream("slow").liveEntries()).isEqualTo(-1);
        assertThat(metrics.stream("slow").panes()).isOne();
        assertThat(metrics.source("publish").accepted()).isEqualTo(3);
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        gate.open();
        Engines.complete(engine);
    }

    @Test
    void fromACallback_theyAreReadAtOnce() {
        EventTimeEngine<Sale> engine = builder().build();
        List<EngineMetrics> seen = new ArrayList<>();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> seen.add(engine.metrics()));
        engine.start();
        Engines.publish(engine, Sale.at(1), Sale.at(12));
        Engines.drain(engine);
        assertThat(seen)
                .singleElement()
                .satisfies(metrics ->
                        assertThat(metrics.stream("windows-1").liveEntries()).isNotNegative());
        Engines.complete(engine);
    }
}
