package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The exact sum. */
class SumValueTest extends InvertibleLongAggregatorContract<Long> {

    @Override
    InvertibleLongAggregator<Sample, Long> aggregator() {
        return Aggregators.sumExact(Sample::value);
    }

    @Override
    Object expected(List<Sample> samples) {
        BigInteger total = total(samples);
        return total.bitLength() < Long.SIZE ? (Object) total.longValueExact() : ArithmeticException.class;
    }

    static BigInteger total(List<Sample> samples) {
        return samples.stream().map(Sample::value).map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    }

    @Test
    void partialSumsOutOfRange_comeBackExactly() {
        assertThat(sum(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, -Long.MAX_VALUE, -Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(sum(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 1)).isEqualTo(Long.MIN_VALUE);
        assertThat(sum(Long.MAX_VALUE, 1, -1)).isEqualTo(Long.MAX_VALUE);
        assertThat(sum(Long.MIN_VALUE, -1, 1)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void totalOutOfRange_isAnErrorThatNamesItAndTheRemedy() {
        assertThatThrownBy(() -> sum(Long.MAX_VALUE, 1))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("9223372036854775808")
                .hasMessageContaining("coarser unit");
        assertThatThrownBy(() -> sum(Long.MIN_VALUE, -1)).hasMessageContaining("-9223372036854775809");
        assertThatThrownBy(() -> sum(Long.MIN_VALUE, Long.MIN_VALUE)).hasMessageContaining("-18446744073709551616");
    }

    private long sum(long... values) {
        long[] state = new long[2];
        InvertibleLongAggregator<Sample, Long> sum = aggregator();
        sum.initialize(state, 0);
        sum.accumulate(state, new int[values.length], 0, values, 0, 1, values.length, new int[1]);
        return sum.exportLong(state, 0, values.length);
    }

    @Test
    void aMillionExtremes_areExact() {
        Random random = new Random(7);
        long[] values = random.longs(1_000_000).map(v -> v < 0 ? v : -v).toArray();
        BigInteger expected = BigInteger.ZERO;
        for (long value : values) {
            expected = expected.add(BigInteger.valueOf(value));
        }
        long[] state = new long[2];
        aggregator().accumulate(state, new int[values.length], 0, values, 0, 1, values.length, new int[1]);
        assertThat(ExactSum.asBigInteger(state, 0)).isEqualTo(expected);
    }
}
