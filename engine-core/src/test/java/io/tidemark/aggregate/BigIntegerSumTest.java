package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exact sum of any size. */
class BigIntegerSumTest extends InvertibleLongAggregatorContract<BigInteger> {

    @Override
    InvertibleLongAggregator<Sample, BigInteger> aggregator() {
        return Aggregators.sumBigInteger(Sample::value);
    }

    @Override
    Object expected(List<Sample> samples) {
        return SumValueTest.total(samples);
    }

    @Test
    void totalBeyondLong_isNoOverflow() {
        assertThat(sum(Long.MAX_VALUE, 1)).isEqualTo("9223372036854775808");
        assertThat(sum(Long.MIN_VALUE, -1)).isEqualTo("-9223372036854775809");
        assertThat(sum(Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo("-18446744073709551616");
    }

    @Test
    void partsDoubledSixtyTimes_stayExact() {
        InvertibleLongAggregator<Sample, BigInteger> aggregator = aggregator();
        long[] states = {Long.MIN_VALUE, 0, 0, 0};
        for (int i = 0; i < 60; i++) {
            System.arraycopy(states, 0, states, 2, 2);
            aggregator.combine(states, 0, states, 2);
        }
        assertThat(aggregator.export(states, 0, 1L << 60))
                .isEqualTo(BigInteger.ONE.shiftLeft(123).negate());
        assertThat(aggregator.overflowed(states, 0)).isFalse();
    }

    private String sum(long... values) {
        long[] state = new long[2];
        InvertibleLongAggregator<Sample, BigInteger> aggregator = aggregator();
        aggregator.accumulate(state, new int[values.length], 0, values, 0, 1, values.length, new int[1]);
        return aggregator.export(state, 0, values.length).toString();
    }
}
