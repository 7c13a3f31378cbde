package io.tidemark.aggregate;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What min, max, first and last share: one input, and a result that is one of the values seen. Their loops are written out in
 * each, because a comparison behind an interface would be a call per event.
 */
abstract class SelectedValue<E> implements LongAggregator<E, Long> {

    private final List<ToLongFunction<? super E>> inputs;

    SelectedValue(ToLongFunction<? super E> value) {
        inputs = List.of(value);
    }

    @Override
    public final List<ToLongFunction<? super E>> inputs() {
        return inputs;
    }

    @Override
    public final Long export(long[] state, int at, long count) {
        return exportLong(state, at, count);
    }
}
