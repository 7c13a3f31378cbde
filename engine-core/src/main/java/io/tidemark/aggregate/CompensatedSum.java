package io.tidemark.aggregate;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * A sum of doubles as two of them, as raw bits: the rounded total, and the sum of what the roundings took away. Each rounding is
 * known exactly (the error-free addition of Møller and Knuth), so only the sum of the errors is itself rounded; see Ogita, Rump and
 * Oishi, "Accurate sum and dot product" (SIAM Journal on Scientific Computing 26, 2005).
 *
 * <p>There is no deduction: it would have to restore the errors bit for bit, and an infinity never leaves.
 */
final class CompensatedSum<E> implements LongAggregator<E, Double> {

    private static final int ERROR = 1;

    private final List<ToLongFunction<? super E>> inputs;

    CompensatedSum(ToDoubleFunction<? super E> value) {
        Objects.requireNonNull(value, "value");
        inputs = List.of(event -> Double.doubleToRawLongBits(value.applyAsDouble(event)));
    }

    @Override
    public List<ToLongFunction<? super E>> inputs() {
        return inputs;
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void initialize(long[] state, int at) {
        state[at] = 0; // the bits of 0.0
        state[at + ERROR] = 0;
    }

    @Override
    public void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
        int cell = first + columns[0];
        for (int i = 0; i < n; i++, cell += stride) {
            add(state, positions[i] + offset, Double.longBitsToDouble(rows[cell]), 0.0);
        }
    }

    @Override
    public void combine(long[] into, int intoAt, long[] from, int fromAt) {
        add(into, intoAt, Double.longBitsToDouble(from[fromAt]), Double.longBitsToDouble(from[fromAt + ERROR]));
    }

    private static void add(long[] state, int at, double value, double valueError) {
        double total = Double.longBitsToDouble(state[at]);
        double sum = total + value;
        double added = sum - total;
        double error = (total - (sum - added)) + (value - added);
        state[at] = Double.doubleToRawLongBits(sum);
        double errors = Double.longBitsToDouble(state[at + ERROR]) + valueError;
        // an infinite or NaN total has no error, and must not spoil those of others: infinity plus a finite error stays
        // infinity
        state[at + ERROR] = Double.doubleToRawLongBits(Double.isFinite(error) ? errors + error : errors);
    }

    @Override
    public Double export(long[] state, int at, long count) {
        return Double.longBitsToDouble(state[at]) + Double.longBitsToDouble(state[at + ERROR]);
    }
}
