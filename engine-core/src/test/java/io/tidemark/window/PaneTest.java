package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.Pane.Timing;
import org.junit.jupiter.api.Test;

class PaneTest {

    @Test
    void theUsualPanes_areShared() {
        assertThat(Pane.of(Timing.ON_TIME, 0, true)).isSameAs(Pane.of(Timing.ON_TIME, 0, true));
        assertThat(Pane.of(Timing.ON_TIME, 0, false)).isSameAs(Pane.of(Timing.ON_TIME, 0, false));
    }

    @Test
    void everyPane_saysWhatItWasMadeOf() {
        for (Timing timing : Timing.values()) {
            for (long number = 0; number < 3; number++) {
                assertThat(Pane.of(timing, number, false)).isEqualTo(new Pane(timing, number, false));
                assertThat(Pane.of(timing, number, true)).isEqualTo(new Pane(timing, number, true));
                assertThat(Pane.of(timing, number, true).first()).isEqualTo(number == 0);
            }
        }
    }
}
