package io.tidemark.aggregate;

import java.math.BigInteger;
import java.util.function.ToLongFunction;

/** The exact total, whatever its size: 2^63 values of 63 bits still fit the state. */
final class BigIntegerSum<E> extends ExactSum<E, BigInteger> {

    BigIntegerSum(ToLongFunction<? super E> value) {
        super(value);
    }

    @Override
    public BigInteger export(long[] state, int at, long count) {
        return asBigInteger(state, at);
    }
}
