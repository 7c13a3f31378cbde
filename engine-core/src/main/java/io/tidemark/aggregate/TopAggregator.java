package io.tidemark.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The k best events. As in {@link ArrivalOrdered}, arrivals are counted by the instance, so that ties are settled across parts
 * that grew in turns.
 */
final class TopAggregator<E, V> implements Aggregator<E, TopValues<V>, List<Ranked<V>>> {

    private static final int LARGEST = 10_000;

    private final int k;
    private final ToLongFunction<? super E> score;
    private final Function<? super E, ? extends V> value;
    private long arrivals;

    TopAggregator(int k, ToLongFunction<? super E> score, Function<? super E, ? extends V> value) {
        if (k < 1 || k > LARGEST) {
            throw new IllegalArgumentException("top " + k + " is outside 1 to " + LARGEST);
        }
        this.k = k;
        this.score = Objects.requireNonNull(score, "score");
        this.value = Objects.requireNonNull(value, "value");
    }

    @Override
    public TopValues<V> create() {
        return new TopValues<>(k);
    }

    @Override
    public void accumulate(TopValues<V> accumulator, E event) {
        long scored = score.applyAsLong(event);
        if (accumulator.admits(scored, arrivals)) {
            V kept = Objects.requireNonNull(
                    value.apply(event),
                    "the extractor of top(...) returned null; return an Optional or a marker value");
            accumulator.add(scored, arrivals, kept);
        }
        arrivals++;
    }

    @Override
    public TopValues<V> combine(TopValues<V> left, TopValues<V> right) {
        left.addAll(right);
        return left;
    }

    @Override
    public List<Ranked<V>> export(TopValues<V> accumulator) {
        return accumulator.toList();
    }

    @Override
    public TopAggregator<E, V> fresh() {
        return new TopAggregator<>(k, score, value);
    }
}
