package io.tidemark.aggregate;

import io.tidemark.time.Timestamps;
import java.util.function.ToLongFunction;

/**
 * The value with the largest timestamp, of equals the latest arrival. State: timestamp, value. While there is none the
 * timestamp is {@link Timestamps#NONE}, which stands on no event, so no flag is needed.
 */
final class LastValue<E> extends SelectedValue<E> {

    private static final int VALUE = 1;

    LastValue(ToLongFunction<? super E> value) {
        super(value);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void initialize(long[] state, int at) {
        state[at] = Timestamps.NONE;
        state[at + VALUE] = 0;
    }

    @Override
    public void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
        int column = columns[0];
        int row = first;
        for (int i = 0; i < n; i++, row += stride) {
            int at = positions[i] + offset;
            long timestamp = rows[row];
            if (timestamp >= state[at]) {
                state[at] = timestamp;
                state[at + VALUE] = rows[row + column];
            }
        }
    }

    @Override
    public void combine(long[] into, int intoAt, long[] from, int fromAt) {
        if (from[fromAt] >= into[intoAt]) {
            into[intoAt] = from[fromAt];
            into[intoAt + VALUE] = from[fromAt + VALUE];
        }
    }

    @Override
    public long exportLong(long[] state, int at, long count) {
        return state[at + VALUE];
    }
}
