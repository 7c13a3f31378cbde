package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What follows from count, mean and population variance. */
class VarianceTest {

    @Test
    void sample_isOverOneLess() {
        assertThat(new Variance(8, 5, 4).sample()).isEqualTo(32.0 / 7);
        assertThat(new Variance(2, 0, 1).sample()).isEqualTo(2.0);
    }

    @Test
    void standardDeviation_isTheRootOfThePopulationVariance() {
        assertThat(new Variance(8, 5, 4).standardDeviation()).isEqualTo(2.0);
    }

    @Test
    void oneValue_hasAPopulationVarianceAndNoSampleVariance() {
        Variance one = new Variance(1, 5, 0);
        assertThat(one.standardDeviation()).isZero();
        assertThat(one.sample()).isNaN();
    }

    @Test
    void noValue_isNaNAndEqualsItself() {
        Variance none = new Variance(0, Double.NaN, Double.NaN);
        assertThat(none.sample()).isNaN();
        assertThat(none.standardDeviation()).isNaN();
        assertThat(none).isEqualTo(new Variance(0, Double.NaN, Double.NaN));
    }

    @Test
    void negativeCountOrVariance_isRefusedByName() {
        assertThatThrownBy(() -> new Variance(-1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count -1");
        assertThatThrownBy(() -> new Variance(1, 0, -0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("variance -0.5");
    }
}
