package io.tidemark.aggregate;

import java.util.List;
import java.util.function.ToLongFunction;

/** Counts events. The operator counts them anyway, so there is nothing to keep and nothing to do. */
final class EventCount<E> implements InvertibleLongAggregator<E, Long> {

    @Override
    public List<ToLongFunction<? super E>> inputs() {
        return List.of();
    }

    @Override
    public int width() {
        return 0;
    }

    @Override
    public void initialize(long[] state, int at) {}

    @Override
    public void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {}

    @Override
    public void combine(long[] into, int intoAt, long[] from, int fromAt) {}

    @Override
    public void deduct(long[] from, int fromAt, long[] part, int partAt) {}

    @Override
    public Long export(long[] state, int at, long count) {
        return count;
    }

    @Override
    public long exportLong(long[] state, int at, long count) {
        return count;
    }
}
