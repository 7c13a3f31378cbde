package io.tidemark.aggregate;

import java.util.function.ToLongFunction;

/** The largest value; {@link Long#MIN_VALUE} while there is none. */
final class MaxValue<E> extends SelectedValue<E> {

    MaxValue(ToLongFunction<? super E> value) {
        super(value);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void initialize(long[] state, int at) {
        state[at] = Long.MIN_VALUE;
    }

    @Override
    public void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
        int cell = first + columns[0];
        for (int i = 0; i < n; i++, cell += stride) {
            int at = positions[i] + offset;
            long value = rows[cell];
            if (value > state[at]) {
                state[at] = value;
            }
        }
    }

    @Override
    public void combine(long[] into, int intoAt, long[] from, int fromAt) {
        if (from[fromAt] > into[intoAt]) {
            into[intoAt] = from[fromAt];
        }
    }

    @Override
    public long exportLong(long[] state, int at, long count) {
        return state[at];
    }
}
