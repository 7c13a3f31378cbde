package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowSpecTest {
    private static final Duration HALF = Duration.ofMillis(Long.MAX_VALUE / 2);

    private static WindowSpec<Object, Object, Long> with(WindowAssigner<Object> windows, long lateness) {
        return Stream.of("sums", windows).lateness(lateness).spec(result -> {}, late -> {});
    }

    @Test
    void negativeLateness_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Windows.global(), -1))
                .withMessage("allowed lateness must not be negative, got -1");
    }

    @Test
    void aWindowAndItsLateness_mustFitIntoALongTogether() {
        assertThat(with(Windows.tumbling(HALF), Long.MAX_VALUE / 2 + 1).allowedLateness())
                .isPositive();
        assertThat(with(Windows.global(), Long.MAX_VALUE).allowedLateness()).isEqualTo(Long.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Windows.tumbling(HALF), Long.MAX_VALUE / 2 + 2))
                .withMessage("window length " + Long.MAX_VALUE / 2 + " + allowed lateness " + (Long.MAX_VALUE / 2 + 2)
                        + " does not fit into 64 bits; shorten one of them");
        assertThatIllegalArgumentException().isThrownBy(() -> with(Windows.session(HALF), Long.MAX_VALUE));
    }
}
