package io.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ThroughputTest {

    @Test
    void perSecond_divides_events_by_seconds() {
        assertThat(new Throughput(3_000, 1_500_000_000L).perSecond()).isEqualTo(2_000.0, within(1e-9));
        assertThat(new Throughput(0, 5).perSecond()).isZero();
    }

    @Test
    void perSecond_is_zero_while_no_time_has_passed() {
        assertThat(new Throughput(10, 0).perSecond()).isZero();
        assertThat(new Throughput(0, 0).perSecond()).isZero();
    }

    @Test
    void perSecond_stays_finite_at_the_ends() {
        assertThat(new Throughput(Long.MAX_VALUE, 1).perSecond()).isEqualTo(9.223372036854776e27, within(1e13));
        assertThat(new Throughput(1, Long.MAX_VALUE).perSecond()).isPositive().isLessThan(2e-10);
    }

    @Test
    void negative_parts_are_refused_by_value() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Throughput(-7, 1))
                .withMessageContaining("-7 in 1 ns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Throughput(1, -9))
                .withMessageContaining("1 in -9 ns");
    }
}
