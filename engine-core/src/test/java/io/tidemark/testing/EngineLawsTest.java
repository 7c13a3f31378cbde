package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EngineLawsTest {
    private static final TimeWindow FIRST = new TimeWindow(0, 10);

    private final List<Observed<WindowResult<?, ?>>> results = new ArrayList<>();

    @Test
    void watermarks_mayStayOrRise() {
        assertThatCode(() -> EngineLaws.checkWatermarks(List.of(Long.MIN_VALUE, 1L, 1L, Long.MAX_VALUE)))
                .doesNotThrowAnyException();
        assertBroken(() -> EngineLaws.checkWatermarks(List.of(1L, 0L)), "never goes back");
    }

    @Test
    void panesInOrder_areFine() {
        give(0, "a", Timing.EARLY, 0, false);
        give(1, "a", Timing.ON_TIME, 1, false);
        give(1, "b", Timing.ON_TIME, 0, true);
        give(2, "a", Timing.LATE, 2, false);
        give(2, "a", Timing.LATE, 3, true);

        assertThatCode(() -> check(5, 10, 12)).doesNotThrowAnyException();
    }

    @Test
    void missingNumber_breaks() {
        give(0, "a", Timing.ON_TIME, 0, false);
        give(0, "a", Timing.LATE, 2, false);

        assertBroken(() -> check(10), "numbered 0, 1, 2");
    }

    @Test
    void repeatedNumber_breaks() {
        give(0, "a", Timing.ON_TIME, 0, false);
        give(0, "a", Timing.LATE, 0, false);

        assertBroken(() -> check(10), "numbered 0, 1, 2");
    }

    @Test
    void secondOnTime_breaks() {
        give(0, "a", Timing.ON_TIME, 0, false);
        give(0, "a", Timing.ON_TIME, 1, false);

        assertBroken(() -> check(10), "at most one ON_TIME");
    }

    @Test
    void onTimeAfterLate_breaks() {
        give(0, "a", Timing.LATE, 0, false);
        give(0, "a", Timing.ON_TIME, 1, false);

        assertBroken(() -> check(10), "at most one ON_TIME");
    }

    @Test
    void paneAfterTheLast_breaks() {
        give(0, "a", Timing.ON_TIME, 0, true);
        give(0, "a", Timing.LATE, 1, false);

        assertBroken(() -> check(10), "follows the last");
    }

    @Test
    void onTimeBeforeTheEnd_breaks() {
        give(0, "a", Timing.ON_TIME, 0, false);

        assertBroken(() -> check(9), "from the end on");
    }

    @Test
    void earlyFromTheEndOn_breaks() {
        give(1, "a", Timing.EARLY, 0, false);

        assertBroken(() -> check(10, 10), "before the end");
    }

    @Test
    void paneAfterTheExpiry_breaks() {
        give(1, "a", Timing.LATE, 0, false);

        assertThatCode(() -> EngineLaws.checkPanes(results, List.of(14L, 15L), 5))
                .doesNotThrowAnyException();
        assertBroken(() -> EngineLaws.checkPanes(results, List.of(15L, 15L), 5), "expired");
        assertThatCode(() -> check(15, 15)).doesNotThrowAnyException();
    }

    @Test
    void retraction_takesBackTheLastPaneOnce() {
        give(0, "a", Timing.ON_TIME, 0, false);
        takeBack("a", Timing.ON_TIME, 0);
        give(0, "a", Timing.LATE, 1, false);
        takeBack("a", Timing.LATE, 1);
        assertThatCode(() -> check(10)).doesNotThrowAnyException();

        takeBack("a", Timing.LATE, 1);
        assertBroken(() -> check(10), "taken back is the last pane, once");
    }

    @Test
    void retractionOfAnotherPane_breaks() {
        give(0, "a", Timing.ON_TIME, 0, false);
        give(0, "a", Timing.LATE, 1, false);
        takeBack("a", Timing.ON_TIME, 0);

        assertBroken(() -> check(10), "taken back is the last pane, once");
    }

    private void check(long... watermarks) {
        EngineLaws.checkPanes(results, Arrays.stream(watermarks).boxed().toList(), Long.MAX_VALUE);
    }

    private static void assertBroken(ThrowingCallable check, String law) {
        assertThatThrownBy(check)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("broken law: ")
                .hasMessageContaining(law);
    }

    private void takeBack(String key, Timing timing, long number) {
        results.add(new Observed<>(0, new GivenResult(key, FIRST, new Pane(timing, number, false), 1L, true)));
    }

    /** A pane of [0, 10). */
    private void give(int step, String key, Timing timing, long number, boolean last) {
        results.add(new Observed<>(step, new GivenResult(key, FIRST, new Pane(timing, number, last), 1L, false)));
    }
}
