package io.tidemark.aggregate;

import java.math.BigInteger;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The state shared by the exact sums and the average, and a part of the variance's: a 128-bit total as {@code low + carry * 2^64}
 * with {@code low} signed. Every total has exactly one such form, so combining and deducting restore it bit for bit, and it fits
 * into a long iff {@code carry == 0}.
 */
abstract class ExactSum<E, R> implements InvertibleLongAggregator<E, R> {

    static final int WIDTH = 2;

    private static final int CARRY = 1;

    private final List<ToLongFunction<? super E>> inputs;

    ExactSum(ToLongFunction<? super E> value) {
        inputs = List.of(value);
    }

    @Override
    public final List<ToLongFunction<? super E>> inputs() {
        return inputs;
    }

    @Override
    public final int width() {
        return WIDTH;
    }

    @Override
    public final void initialize(long[] state, int at) {
        state[at] = 0;
        state[at + CARRY] = 0;
    }

    @Override
    public final void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
        int cell = first + columns[0];
        for (int i = 0; i < n; i++, cell += stride) {
            add(state, positions[i] + offset, rows[cell]);
        }
    }

    @Override
    public final void combine(long[] into, int intoAt, long[] from, int fromAt) {
        addTotal(into, intoAt, from, fromAt);
    }

    @Override
    public final void deduct(long[] from, int fromAt, long[] part, int partAt) {
        deductTotal(from, fromAt, part, partAt);
    }

    static void add(long[] state, int at, long value) {
        long low = state[at];
        long sum = low + value;
        state[at] = sum;
        // the carry word is touched only when the low word wraps: both operands have the sign that the sum has not
        if (((low ^ sum) & (value ^ sum)) < 0) {
            state[at + CARRY] += value < 0 ? -1 : 1;
        }
    }

    static void addTotal(long[] into, int intoAt, long[] from, int fromAt) {
        add(into, intoAt, from[fromAt]);
        into[intoAt + CARRY] += from[fromAt + CARRY];
    }

    static void deductTotal(long[] from, int fromAt, long[] part, int partAt) {
        long low = from[fromAt];
        long value = part[partAt];
        long difference = low - value;
        from[fromAt] = difference;
        if (((low ^ value) & (low ^ difference)) < 0) {
            from[fromAt + CARRY] += low < 0 ? -1 : 1;
        }
        from[fromAt + CARRY] -= part[partAt + CARRY];
    }

    static boolean fitsLong(long[] state, int at) {
        return state[at + CARRY] == 0;
    }

    /** The total, rounded once, to the nearest double. */
    static double asDouble(long[] state, int at) {
        return fitsLong(state, at) ? state[at] : asBigInteger(state, at).doubleValue();
    }

    static BigInteger asBigInteger(long[] state, int at) {
        return BigInteger.valueOf(state[at + CARRY]).shiftLeft(Long.SIZE).add(BigInteger.valueOf(state[at]));
    }
}
