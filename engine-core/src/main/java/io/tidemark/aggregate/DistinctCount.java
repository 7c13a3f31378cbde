package io.tidemark.aggregate;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** How many different objects, by {@code equals}. */
final class DistinctCount<E> implements Aggregator<E, Set<Object>, Long> {

    private final Function<? super E, ?> value;

    DistinctCount(Function<? super E, ?> value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    @Override
    public Set<Object> create() {
        return new HashSet<>();
    }

    @Override
    public void accumulate(Set<Object> accumulator, E event) {
        accumulator.add(Objects.requireNonNull(
                value.apply(event),
                "the extractor of countDistinct(...) returned null; return an Optional or a marker value"));
    }

    @Override
    public Set<Object> combine(Set<Object> left, Set<Object> right) {
        left.addAll(right);
        return left;
    }

    @Override
    public Long export(Set<Object> accumulator) {
        return (long) accumulator.size();
    }
}
