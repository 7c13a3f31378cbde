package io.tidemark.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The values of all events, in order of arrival. */
final class ListAggregator<E, V> extends ArrivalOrdered<E, V, List<V>> {

    private final Function<? super E, ? extends V> value;

    ListAggregator(Function<? super E, ? extends V> value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    @Override
    V valueOf(E event) {
        return Objects.requireNonNull(
                value.apply(event), "the extractor of list(...) returned null; return an Optional or a marker value");
    }

    @Override
    public List<V> export(ArrivalLog<V> accumulator) {
        return accumulator.toList();
    }

    @Override
    public ListAggregator<E, V> fresh() {
        return new ListAggregator<>(value);
    }
}
