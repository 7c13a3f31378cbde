package io.tidemark.aggregate;

/**
 * A {@link LongAggregator} that can take a part out again, so a sliding window is kept up to date by one addition and one
 * deduction instead of being combined anew.
 *
 * <p>Law: {@code combine(x, p)} followed by {@code deduct(x, p)} restores every long of {@code x} exactly, whatever was combined
 * in between and taken out as well.
 *
 * @param <E> the event
 * @param <R> the result of one window and key
 */
public interface InvertibleLongAggregator<E, R> extends LongAggregator<E, R> {

    /** Takes an accumulator out of another that contains it; hot. The accumulator at {@code partAt} is left unchanged. */
    void deduct(long[] from, int fromAt, long[] part, int partAt);
}
