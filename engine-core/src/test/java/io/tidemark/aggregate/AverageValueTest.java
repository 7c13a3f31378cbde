package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The mean of the exact sum. */
class AverageValueTest extends InvertibleLongAggregatorContract<Double> {

    @Override
    InvertibleLongAggregator<Sample, Double> aggregator() {
        return Aggregators.average(Sample::value);
    }

    /** The total is exact, so its value does not depend on the order; the rounding is checked apart, against decimals. */
    @Override
    Object expected(List<Sample> samples) {
        return SumValueTest.total(samples).doubleValue() / samples.size();
    }

    @Test
    void result_isWithinTwoUnitsInTheLastPlace() {
        forSeeds((seed, random) -> {
            List<Sample> samples = Sample.random(random, 1 + random.nextInt(40));
            StateTable<Double> table = new StateTable<>(aggregator(), 1, random);
            table.accumulate(samples, new int[samples.size()]);
            double exact = new BigDecimal(SumValueTest.total(samples))
                    .divide(BigDecimal.valueOf(samples.size()), MathContext.DECIMAL128)
                    .doubleValue();
            assertThat((double) table.export(0)).as("seed %d", seed).isCloseTo(exact, within(2 * Math.ulp(exact)));
        });
    }

    @Test
    void sumBeyondLong_keepsItsPrecision() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            samples.add(new Sample(i, Long.MAX_VALUE));
        }
        StateTable<Double> table = new StateTable<>(aggregator(), 1, new Random(1));
        table.accumulate(samples, new int[samples.size()]);
        assertThat(table.export(0)).isEqualTo(0x1p63);
    }

    @Test
    void exportLong_refusesBecauseAMeanIsNoLong() {
        assertThatThrownBy(() -> aggregator().exportLong(new long[2], 0, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not a long");
    }
}
