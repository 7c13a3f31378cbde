package io.tidemark.aggregate;

/**
 * An {@link Aggregator} that can take a part out again, so a sliding window is kept up to date by one addition and one deduction
 * instead of being combined anew.
 *
 * <p>Law: {@code x = combine(x, p)} followed by {@code deduct(x, p)} makes {@code x} export what it did before, exactly. Sums of
 * {@code double} do not obey it: they round, and a NaN never leaves.
 *
 * @param <E> the event
 * @param <A> the accumulator, mutable
 * @param <R> the result of one window and key
 */
public interface InvertibleAggregator<E, A, R> extends Aggregator<E, A, R> {

    /** Takes {@code part} out of {@code from}, which contains it. Leaves {@code part} unchanged. */
    void deduct(A from, A part);

    @Override
    default InvertibleAggregator<E, A, R> fresh() {
        return this;
    }
}
