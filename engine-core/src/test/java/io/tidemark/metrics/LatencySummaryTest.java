package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencySummaryTest {

    @Test
    void percentiles_stay_between_the_exact_extremes() {
        // one bucket spans 1,000,000 to 1,000,447: HdrHistogram reports its upper end
        LatencySummary summary = summary(3, 1_000_100, 1_000_200, 1_000_100, 1_000_150, 1_000_200);

        assertThat(summary.percentiles().at(50)).isEqualTo(1_000_447);
        assertThat(summary.p50()).isEqualTo(1_000_200);
        assertThat(summary(2, 2_000_000, 2_000_100, 1_000_000).p50()).isEqualTo(2_000_000);
    }

    @Test
    void ends_of_the_scale_are_the_exact_extremes_even_when_not_sampled() {
        LatencySummary summary = summary(1_000, 5, 90_000_000, 100);

        assertThat(summary.percentile(0)).isEqualTo(5);
        assertThat(summary.percentile(100)).isEqualTo(90_000_000);
        assertThat(summary.percentile(99.99)).isEqualTo(100);
    }

    @Test
    void without_a_sample_the_maximum_is_the_safe_answer() {
        LatencySummary summary = summary(4, 10, 70);

        assertThat(summary.percentile(0)).isEqualTo(10);
        assertThat(summary.p50()).isEqualTo(70);
        assertThat(summary.p999()).isEqualTo(70);
    }

    @Test
    void empty_summary_is_all_zero() {
        LatencySummary summary = summary(0, 0, 0);

        assertThat(summary.percentile(0)).isZero();
        assertThat(summary.p50()).isZero();
        assertThat(summary.percentile(100)).isZero();
    }

    @Test
    void named_percentiles_are_the_percentiles_they_name() {
        long[] values = new long[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1L;
        }
        LatencySummary summary = summary(1_000, 1, 1_000, values);

        assertThat(summary.p50()).isEqualTo(500);
        assertThat(summary.p90()).isEqualTo(900);
        assertThat(summary.p99()).isEqualTo(990);
        assertThat(summary.p999()).isEqualTo(999);
    }

    @Test
    void percentile_outside_the_scale_is_refused_even_without_values() {
        LatencySummary empty = summary(0, 0, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.percentile(100.5))
                .withMessageContaining("100.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> empty.percentile(Double.NaN))
                .withMessageContaining("NaN");
    }

    @Test
    void it_prints_units_and_no_percentile_beyond_the_extremes() {
        assertThat(summary(3, 1_000_100, 1_000_200, 1_000_100, 1_000_150, 1_000_200))
                .hasToString("LatencySummary[stage: 3 durations, min 1000100 ns, p50 1000200 ns, p99 1000200 ns,"
                        + " p99.9 1000200 ns, max 1000200 ns; 0 negative, down to 0 ns; 3 sampled, 0 clamped]");
    }

    @Test
    void joined_summaries_are_that_of_all_durations() {
        LatencySummary one = summary(3, 2, 30, 2, 10, 30);
        LatencySummary other = new LatencySummary("stage", 0, 0, 0, 2, -9, 0, 1, LatencyPercentiles.join(List.of()));
        LatencySummary third = summary(2, 1, 10, 1, 10);

        LatencySummary joined = LatencySummary.join(List.of(one, other, third));

        LatencyPercentiles all = summary(5, 1, 30, 1, 2, 10, 10, 30).percentiles();
        assertThat(joined).isEqualTo(new LatencySummary("stage", 5, 1, 30, 2, -9, 5, 1, all));
        assertThat(LatencySummary.join(List.of(other)).min()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencySummary.join(List.of()))
                .withMessageContaining("at least one");
    }

    private static LatencySummary summary(long count, long min, long max, long... sampled) {
        Histogram histogram = SampledDistribution.newHistogram();
        for (long value : sampled) {
            histogram.recordValue(value);
        }
        return new LatencySummary("stage", count, min, max, 0, 0, sampled.length, 0, LatencyPercentiles.of(histogram));
    }
}
