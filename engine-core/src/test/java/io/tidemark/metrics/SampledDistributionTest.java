package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampledDistributionTest {

    @Test
    void readers_do_not_take_values_from_one_another() {
        SampledDistribution distribution = new SampledDistribution();
        SampledDistribution.Interval first = distribution.openInterval();
        distribution.record(10);
        assertThat(distribution.percentiles().total()).isEqualTo(1);
        SampledDistribution.Interval second = distribution.openInterval();
        distribution.record(20);

        Histogram ofFirst = moved(first);
        Histogram ofSecond = moved(second);
        assertThat(ofFirst.getTotalCount()).isEqualTo(2);
        assertThat(ofFirst.getMinValue()).isEqualTo(10);
        assertThat(ofSecond.getTotalCount()).isEqualTo(1);
        assertThat(ofSecond.getMinValue()).isEqualTo(20);
        assertThat(distribution.percentiles().total()).isEqualTo(2);
    }

    @Test
    void an_interval_holds_only_what_came_since_the_last_one() {
        SampledDistribution distribution = new SampledDistribution();
        distribution.record(1);
        SampledDistribution.Interval interval = distribution.openInterval();
        assertThat(moved(interval).getTotalCount()).isZero();

        distribution.record(2);
        assertThat(moved(interval).getMaxValue()).isEqualTo(2);
        assertThat(moved(interval).getTotalCount()).isZero();
        assertThat(distribution.percentiles().total()).isEqualTo(2);
    }

    @Test
    void a_closed_interval_gathers_nothing() {
        SampledDistribution distribution = new SampledDistribution();
        SampledDistribution.Interval interval = distribution.openInterval();
        interval.close();
        distribution.record(5);

        assertThat(moved(interval).getTotalCount()).isZero();
        assertThat(distribution.percentiles().total()).isEqualTo(1);
    }

    @Test
    void values_above_the_ceiling_are_clamped_and_counted() {
        SampledDistribution distribution = new SampledDistribution();
        distribution.record(SampledDistribution.CEILING);
        assertThat(distribution.clamped()).isZero();

        distribution.record(SampledDistribution.CEILING + 1);
        distribution.record(Long.MAX_VALUE);
        assertThat(distribution.clamped()).isEqualTo(2);
        assertThat(distribution.percentiles().total()).isEqualTo(3);
        assertThat(distribution.percentiles().at(100)).isEqualTo(SampledDistribution.CEILING);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void growing_histograms_lose_nothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SampledDistribution distribution = new SampledDistribution();
        SampledDistribution.Interval interval = distribution.openInterval();
        Histogram expected = SampledDistribution.newHistogram();
        Histogram moved = SampledDistribution.newHistogram();
        // the swapped histograms grow at different times: each interval has its own magnitude
        for (int round = 0; round < 60; round++) {
            int magnitude = random.nextInt(60);
            for (int i = 0; i < 50; i++) {
                long value = random.nextLong(1L << 60) >>> magnitude;
                distribution.record(value);
                expected.recordValue(value);
            }
            if (random.nextBoolean()) {
                interval.moveInto(moved);
            }
        }
        interval.moveInto(moved);

        assertThat(distribution.percentiles()).isEqualTo(LatencyPercentiles.of(expected));
        assertThat(LatencyPercentiles.of(moved)).isEqualTo(LatencyPercentiles.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2047, 16896",
        "1000000, 90624",
        "1000000000, 172544",
        "3600000000000, 270848",
        "1152921504606846975, 418304"
    })
    void footprint_of_a_histogram_is_what_the_documents_say(long longest, int bytes) {
        Histogram histogram = SampledDistribution.newHistogram();
        histogram.recordValue(Math.min(longest, SampledDistribution.CEILING));

        assertThat(histogram.getEstimatedFootprintInBytes()).isEqualTo(bytes);
    }

    private static Histogram moved(SampledDistribution.Interval interval) {
        Histogram target = SampledDistribution.newHistogram();
        interval.moveInto(target);
        return target;
    }
}
