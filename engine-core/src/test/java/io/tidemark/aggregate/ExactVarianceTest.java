package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The variance of exact sums. */
class ExactVarianceTest extends InvertibleLongAggregatorContract<Variance> {

    private static final MathContext DIGITS = new MathContext(120);

    @Override
    InvertibleLongAggregator<Sample, Variance> aggregator() {
        return Aggregators.variance(Sample::value);
    }

    /** The state is exact, so its value does not depend on the order; the rounding is checked apart, against decimals. */
    @Override
    Object expected(List<Sample> samples) {
        if (samples.isEmpty()) {
            return new Variance(0, Double.NaN, Double.NaN);
        }
        BigInteger n = BigInteger.valueOf(samples.size());
        BigInteger total = SumValueTest.total(samples);
        BigInteger distances = BigInteger.ZERO;
        for (Sample sample : samples) {
            BigInteger distance = BigInteger.valueOf(sample.value()).multiply(n).subtract(total);
            distances = distances.add(distance.pow(2));
        }
        // the distances are n times too large, so their squares are n * n times
        double population = distances.divide(n).doubleValue() / n.pow(2).doubleValue();
        return new Variance(samples.size(), total.doubleValue() / samples.size(), population);
    }

    @Test
    void variances_areWithinFiveUnitsInTheLastPlace() {
        forSeeds((seed, random) -> {
            List<Sample> samples = Sample.random(random, 2 + random.nextInt(40));
            StateTable<Variance> table = new StateTable<>(aggregator(), 1, random);
            table.accumulate(samples, new int[samples.size()]);
            Variance variance = (Variance) table.export(0);
            BigDecimal n = BigDecimal.valueOf(samples.size());
            BigDecimal mean = new BigDecimal(SumValueTest.total(samples)).divide(n, DIGITS);
            BigDecimal distances = samples.stream()
                    .map(sample ->
                            BigDecimal.valueOf(sample.value()).subtract(mean).pow(2))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            double population = distances.divide(n, DIGITS).doubleValue();
            double sample = distances.divide(n.subtract(BigDecimal.ONE), DIGITS).doubleValue();
            assertThat(variance.population())
                    .as("seed %d", seed)
                    .isCloseTo(population, within(5 * Math.ulp(population)));
            assertThat(variance.sample()).as("seed %d", seed).isCloseTo(sample, within(5 * Math.ulp(sample)));
        });
    }

    @Test
    void largeValuesCloseTogether_loseNothing() {
        long large = Long.MAX_VALUE - 10;
        assertThat(variance(large + 2, large + 4, large + 4, large + 4, large + 5, large + 5, large + 7, large + 9)
                        .population())
                .isEqualTo(4.0);
        assertThat(variance(Long.MIN_VALUE, Long.MIN_VALUE + 2).population()).isEqualTo(1.0);
    }

    @Test
    void equalValues_haveNone() {
        assertThat(variance(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE)).isEqualTo(new Variance(3, -0x1p63, 0));
    }

    @Test
    void widestValues_fit() {
        assertThat(variance(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(new Variance(2, -0.5, 0x1p126));
    }

    /** 2^60 values whose squares have 126 bits: the third word takes part, and gives all of it back. */
    @Test
    void squaresOverAllThreeWords_combineAndDeductExactly() {
        InvertibleLongAggregator<Sample, Variance> aggregator = aggregator();
        int width = aggregator.width();
        long[] states = new long[62 * width];
        aggregator.accumulate(states, new int[2], 0, new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 0, 1, 2, new int[1]);
        for (int doubled = 1; doubled <= 60; doubled++) {
            aggregator.combine(states, doubled * width, states, (doubled - 1) * width);
            aggregator.combine(states, doubled * width, states, (doubled - 1) * width);
        }
        assertThat(states[60 * width + 4]).isPositive();
        assertThat(aggregator.export(states, 60 * width, 1L << 61)).isEqualTo(new Variance(1L << 61, -0.5, 0x1p126));
        System.arraycopy(states, 60 * width, states, 61 * width, width);
        for (int half = 59; half >= 0; half--) {
            aggregator.deduct(states, 61 * width, states, half * width);
        }
        assertThat(aggregator.export(states, 61 * width, 2)).isEqualTo(new Variance(2, -0.5, 0x1p126));
        aggregator.deduct(states, 61 * width, states, 0);
        assertThat(states).endsWith(new long[width]);
    }

    /** Words of all ones and of zero, which values alone hardly ever make. */
    @Test
    void carriesAndBorrows_passThroughAWordOfOnes() {
        long[] state = {0, 0, -1, -1, 0, /* and a part */ 0, 0, 1, 0, 0};
        aggregator().combine(state, 0, state, 5);
        assertThat(state).startsWith(0, 0, 0, 0, 1);
        aggregator().deduct(state, 0, state, 5);
        assertThat(state).startsWith(0, 0, -1, -1, 0);
        long[] both = {0, 0, -1, -1, 0, 0, 0, 1, -1, 0};
        aggregator().combine(both, 0, both, 5);
        assertThat(both).startsWith(0, 0, 0, -1, 1);
        aggregator().deduct(both, 0, both, 5);
        assertThat(both).startsWith(0, 0, -1, -1, 0);
    }

    @Test
    void accumulateCombineAndDeduct_allocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        InvertibleLongAggregator<Sample, Variance> aggregator = aggregator();
        long[] values = new Random(1).longs(1_000).toArray();
        long[] states = new long[2 * aggregator.width()];
        int[] positions = new int[values.length];
        int[] columns = new int[1];
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            aggregator.accumulate(states, positions, 0, values, 0, 1, values.length, columns);
            aggregator.combine(states, 0, states, aggregator.width());
            aggregator.deduct(states, 0, states, aggregator.width());
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for %d values", values.length).isLessThan(values.length);
    }

    private Variance variance(long... values) {
        InvertibleLongAggregator<Sample, Variance> aggregator = aggregator();
        long[] state = new long[aggregator.width()];
        aggregator.accumulate(state, new int[values.length], 0, values, 0, 1, values.length, new int[1]);
        return aggregator.export(state, 0, values.length);
    }
}
