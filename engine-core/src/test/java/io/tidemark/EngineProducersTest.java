package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.WaitStrategy;
import io.tidemark.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several producers at once: what was accepted is in the results, and nothing else. */
class EngineProducersTest {
    private static final int PRODUCERS = 4;
    private static final int EVENTS = 5_000;

    /** How an engine thread may wait; each takes batches in its own way. */
    enum Waiting {
        PATIENT(WaitStrategy.backoff().withPatience(200)),
        BACKOFF(WaitStrategy.backoff()),
        YIELDING(WaitStrategy.yielding());

        private final WaitStrategy strategy;

        Waiting(WaitStrategy strategy) {
            this.strategy = strategy;
        }
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void manyThreadsPublish_everyEventCountsOnce(Waiting waiting) {
        Map<Long, Long> sums = new TreeMap<>();
        EventTimeEngine<Sale> engine = engine(waiting.strategy, sums);
        engine.start();
        Runnable producers = start(producer -> {
            for (int i = 0; i < EVENTS; i++) {
                assertThat(engine.publish(new Sale(i, producer, i))).isEqualTo(OfferResult.ACCEPTED);
            }
        });
        producers.run();

        EngineReport report = Engines.complete(engine);

        long each = (long) EVENTS * (EVENTS - 1) / 2;
        assertThat(sums).isEqualTo(Map.of(0L, each, 1L, each, 2L, each, 3L, each));
        assertThat(report.metrics().source("publish").accepted()).isEqualTo((long) PRODUCERS * EVENTS);
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void aSourcePerThread_everyEventCountsOnce(Waiting waiting) {
        Map<Long, Long> sums = new TreeMap<>();
        EventTimeEngine<Sale> engine = engine(waiting.strategy, sums);
        List<Source<Sale>> sources = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            sources.add(engine.source("source-" + i));
        }
        engine.start();
        Runnable producers = start(producer -> {
            for (int i = 0; i < EVENTS; i++) {
                assertThat(sources.get(producer).publish(new Sale(i, producer, i)))
                        .isEqualTo(OfferResult.ACCEPTED);
            }
        });
        producers.run();

        Engines.complete(engine);

        long each = (long) EVENTS * (EVENTS - 1) / 2;
        assertThat(sums).isEqualTo(Map.of(0L, each, 1L, each, 2L, each, 3L, each));
    }

    /** Half of them through {@code publish}, half through a source of their own. */
    @RepeatedTest(20)
    void completeWhileTheyPublish_whatWasAcceptedCounts_whatWasNotDoesNot() {
        Map<Long, Long> sums = new TreeMap<>();
        EventTimeEngine<Sale> engine = engine(WaitStrategy.backoff().withPatience(200), sums);
        List<Source<Sale>> sources = List.of(engine.source("source-0"), engine.source("source-1"));
        engine.start();
        LongAdder accepted = new LongAdder();
        CountDownLatch underWay = new CountDownLatch(PRODUCERS);
        Runnable producers = start(producer -> {
            for (long i = 0; ; i++) {
                Sale sale = new Sale(0, producer, 1);
                OfferResult result = producer < 2 ? sources.get(producer).publish(sale) : engine.publish(sale);
                if (result != OfferResult.ACCEPTED) {
                    assertThat(result).isEqualTo(OfferResult.CLOSED);
                    break;
                }
                accepted.increment();
                if (i == 100) {
                    underWay.countDown();
                }
            }
        });
        Gate.await(underWay);

        EngineReport report = Engines.complete(engine);
        producers.run();

        assertThat(sums.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(accepted.sum());
        assertThat(report.metrics().sources().stream()
                        .mapToLong(SourceMetrics::accepted)
                        .sum())
                .isEqualTo(accepted.sum());
    }

    @RepeatedTest(20)
    void closeWhileTheyPublish_whatWasAcceptedIsCountedAsHandledOrDiscarded() {
        EventTimeEngine<Sale> engine = engine(WaitStrategy.backoff(), new TreeMap<>());
        Source<Sale> source = engine.source("source");
        engine.start();
        LongAdder accepted = new LongAdder();
        CountDownLatch underWay = new CountDownLatch(PRODUCERS);
        Runnable producers = start(producer -> {
            for (long i = 0; ; i++) {
                Sale sale = new Sale(0, producer, 1);
                OfferResult result = producer == 0 ? source.publish(sale) : engine.publish(sale);
                if (result != OfferResult.ACCEPTED) {
                    assertThat(result).isEqualTo(OfferResult.CLOSED);
                    break;
                }
                accepted.increment();
                if (i == 100) {
                    underWay.countDown();
                }
            }
        });
        Gate.await(underWay);

        engine.close();
        producers.run();
        EngineReport report = Engines.stop(engine);

        assertThat(report.state()).isEqualTo(EngineState.CLOSED);
        long handled = report.metrics().sources().stream()
                .mapToLong(SourceMetrics::handedOn)
                .sum();
        assertThat(handled + report.discardedEvents()).isEqualTo(accepted.sum());
    }

    private static EventTimeEngine<Sale> engine(WaitStrategy waiting, Map<Long, Long> sums) {
        EventTimeEngine<Sale> engine =
                Engines.sales().capacity(64).waitStrategy(waiting).build();
        engine.keyByLong(Sale::shop)
                .window(Windows.global())
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> sums.merge(result.longKey(), result.longValue(), Long::sum));
        return engine;
    }

    private interface Work {
        void run(int producer);
    }

    /** Starts a thread per producer; what is returned waits for their end and passes on what they threw. */
    private static Runnable start(Work work) {
        CyclicBarrier together = new CyclicBarrier(PRODUCERS);
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            FutureTask<Integer> task = new FutureTask<>(() -> {
                together.await();
                work.run(producer);
                return producer;
            });
            tasks.add(task);
            new Thread(task, "producer-" + i).start();
        }
        return () -> assertThat(tasks)
                .allSatisfy(task -> assertThat(task.get(60, TimeUnit.SECONDS)).isNotNegative());
    }
}
