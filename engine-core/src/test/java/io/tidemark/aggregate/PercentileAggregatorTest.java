package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Percentiles, below and above the number of values that are kept as they are. */
class PercentileAggregatorTest extends AggregatorContract<PercentileAccumulator, Percentiles> {

    private static final double[] ASKED = {0, 0.1, 10, 50, 90, 99, 99.9, 100};

    @Override
    PercentileAggregator<Sample> aggregator() {
        return new PercentileAggregator<>(Sample::value, ASKED);
    }

    @Override
    int rounds() {
        return 60;
    }

    @Override
    int size(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(40);
            case 1 -> PercentileAccumulator.KEPT - 2 + random.nextInt(4);
            default -> random.nextInt(3 * PercentileAccumulator.KEPT);
        };
    }

    /** Sorted values by rank; above the limit rounded as three digits demand. */
    @Override
    Percentiles expected(List<Sample> samples) {
        long[] sorted = samples.stream().mapToLong(Sample::value).sorted().toArray();
        if (sorted.length == 0) {
            return new Percentiles(ASKED, new long[ASKED.length], 0, 0, 0);
        }
        long[] values = new long[ASKED.length];
        for (int i = 0; i < ASKED.length; i++) {
            int rank = new BigDecimal(String.valueOf(ASKED[i]))
                    .multiply(BigDecimal.valueOf(sorted.length))
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                    .max(BigDecimal.ONE)
                    .intValueExact();
            long exact = sorted[rank - 1];
            boolean rounded = sorted.length > PercentileAccumulator.KEPT && rank > 1 && rank < sorted.length;
            values[i] = rounded ? upperEnd(exact, sorted[0], sorted[sorted.length - 1]) : exact;
        }
        return new Percentiles(ASKED, values, sorted.length, sorted[0], sorted[sorted.length - 1]);
    }

    /** The top of the bucket: 1,024 of equal width for each power of two from 2,048 up, width one below. */
    private static long upperEnd(long value, long min, long max) {
        long magnitude = value < 0 ? ~value : value;
        int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(magnitude | 1) - 10);
        long within = (1L << shift) - 1;
        long end = value < 0 ? ~(magnitude & ~within) : magnitude | within;
        return Math.max(min, Math.min(max, end));
    }

    @Test
    void nineHundredNinetyNinthOfAThousand_isThe999thValue() {
        PercentileAggregator<Sample> aggregator = aggregator();
        PercentileAccumulator accumulator = aggregator.create();
        for (int i = 1; i <= 1_000; i++) {
            aggregator.accumulate(accumulator, new Sample(i, i));
        }
        Percentiles result = aggregator.export(accumulator);
        assertThat(result.value(99.9)).isEqualTo(999);
        assertThat(result.value(50)).isEqualTo(500);
        assertThat(result.count()).isEqualTo(1_000);
    }

    @Test
    void manyValuesOfEitherSign_areWithinATenthOfAPerCent() {
        PercentileAggregator<Sample> aggregator = aggregator();
        PercentileAccumulator accumulator = aggregator.create();
        for (int i = -100_000; i <= 100_000; i++) {
            aggregator.accumulate(accumulator, new Sample(0, i * 1_000_003L));
        }
        Percentiles result = aggregator.export(accumulator);
        assertThat(result.value(10))
                .isBetween((long) (-80_000 * 1_000_003L * 1.001), (long) (-80_000 * 1_000_003L * 0.998));
        assertThat(result.value(90))
                .isBetween((long) (80_000 * 1_000_003L * 0.999), (long) (80_000 * 1_000_003L * 1.002));
        assertThat(result.value(50)).isZero();
        assertThat(result.min()).isEqualTo(-100_000 * 1_000_003L);
        assertThat(result.max()).isEqualTo(100_000 * 1_000_003L);
    }

    @Test
    void percentilesNamedTwice_countOnce() {
        PercentileAggregator<Sample> aggregator =
                new PercentileAggregator<>(Sample::value, new double[] {50, -0.0, 50, 0});
        assertThat(aggregator.export(aggregator.create()))
                .hasToString("Percentiles[count=0, min=0, p0.0=0, p50.0=0, max=0]");
    }

    @Test
    void percentiles_areCheckedAtOnce() {
        assertThatThrownBy(() -> Aggregators.percentiles(Sample::value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
        for (double wrong : new double[] {-0.1, 100.1, Double.NaN}) {
            assertThatThrownBy(() -> Aggregators.percentiles(Sample::value, 50, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(wrong));
        }
    }
}
