package io.tidemark.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {

    @Test
    void countAxisEndsAtARoundNumberAboveTheLargest() {
        assertThat(CountAxis.upTo(203, "").ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "50", "100", "150", "200", "250");
        assertThat(CountAxis.upTo(0, "").ticks()).extracting(Axis.Tick::label).containsExactly("0", "1");
        assertThat(CountAxis.upTo(0.8, "%").ticks())
                .last()
                .extracting(Axis.Tick::label)
                .isEqualTo("0.8%");
    }

    @Test
    void durationAxisIsLogarithmicAndHoldsWhatIsBeyondItsEnds() {
        DurationAxis axis = DurationAxis.around(1_500, 50_000_000, 0.05);
        assertThat(axis.low()).isEqualTo(1_000);
        assertThat(axis.high()).isEqualTo(86_400_000);
        assertThat(axis.fraction(0)).isZero();
        assertThat(axis.fraction(-5)).isZero();
        assertThat(axis.fraction(1e12)).isEqualTo(1);
        assertThat(axis.value(axis.fraction(60_000))).isCloseTo(60_000, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                60_000,
                3_600_000,
                86_400_000,
                2_678_400_000L,
                31_536_000_000L,
                3_153_600_000_000L,
                9_000_000_000_000_000L
            })
    void timeAxisHasAFewTicksWhateverTheSpan(long span) {
        long start = Instant.parse("2024-02-28T23:30:00Z").toEpochMilli();
        TimeAxis axis = new TimeAxis(start, start + span, ZoneId.of("America/New_York"));
        assertThat(axis.ticks())
                .hasSizeLessThanOrEqualTo(14)
                .allMatch(tick -> tick.value() >= start && tick.value() <= start + span);
    }

    @Test
    void timeAxisTicksAtLocalMidnight() {
        long start = Instant.parse("2024-03-09T05:00:00Z").toEpochMilli();
        TimeAxis axis = new TimeAxis(start, start + 3 * 86_400_000L, ZoneId.of("America/New_York"));
        assertThat(axis.ticks()).extracting(Axis.Tick::label).contains("9 Mar", "10 Mar", "11 Mar");
    }

    @Test
    void distributionAnswersExactly() {
        Distribution distribution =
                new Distribution(LongStream.rangeClosed(1, 100).map(i -> 101 - i));
        assertThat(distribution.percentile(50)).isEqualTo(50);
        assertThat(distribution.percentile(99)).isEqualTo(99);
        assertThat(distribution.max()).isEqualTo(100);
        assertThat(distribution.above(90)).isEqualTo(10);
        assertThat(distribution.above(0)).isEqualTo(100);
        assertThat(distribution.above(100)).isZero();
        assertThat(new Distribution(LongStream.empty()).percentile(50)).isZero();
    }
}
