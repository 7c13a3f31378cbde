package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The result of a percentile aggregation. */
class PercentilesTest {

    private final Percentiles percentiles = new Percentiles(new double[] {0, 50, 99}, new long[] {1, 5, 9}, 10, 1, 10);

    @Test
    void value_isFoundByThePercentileAskedFor() {
        assertThat(percentiles.value(50)).isEqualTo(5);
        assertThat(percentiles.value(99)).isEqualTo(9);
        assertThat(percentiles.value(-0.0)).isEqualTo(1);
    }

    @Test
    void percentileNotAskedFor_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> percentiles.value(90))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("90.0")
                .hasMessageContaining("[0.0, 50.0, 99.0]");
    }

    @Test
    void equality_isByValue() {
        Percentiles same = new Percentiles(new double[] {0, 50, 99}, new long[] {1, 5, 9}, 10, 1, 10);
        assertThat(percentiles).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(percentiles)
                .isNotEqualTo(new Percentiles(new double[] {0, 50, 99}, new long[] {1, 6, 9}, 10, 1, 10))
                .isNotEqualTo(new Percentiles(new double[] {0, 50, 99}, new long[] {1, 5, 9}, 11, 1, 10))
                .isNotEqualTo(new Percentiles(new double[] {0, 50, 99}, new long[] {1, 5, 9}, 10, 0, 10))
                .isNotEqualTo(new Percentiles(new double[] {0, 50, 99}, new long[] {1, 5, 9}, 10, 1, 11))
                .isNotEqualTo(new Percentiles(new double[] {0, 60, 99}, new long[] {1, 5, 9}, 10, 1, 10));
    }

    @Test
    void text_namesEveryNumber() {
        assertThat(percentiles).hasToString("Percentiles[count=10, min=1, p0.0=1, p50.0=5, p99.0=9, max=10]");
    }
}
