package io.tidemark.aggregate;

import java.util.Objects;
import java.util.function.ToLongFunction;

/** How many different longs. */
final class DistinctLongCount<E> implements Aggregator<E, LongSet, Long> {

    private final ToLongFunction<? super E> value;

    DistinctLongCount(ToLongFunction<? super E> value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    @Override
    public LongSet create() {
        return new LongSet();
    }

    @Override
    public void accumulate(LongSet accumulator, E event) {
        accumulator.add(value.applyAsLong(event));
    }

    @Override
    public LongSet combine(LongSet left, LongSet right) {
        left.addAll(right);
        return left;
    }

    @Override
    public Long export(LongSet accumulator) {
        return accumulator.size();
    }
}
