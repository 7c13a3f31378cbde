package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TimeWindowTest {

    @Test
    void startIsInside_endIsNot() {
        TimeWindow window = new TimeWindow(-5, 10);
        assertThat(window.contains(-6)).isFalse();
        assertThat(window.contains(-5)).isTrue();
        assertThat(window.contains(9)).isTrue();
        assertThat(window.contains(10)).isFalse();
        assertThat(window).hasToString("[-5, 10)");
    }

    @Test
    void anEmptyOrReversedWindow_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(5, 5))
                .withMessage("a window needs start < end, got [5, 5)");
        assertThatIllegalArgumentException().isThrownBy(() -> new TimeWindow(Long.MAX_VALUE, Long.MIN_VALUE));
    }
}
