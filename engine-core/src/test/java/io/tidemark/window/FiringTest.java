package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiringTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void eachKind_saysWhatItWaitsFor_andNothingElse() {
        FiringCondition condition = window -> false;
        assertThat(Firing.everyEvents(3).events()).isEqualTo(3);
        assertThat(Firing.everyEvents(3).eventTime()).isNull();
        assertThat(Firing.everyEvents(3).clock()).isNull();
        assertThat(Firing.everyEvents(3).conditions()).isEmpty();
        assertThat(Firing.everyEventTime(SECOND).eventTime()).isEqualTo(SECOND);
        assertThat(Firing.everyEventTime(SECOND).events()).isZero();
        assertThat(Firing.everyClock(SECOND).clock()).isEqualTo(SECOND);
        assertThat(Firing.everyClock(SECOND).eventTime()).isNull();
        assertThat(Firing.when(condition).conditions()).containsExactly(condition);
        assertThat(Firing.when(condition).events()).isZero();
    }

    @Test
    void firstOf_takesTheSmallestNumberOfEvents_andAllConditions() {
        FiringCondition one = window -> false;
        FiringCondition other = window -> true;
        Firing first = Firing.firstOf(
                Firing.everyEvents(5),
                Firing.when(one),
                Firing.everyEvents(3),
                Firing.everyEvents(4),
                Firing.everyEventTime(SECOND),
                Firing.when(other),
                Firing.everyClock(SECOND.dividedBy(2)));
        assertThat(first.events()).isEqualTo(3);
        assertThat(first.eventTime()).isEqualTo(SECOND);
        assertThat(first.clock()).isEqualTo(SECOND.dividedBy(2));
        assertThat(first.conditions()).containsExactly(one, other);
        assertThat(Firing.firstOf(first).events()).isEqualTo(3);
    }

    @Test
    void twoStepsOrTwoIntervals_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Firing.firstOf(Firing.everyEventTime(SECOND), Firing.everyEventTime(SECOND)))
                .withMessage("firstOf() of two steps of event time, PT1S and PT1S; keep one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Firing.firstOf(Firing.everyClock(SECOND), Firing.everyClock(SECOND.dividedBy(2))))
                .withMessage("firstOf() of two clock intervals, PT1S and PT0.5S; keep one");
        assertThatIllegalArgumentException().isThrownBy(Firing::firstOf).withMessageContaining("at least one");
    }

    @Test
    void whatIsNotPositive_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Firing.everyEvents(0))
                .withMessageContaining("got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Firing.everyEventTime(Duration.ZERO))
                .withMessageContaining("step of event time");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Firing.everyClock(Duration.ofNanos(-1)))
                .withMessageContaining("clock interval");
    }

    @Test
    @SuppressWarnings("NullAway")
    void null_isRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Firing.when(null)).withMessage("condition");
        assertThatNullPointerException()
                .isThrownBy(() -> Firing.everyClock(null))
                .withMessageContaining("clock interval");
    }

    @Test
    void descriptions_areForPeopleToRead() {
        assertThat(Firing.everyEvents(3)).hasToString("every 3 events");
        assertThat(Firing.firstOf(
                        Firing.everyEvents(3),
                        Firing.everyEventTime(SECOND),
                        Firing.everyClock(SECOND),
                        Firing.when(window -> false)))
                .hasToString("every 3 events or every PT1S of event time or every PT1S of the clock or a condition");
    }
}
