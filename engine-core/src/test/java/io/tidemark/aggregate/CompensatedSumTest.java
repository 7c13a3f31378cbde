package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidemark.testing.Seeds;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compensated sum of doubles. Commutativity and identity are held bit for bit, the rest within the stated bound. */
class CompensatedSumTest extends LongAggregatorContract<Double> {

    /** n squared times 2^-104 times the sum of magnitudes, for at most 40 values below 2^63. */
    private static final double BOUND = 40.0 * 40 * 0x1p-104 * 40 * 0x1p63;

    /** Sevenths, so that mantissas are full. */
    @Override
    LongAggregator<Sample, Double> aggregator() {
        return Aggregators.sumDouble(sample -> sample.value() / 7.0);
    }

    @Override
    Object expected(List<Sample> samples) {
        return exact(
                samples.stream().mapToDouble(sample -> sample.value() / 7.0).toArray());
    }

    @Override
    void assertSame(Object actual, Object expected, int seed) {
        double nearest = (Double) expected;
        assertThat((Double) actual).as("seed %d", seed).isCloseTo(nearest, within(Math.ulp(nearest) + BOUND));
    }

    private static double exact(double... values) {
        BigDecimal total = BigDecimal.ZERO;
        for (double value : values) {
            total = total.add(new BigDecimal(value));
        }
        return total.doubleValue();
    }

    private static long[] state(double... values) {
        long[] bits = new long[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(values[i]);
        }
        long[] state = new long[2];
        LongAggregator<Object, Double> aggregator = Aggregators.sumDouble(event -> 0);
        aggregator.initialize(state, 0);
        aggregator.accumulate(state, new int[bits.length], 0, bits, 0, 1, bits.length, new int[1]);
        return state;
    }

    private static double sum(double... values) {
        return export(state(values));
    }

    private static double export(long[] state) {
        return Aggregators.sumDouble(event -> 0).export(state, 0, 1);
    }

    private static double sumOfParts(long[] left, long[] right) {
        Aggregators.sumDouble(event -> 0).combine(left, 0, right, 0);
        return export(left);
    }

    @Test
    void extractor_runsOnceForTheColumnAndTravelsAsRawBits() {
        assertThat(aggregator().inputs()).hasSize(1);
        assertThat(aggregator().inputs().get(0).applyAsLong(new Sample(0, -7)))
                .isEqualTo(Double.doubleToRawLongBits(-1.0));
    }

    @Test
    void whatRoundingTakesAway_comesBack() {
        assertThat(sum(0.1, 0.2, 0.3)).isEqualTo(0.6);
        assertThat(sum(1e100, 1, -1e100)).isEqualTo(1);
        assertThat(sumOfParts(state(1e100, 1), state(1, -1e100))).isEqualTo(2);
        assertThat(sumOfParts(state(1e16), state(1, 1))).isEqualTo(1.0000000000000002e16);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMillionOfOneSign_areRoundedOnceWhateverTheirOrder(long seed) {
        Random random = Seeds.random(seed);
        double[] values = random.doubles(1_000_000, 0, 1e9).toArray();
        double nearest = exact(values);
        assertThat(sum(values)).as("seed %d", seed).isEqualTo(nearest);
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        assertThat(sum(ascending)).as("seed %d, ascending", seed).isEqualTo(nearest);
    }

    @Test
    void smallestAndLargestMagnitudes_areAddedToo() {
        assertThat(sum(Double.MIN_VALUE, Double.MIN_VALUE)).isEqualTo(2 * Double.MIN_VALUE);
        assertThat(sum(Double.MAX_VALUE, 1, -Double.MAX_VALUE)).isEqualTo(1);
        assertThat(sum(-Double.MAX_VALUE, Double.MIN_VALUE, Double.MAX_VALUE)).isEqualTo(Double.MIN_VALUE);
    }

    @Test
    void oneInfinity_staysInWhicheverPartItIs() {
        double positive = Double.POSITIVE_INFINITY;
        assertThat(sum(0.1, positive, 0.2, -1e300, positive)).isEqualTo(positive);
        assertThat(sum(Double.NEGATIVE_INFINITY, Double.MAX_VALUE)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sumOfParts(state(positive), state(0.1, 0.2))).isEqualTo(positive);
        assertThat(sumOfParts(state(0.1, 0.2), state(positive, 0.3))).isEqualTo(positive);
        assertThat(sumOfParts(state(), state(positive))).isEqualTo(positive);
        assertThat(sumOfParts(state(positive), state())).isEqualTo(positive);
    }

    @Test
    void bothInfinitiesOrNaN_areNaNAndStay() {
        double positive = Double.POSITIVE_INFINITY;
        assertThat(sum(positive, Double.NEGATIVE_INFINITY, 1)).isNaN();
        assertThat(sum(1, Double.NaN, positive)).isNaN();
        assertThat(sumOfParts(state(positive), state(-positive))).isNaN();
        assertThat(sumOfParts(state(1), state(Double.NaN))).isNaN();
    }

    @Test
    void partialSumOutOfRange_isAnInfinityFromThenOn() {
        assertThat(sum(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sum(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void zero_hasNoSign() {
        assertThat(sum(-0.0)).isEqualTo(0.0);
        assertThat(sum(-1, 1)).isEqualTo(0.0);
        assertThat(sumOfParts(state(-0.0), state(-0.0))).isEqualTo(0.0);
    }

    @Test
    void deduction_isNotOffered() {
        assertThat(aggregator()).isNotInstanceOf(InvertibleLongAggregator.class);
    }

    @Test
    void exportLong_refusesBecauseTheResultIsNoLong() {
        assertThatThrownBy(() -> aggregator().exportLong(new long[2], 0, 1))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not a long");
    }
}
