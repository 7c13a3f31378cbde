package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sessions in whole units: a gap of their own or of each event, with a longest or without. */
class SessionWindowsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static SessionWindows in(WindowAssigner<?> assigner, TimeUnit unit) {
        return (SessionWindows) assigner.in(unit);
    }

    @Test
    void gapAndLongest_areInUnits() {
        SessionWindows sessions = in(Windows.session(SECOND, SECOND.multipliedBy(3)), TimeUnit.MICROSECONDS);
        assertThat(sessions.gap()).isEqualTo(1_000_000);
        assertThat(sessions.longest()).isEqualTo(3_000_000);
        assertThat(sessions.gapFromEvent()).isFalse();
    }

    @Test
    void unlessSaid_thereIsNoLongest() {
        assertThat(in(Windows.session(SECOND), TimeUnit.SECONDS).longest()).isEqualTo(Long.MAX_VALUE);
        assertThat(in(Windows.sessionBy(event -> 1), TimeUnit.SECONDS).longest())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aGapFromTheEvent_isReadFromIt() {
        WindowAssigner<String> sessions = Windows.sessionBy(String::length, SECOND);
        assertThat(in(sessions, TimeUnit.MILLISECONDS).gapFromEvent()).isTrue();
        assertThat(in(sessions, TimeUnit.MILLISECONDS).longest()).isEqualTo(1_000);
        assertThat(sessions.inputs())
                .singleElement()
                .satisfies(input -> assertThat(input.applyAsLong("four")).isEqualTo(4));
        assertThat(Windows.session(SECOND).inputs()).isEmpty();
    }

    @Test
    void theLongest_isNoShorterThanTheGap() {
        assertThat(in(Windows.session(SECOND, SECOND), TimeUnit.SECONDS).longest())
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.session(SECOND, SECOND.minusNanos(1)))
                .withMessageContaining("shorter than the gap");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.sessionBy(event -> 1, Duration.ZERO))
                .withMessageContaining("longest session must be positive");
    }

    @Test
    void whatIsNoWholeNumberOfUnits_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(Windows.session(SECOND, SECOND.plusMillis(1)), TimeUnit.SECONDS))
                .withMessageContaining("longest session");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(Windows.session(SECOND.plusMillis(1)), TimeUnit.SECONDS))
                .withMessageContaining("session gap");
    }
}
