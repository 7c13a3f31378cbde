package io.tidemark.aggregate;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The variance from exact integers: the 128-bit total of {@link ExactSum}, and beside it the sum of the squares as 192 unsigned bits,
 * lowest word first. 2^63 squares of 126 bits fit. Nothing is rounded before the export, so the differences of large numbers in the
 * textbook formula do no harm.
 */
final class ExactVariance<E> implements InvertibleLongAggregator<E, Variance> {

    private static final int SQUARES = ExactSum.WIDTH;
    private static final int WIDTH = SQUARES + 3;

    private final List<ToLongFunction<? super E>> inputs;

    ExactVariance(ToLongFunction<? super E> value) {
        inputs = List.of(value);
    }

    @Override
    public List<ToLongFunction<? super E>> inputs() {
        return inputs;
    }

    @Override
    public int width() {
        return WIDTH;
    }

    @Override
    public void initialize(long[] state, int at) {
        for (int i = 0; i < WIDTH; i++) {
            state[at + i] = 0;
        }
    }

    @Override
    public void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
        int cell = first + columns[0];
        for (int i = 0; i < n; i++, cell += stride) {
            int at = positions[i] + offset;
            long value = rows[cell];
            ExactSum.add(state, at, value);
            addSquares(state, at + SQUARES, value * value, Math.multiplyHigh(value, value), 0);
        }
    }

    @Override
    public void combine(long[] into, int intoAt, long[] from, int fromAt) {
        ExactSum.addTotal(into, intoAt, from, fromAt);
        int squares = fromAt + SQUARES;
        addSquares(into, intoAt + SQUARES, from[squares], from[squares + 1], from[squares + 2]);
    }

    @Override
    public void deduct(long[] from, int fromAt, long[] part, int partAt) {
        ExactSum.deductTotal(from, fromAt, part, partAt);
        int squares = partAt + SQUARES;
        deductSquares(from, fromAt + SQUARES, part[squares], part[squares + 1], part[squares + 2]);
    }

    private static void addSquares(long[] state, int at, long low, long middle, long high) {
        long lowSum = state[at] + low;
        long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        long middleSum = state[at + 1] + middle;
        long upper = Long.compareUnsigned(middleSum, middle) < 0 ? 1 : 0;
        middleSum += carry;
        // a carry that turns the middle word to zero goes on; the sum before it was all ones, so this happens at most
        // once
        upper += carry & (middleSum == 0 ? 1 : 0);
        state[at] = lowSum;
        state[at + 1] = middleSum;
        state[at + 2] += high + upper;
    }

    private static void deductSquares(long[] state, int at, long low, long middle, long high) {
        long borrow = Long.compareUnsigned(state[at], low) < 0 ? 1 : 0;
        long upper = Long.compareUnsigned(state[at + 1], middle) < 0 ? 1 : 0;
        long middleDifference = state[at + 1] - middle;
        upper += borrow & (middleDifference == 0 ? 1 : 0);
        state[at] -= low;
        state[at + 1] = middleDifference - borrow;
        state[at + 2] -= high + upper;
    }

    @Override
    public Variance export(long[] state, int at, long count) {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger total = ExactSum.asBigInteger(state, at);
        // n^2 times the variance: exact, and never negative
        BigInteger spread = n.multiply(squares(state, at + SQUARES)).subtract(total.multiply(total));
        // without events, zero over zero: NaN
        return new Variance(
                count,
                ExactSum.asDouble(state, at) / count,
                spread.doubleValue() / n.multiply(n).doubleValue());
    }

    private static BigInteger squares(long[] state, int at) {
        byte[] bigEndian = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(state[at + 2])
                .putLong(state[at + 1])
                .putLong(state[at])
                .array();
        return new BigInteger(1, bigEndian);
    }
}
