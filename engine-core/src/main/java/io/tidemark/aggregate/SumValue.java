package io.tidemark.aggregate;

import java.util.function.ToLongFunction;

/** The exact total as a long. */
final class SumValue<E> extends ExactSum<E, Long> {

    SumValue(ToLongFunction<? super E> value) {
        super(value);
    }

    @Override
    public Long export(long[] state, int at, long count) {
        return exportLong(state, at, count);
    }

    @Override
    public long exportLong(long[] state, int at, long count) {
        if (overflowed(state, at)) {
            throw new ArithmeticException("the exact sum " + asBigInteger(state, at)
                    + " does not fit into a long; sum a coarser unit or use a shorter window");
        }
        return state[at];
    }

    @Override
    public boolean overflowed(long[] state, int at) {
        return !fitsLong(state, at);
    }
}
