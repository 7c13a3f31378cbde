package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the front door promises where there are several shards: threads, ends, failures, and what it refuses. */
class EngineShardsTest {
    private static final int SHOPS = 64;

    private static Sale[] oneForEachShop(long at) {
        return LongStream.range(0, SHOPS)
                .mapToObj(shop -> new Sale(at, shop, 1))
                .toArray(Sale[]::new);
    }

    @Test
    void aListenerPerShard_getsTheResultsOfItsKeysFromOneThread() {
        EventTimeEngine<Sale> engine = Engines.sales().shards(3).build();
        List<Set<Long>> keys =
                List.of(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet());
        Map<Integer, Set<Thread>> threads = new ConcurrentHashMap<>();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResultPerShard(shard -> result -> {
                    keys.get(shard).add(result.longKey());
                    threads.computeIfAbsent(shard, first -> ConcurrentHashMap.newKeySet())
                            .add(Thread.currentThread());
                });
        Source<Sale> source = engine.source("only");
        engine.start();
        for (long at = 0; at < 100; at += 5) {
            Engines.publish(source, oneForEachShop(at));
        }
        Engines.complete(engine);
        assertThat(keys).allSatisfy(ofShard -> assertThat(ofShard).isNotEmpty());
        assertThat(keys.stream().mapToInt(Set::size).sum()).isEqualTo(SHOPS);
        assertThat(threads)
                .hasSize(3)
                .allSatisfy((shard, ofShard) -> assertThat(ofShard)
                        .singleElement()
                        .satisfies(thread -> assertThat(thread.getName()).isEqualTo("tidemark-sales-" + shard)));
    }

    @Test
    void publishFromSeveralThreads_losesNothing() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().shards(2).capacity(16), lines);
        engine.start();
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread producer = new Thread(() -> {
                for (int round = 0; round < 50; round++) {
                    Engines.publish(engine, oneForEachShop(3));
                }
            });
            producers.add(producer);
            producer.start();
        }
        producers.forEach(Gate::join);
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().source("publish").handedOn()).isEqualTo(3 * 50 * SHOPS);
        assertThat(lines).hasSize(SHOPS).allSatisfy(line -> assertThat(line).contains(" [0, 10) 150 (150) "));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closeWhileAProducerWaitsForAFullRing_releasesIt(boolean ownSource) {
        Gate gate = new Gate();
        EventTimeEngine<Sale> engine = Engines.sales().shards(2).capacity(4).build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> gate.pass());
        Source<Sale> source = ownSource ? engine.source("only") : null;
        engine.start();
        AtomicInteger accepted = new AtomicInteger();
        AtomicReference<OfferResult> last = new AtomicReference<>();
        Thread producer = new Thread(() -> {
            for (long at = 0; last.get() == null; at++) {
                Sale sale = new Sale(at, at % SHOPS, 1);
                OfferResult result = source == null ? engine.publish(sale) : source.publish(sale);
                if (result == OfferResult.ACCEPTED) {
                    accepted.incrementAndGet();
                } else {
                    last.set(result);
                }
            }
        });
        producer.start();
        gate.awaitEntered();
        Thread closer = new Thread(engine::close);
        closer.start();
        Gate.join(producer);
        assertThat(last.get()).isEqualTo(OfferResult.CLOSED);
        gate.open();
        Gate.join(closer);
        EngineReport report = Engines.stop(engine);
        assertThat(report.state()).isEqualTo(EngineState.CLOSED);
        SourceMetrics metrics = report.metrics().source(ownSource ? "only" : "publish");
        assertThat(metrics.accepted()).isEqualTo(accepted.get());
        assertThat(report.discardedEvents()).isEqualTo(metrics.accepted() - metrics.handedOn());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListenerThatThrowsOnOneShard_stopsThemAll(boolean polled) {
        EngineBuilder<Sale> builder = Engines.sales().shards(4).errorPolicy(ErrorPolicy.stop());
        EventTimeEngine<Sale> engine = (polled ? builder.polled() : builder).build();
        IllegalStateException thrown = new IllegalStateException("no more");
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    if (result.longKey() == 7) {
                        throw thrown;
                    }
                });
        Source<Sale> source = engine.source("only");
        engine.start();
        Engines.publish(source, oneForEachShop(0));
        OfferResult answer = OfferResult.ACCEPTED;
        for (long at = 20; answer == OfferResult.ACCEPTED; at++) {
            if (polled) {
                engine.poll();
            }
            answer = source.publish(new Sale(at, 1, 1));
        }
        assertThat(answer).isEqualTo(OfferResult.CLOSED);
        EngineReport report = engine.complete();
        assertThat(report.state()).isEqualTo(EngineState.FAILED);
        assertThat(report.cause()).isSameAs(thrown);
        assertThat(engine.publish(Sale.at(1))).isEqualTo(OfferResult.CLOSED);
        Engines.stop(engine);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorOnOneShard_endsTheEngineWithItsCause(boolean polled) {
        EngineBuilder<Sale> builder = Engines.sales().shards(2);
        EventTimeEngine<Sale> engine = (polled ? builder.polled() : builder).build();
        AssertionError thrown = new AssertionError("a defect");
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    throw thrown;
                });
        engine.start();
        Engines.publish(engine, oneForEachShop(0));
        if (polled) {
            assertThatThrownBy(engine::complete).isSameAs(thrown);
        } else {
            engine.complete();
        }
        EngineReport report = Engines.stop(engine);
        assertThat(report.state()).isEqualTo(EngineState.FAILED);
        assertThat(report.cause()).isSameAs(thrown);
    }

    @Test
    void completeFromACallback_completesAllShards() {
        AtomicInteger results = new AtomicInteger();
        EventTimeEngine<Sale> engine = Engines.sales().shards(3).build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    results.incrementAndGet();
                    engine.complete();
                });
        Source<Sale> source = engine.source("only");
        engine.start();
        Engines.publish(source, oneForEachShop(0));
        assertThat(source.publish(new Sale(10, 1, 1))).isEqualTo(OfferResult.ACCEPTED);
        Engines.complete(engine);
        assertThat(results).hasValue(SHOPS + 1);
    }

    @Test
    void rejectedEvents_areToldByTheFirstShardAndLiftNoWatermark() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        List<RejectedEvent<Sale>> rejected = Collections.synchronizedList(new ArrayList<>());
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        EventTimeEngine<Sale> engine = Engines.sums(
                Engines.sales().shards(4).onRejected(event -> {
                    rejected.add(event);
                    threads.add(Thread.currentThread().getName());
                }),
                lines);
        Source<Sale> source = engine.source("only");
        engine.start();
        Engines.publish(source, oneForEachShop(5));
        Engines.publish(source, new Sale(Long.MIN_VALUE, 1, 1), new Sale(Long.MAX_VALUE - 1, 2, 1));
        Engines.publish(source, oneForEachShop(5));
        EngineReport report = Engines.complete(engine);
        assertThat(lines).hasSize(SHOPS).allSatisfy(line -> assertThat(line).contains(" 2 (2) ON_TIME 0"));
        assertThat(rejected)
                .extracting(RejectedEvent::reason)
                .containsExactly(RejectedEvent.Reason.INVALID, RejectedEvent.Reason.FUTURE);
        assertThat(threads).containsExactly("tidemark-sales-0");
        assertThat(report.metrics().source("only").rejected()).isEqualTo(2);
    }

    @Test
    void aKeyWhoseHashThrows_countsAsFailedOnce() {
        EventTimeEngine<Sale> engine = Engines.sales().shards(4).polled().build();
        engine.keyBy(sale -> sale.shop() == 3 ? new Unhashable() : (Object) sale.shop())
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        Source<Sale> source = engine.source("only");
        engine.start();
        Engines.publish(source, oneForEachShop(5));
        EngineReport report = Engines.complete(engine);
        assertThat(report.metrics().streams().get(0).failed()).isEqualTo(1);
        assertThat(report.metrics().failures()).isEqualTo(1);
    }

    private static final class Unhashable {
        @Override
        public int hashCode() {
            throw new IllegalStateException("no hash");
        }

        @Override
        public boolean equals(Object other) {
            return other == this;
        }
    }

    /** A shop whose windows live on a given shard of two. */
    private static long shopOf(int shard) {
        AtomicLong found = new AtomicLong(-1);
        EventTimeEngine<Sale> engine = Engines.sales().shards(2).polled().build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResultPerShard(of -> result -> found.set(of == shard ? result.longKey() : found.get()));
        engine.start();
        Engines.publish(engine, oneForEachShop(5));
        Engines.complete(engine);
        return found.get();
    }

    @Test
    void aSourceWhoseEventsWaitAtOneShard_isIdleAtNone() {
        VirtualClock clock = new VirtualClock();
        List<String> lines = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sums(
                Engines.sales()
                        .shards(2)
                        .polled()
                        .ticker(clock)
                        .epochClock(clock)
                        .batchSize(2),
                lines);
        Source<Sale> slow =
                engine.source("slow", WatermarkStrategy.<Sale>ascending().withIdleTimeout(Duration.ofMillis(100)));
        Source<Sale> fast = engine.source("fast");
        engine.start();
        long here = shopOf(0);
        long there = shopOf(1);
        Engines.publish(fast, new Sale(5, there, 1), new Sale(500, there, 1));
        Engines.publish(slow, new Sale(1, here, 1), new Sale(2, here, 1), new Sale(3, here, 1), new Sale(4, here, 1));
        Engines.publish(slow, new Sale(6, here, 1));
        engine.poll();
        clock.advance(Duration.ofDays(1));
        engine.poll(); // the other shard has seen all of slow's that it will, and one still waits here
        assertThat(lines).isEmpty();
        Engines.drain(engine);
        clock.advance(Duration.ofMillis(100));
        Engines.drain(engine);
        assertThat(lines).hasSize(2);
        Engines.complete(engine);
    }

    /** On the shard that none of its events came to as well: else the watermark would be another there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aSourceThatIsClosedBeforeTheStart_countsOnAllShardsOrOnNone(int shards) {
        List<String> lines = new ArrayList<>();
        EventTimeEngine<Sale> engine =
                Engines.sums(Engines.sales().shards(shards).polled(), lines);
        Source<Sale> feed = engine.source("feed");
        Source<Sale> byHand = engine.source("by hand", WatermarkStrategy.manual());
        long here = shopOf(0);
        long there = shopOf(1);
        Engines.publish(byHand, new Sale(5, here, 1));
        byHand.close();
        Engines.publish(feed, new Sale(5, there, 1), new Sale(50, there, 1), new Sale(7, there, 1));
        engine.start();
        Engines.drain(engine);
        Engines.complete(engine);
        assertThat(lines).contains(there + " [0, 10) 2 (2) ON_TIME 0 last");
    }

    @Test
    void aTickerThatThrowsInPublish_leavesTheSourceAbleToEnd() {
        AtomicBoolean broken = new AtomicBoolean();
        IllegalStateException thrown = new IllegalStateException("no time");
        VirtualClock clock = new VirtualClock();
        EventTimeEngine<Sale> engine = Engines.sums(
                Engines.sales().shards(2).polled().epochClock(clock).ticker(() -> {
                    if (broken.get()) {
                        throw thrown;
                    }
                    return clock.nanoTime();
                }),
                new ArrayList<>());
        Source<Sale> source = engine.source("only");
        engine.start();
        broken.set(true);
        assertThatThrownBy(() -> Engines.publish(source, Sale.at(5))).isSameAs(thrown);
        broken.set(false);
        EngineReport report = engine.complete(Duration.ofSeconds(10));
        assertThat(report.state()).isEqualTo(EngineState.COMPLETED);
        EngineLaws.checkBooks(report.metrics());
    }

    @Test
    void metricsFromACallback_asksNoOtherShard() {
        List<EngineMetrics> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch first = new CountDownLatch(1);
        EventTimeEngine<Sale> engine = Engines.sales().shards(2).build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("counts")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {
                    seen.add(engine.metrics());
                    first.countDown();
                });
        Source<Sale> source = engine.source("only");
        engine.start();
        long shop = shopOf(1);
        Engines.publish(source, new Sale(5, shop, 1), new Sale(50, shop, 1));
        Gate.await(first); // a shard that has ended may be read by anybody
        Engines.complete(engine);
        assertThat(seen.get(0).stream("counts").liveWindows()).isEqualTo(-1);
        assertThat(seen.get(0).source("only").accepted()).isPositive();
    }

    @Test
    void explain_saysWhatEachShardWaitsFor() {
        EventTimeEngine<Sale> engine = Engines.sums(Engines.sales().shards(2).polled(), new ArrayList<>());
        engine.start();
        Engines.publish(engine, oneForEachShop(5));
        Engines.drain(engine);
        assertThat(engine.explain())
                .startsWith("Engine sales is RUNNING.\n")
                .contains("Shard 0 of 2: Watermark 5 ", "Shard 1 of 2: Watermark 5 ");
        assertThat(engine.watermark()).isEqualTo(5);
        assertThat(engine.metrics().stream("sums").liveWindows()).isEqualTo(2); // one on each shard
        engine.close();
        assertThat(engine.report().discardedWindows()).isEqualTo(2);
    }

    @Test
    void resultsOfKeyedWindows_enterNoSecondStage() {
        EventTimeEngine<Sale> engine = Engines.sales().shards(2).build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("best")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        assertThatThrownBy(engine::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("best", "sums", "2 shards", "shards(1)", "second engine");
    }

    @Test
    void resultsOfWindowsWithoutAKey_enterASecondStage() {
        List<String> lines = new ArrayList<>();
        EventTimeEngine<Sale> engine = Engines.sales().shards(2).polled().build();
        engine.window(Engines.TEN)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .results()
                .keyByLong(sum -> sum.longValue())
                .window(Engines.TEN)
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> lines.add(Engines.line(result)));
        engine.start();
        Engines.publish(engine, oneForEachShop(5));
        Engines.complete(engine);
        assertThat(lines).containsExactly(SHOPS + " [0, 10) 1 (1) ON_TIME 0 last");
    }

    @Test
    void aWatermarkMovedByAClock_isRefused() {
        EngineBuilder<Sale> builder = Engines.sales()
                .watermark(WatermarkStrategy.<Sale>ascending().everyInterval(Duration.ofSeconds(1)))
                .shards(2);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("every PT1S", "2 shards", "everyStep");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 257, Integer.MAX_VALUE})
    void aNumberOfShardsOutOfRange_isRefused(int shards) {
        assertThatThrownBy(() -> Engines.sales().shards(shards))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(", got " + shards);
    }
}
