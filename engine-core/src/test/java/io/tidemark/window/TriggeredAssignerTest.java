package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Windows that are what they are by their trigger. */
class TriggeredAssignerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void count_isTheGlobalWindow_givenRepeatedly() {
        WindowAssigner<Object> count = Windows.count(3);
        Trigger trigger = Objects.requireNonNull(count.ownTrigger());
        assertThat(trigger.firesAtEnd()).isFalse();
        assertThat(Objects.requireNonNull(trigger.firing()).events()).isEqualTo(3);
        assertThat(count.in(TimeUnit.SECONDS)).isInstanceOf(GlobalWindow.class);
        assertThat(count).hasToString("every 3 events");
    }

    @Test
    void timeOrCount_isTumbling_givenEarly() {
        WindowAssigner<Object> windows = Windows.timeOrCount(MINUTE, 3);
        Trigger trigger = Objects.requireNonNull(windows.ownTrigger());
        assertThat(trigger.firesAtEnd()).isTrue();
        assertThat(Objects.requireNonNull(trigger.firing()).events()).isEqualTo(3);
        assertThat(windows.in(TimeUnit.SECONDS).longestWindow()).isEqualTo(60);
        assertThat(windows).hasToString("tumbling PT1M or 3 events");
    }

    @Test
    void otherWindows_haveNone() {
        assertThat(Windows.tumbling(MINUTE).ownTrigger()).isNull();
        assertThat(Windows.following(MINUTE).ownTrigger()).isNull();
        assertThat(Windows.session(MINUTE).ownTrigger()).isNull();
    }

    @Test
    void aCountThatIsNotPositive_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.count(0)).withMessageContaining("got 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Windows.timeOrCount(MINUTE, -1));
    }

    @Test
    void theUnit_isCheckedAsForTheWindowsBehindIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.timeOrCount(Duration.ofMillis(1), 3).in(TimeUnit.SECONDS));
    }
}
