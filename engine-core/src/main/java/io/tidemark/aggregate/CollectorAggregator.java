package io.tidemark.aggregate;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collector;

/**
 * A stream collector as an aggregator. A collector's finisher may consume its container and its combiner may keep parts of the
 * right one, while a window is exported many times and its parts are combined again and again; so the events are kept, and each
 * export replays them into a new container.
 */
final class CollectorAggregator<E, A, R> extends ArrivalOrdered<E, E, R> {

    private final Collector<? super E, A, R> collector;

    CollectorAggregator(Collector<? super E, A, R> collector) {
        this.collector = Objects.requireNonNull(collector, "collector");
    }

    @Override
    E valueOf(E event) {
        return event;
    }

    @Override
    public R export(ArrivalLog<E> accumulator) {
        A container = collector.supplier().get();
        BiConsumer<A, ? super E> into = collector.accumulator();
        accumulator.forEach(event -> into.accept(container, event));
        return Objects.requireNonNull(
                finish(container), "the collector's finisher returned null; return an Optional or an empty value");
    }

    @SuppressWarnings("unchecked") // IDENTITY_FINISH promises that the container is the result
    private R finish(A container) {
        if (collector.characteristics().contains(Collector.Characteristics.IDENTITY_FINISH)) {
            return (R) container;
        }
        return collector.finisher().apply(container);
    }

    @Override
    public CollectorAggregator<E, A, R> fresh() {
        return new CollectorAggregator<>(collector);
    }
}
