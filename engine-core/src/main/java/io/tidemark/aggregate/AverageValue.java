package io.tidemark.aggregate;

import java.util.function.ToLongFunction;

/** The exact total over the number of events. */
final class AverageValue<E> extends ExactSum<E, Double> {

    AverageValue(ToLongFunction<? super E> value) {
        super(value);
    }

    @Override
    public Double export(long[] state, int at, long count) {
        return asDouble(state, at) / count;
    }
}
