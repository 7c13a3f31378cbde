package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyPercentilesTest {

    @Test
    void nothing_recorded_gives_zero() {
        LatencyPercentiles percentiles = LatencyPercentiles.of(SampledDistribution.newHistogram());

        assertThat(percentiles.total()).isZero();
        assertThat(percentiles.at(0)).isZero();
        assertThat(percentiles.at(100)).isZero();
    }

    @Test
    void small_values_are_exact() {
        Histogram histogram = SampledDistribution.newHistogram();
        for (int value = 1; value <= 1_000; value++) {
            histogram.recordValue(value);
        }
        LatencyPercentiles percentiles = LatencyPercentiles.of(histogram);

        assertThat(percentiles.total()).isEqualTo(1_000);
        assertThat(percentiles.at(0)).isEqualTo(1);
        assertThat(percentiles.at(0.1)).isEqualTo(1);
        assertThat(percentiles.at(50)).isEqualTo(500);
        assertThat(percentiles.at(99.9)).isEqualTo(999);
        assertThat(percentiles.at(100)).isEqualTo(1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agrees_with_HdrHistogram(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Histogram histogram = SampledDistribution.newHistogram();
        for (int i = 0; i < 3_000; i++) {
            // every magnitude from 1 to the ceiling
            histogram.recordValue(random.nextLong(1L << 60) >>> random.nextInt(60));
        }
        LatencyPercentiles percentiles = LatencyPercentiles.of(histogram);

        assertThat(percentiles.total()).isEqualTo(3_000);
        for (double percentile = 0.01; percentile <= 100.0; percentile += 0.37) {
            assertThat(percentiles.at(percentile))
                    .as("percentile %s", percentile)
                    .isEqualTo(histogram.getValueAtPercentile(percentile));
        }
        assertThat(percentiles.at(100)).isEqualTo(histogram.getMaxValue());
    }

    @Test
    void stays_as_it_was_when_the_histogram_goes_on() {
        Histogram histogram = SampledDistribution.newHistogram();
        histogram.recordValue(10);
        LatencyPercentiles frozen = LatencyPercentiles.of(histogram);
        histogram.recordValue(20);

        assertThat(frozen.total()).isEqualTo(1);
        assertThat(frozen.at(100)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 100.001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void percentile_outside_the_scale_is_refused_by_value(double percentile) {
        LatencyPercentiles percentiles = LatencyPercentiles.of(SampledDistribution.newHistogram());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> percentiles.at(percentile))
                .withMessageContaining(Double.toString(percentile));
    }

    @Test
    void equality_is_by_content() {
        Histogram histogram = SampledDistribution.newHistogram();
        histogram.recordValue(10);
        LatencyPercentiles one = LatencyPercentiles.of(histogram);
        LatencyPercentiles same = LatencyPercentiles.of(histogram);
        histogram.recordValue(10);
        LatencyPercentiles more = LatencyPercentiles.of(histogram);

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(more);
        assertThat(one).hasToString("1 values, p50 10 ns, p99 10 ns, p99.9 10 ns");
    }
}
