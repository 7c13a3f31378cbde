package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the comparison lets pass where a recording's timing follows its engine's internals, and what not. */
class OutcomeTest {
    private static final Fired FIRST = fired(0, 5, 1, new Pane(Timing.EARLY, 0, false));
    private static final Fired SECOND = fired(3, 7, 2, new Pane(Timing.LATE, 1, false));

    @Test
    void timingAndNumber_doNotCount() {
        assertThat(differences(false, List.of(FIRST), fired(0, 5, 1, new Pane(Timing.LATE, 4, false))))
                .isEmpty();
    }

    @Test
    void stepValueCountAndLast_do() {
        for (Fired other : List.of(
                fired(1, 5, 1, new Pane(Timing.EARLY, 0, false)),
                fired(0, 6, 1, new Pane(Timing.EARLY, 0, false)),
                fired(0, 5, 2, new Pane(Timing.EARLY, 0, false)),
                fired(0, 5, 1, new Pane(Timing.EARLY, 0, true)))) {
            assertThat(differences(false, List.of(FIRST), other)).hasSize(1);
        }
    }

    @Test
    void paneWithNothingNew_isIgnored_andTheLastFlagBesideIt() {
        Fired again = fired(4, 7, 2, new Pane(Timing.ON_TIME, 2, true));
        Fired last = fired(3, 7, 2, new Pane(Timing.ON_TIME, 1, true));
        assertThat(differences(false, List.of(FIRST, SECOND, again), FIRST, last))
                .isEmpty();
        assertThat(differences(false, List.of(FIRST, last), FIRST, SECOND, again))
                .isEmpty();
        assertThat(differences(false, List.of(FIRST, SECOND), FIRST, last)).hasSize(1);
    }

    @Test
    void paneOfTheSameCount_isNewsWhereOnlyNewsIsShown() {
        Fired more = fired(4, 9, 2, new Pane(Timing.LATE, 2, false));
        Fired none = fired(5, 0, 0, new Pane(Timing.LATE, 3, true));
        assertThat(differences(true, List.of(FIRST, SECOND, more), FIRST, SECOND))
                .hasSize(1);
        assertThat(differences(true, List.of(FIRST, SECOND, none), FIRST, SECOND))
                .isEmpty();
    }

    @Test
    void missingPane_isADifference() {
        assertThat(differences(false, List.of(FIRST, SECOND), FIRST)).hasSize(1);
        assertThat(differences(false, List.of(FIRST), FIRST, SECOND)).hasSize(1);
    }

    private static List<String> differences(boolean discarding, List<Fired> expected, Fired... actual) {
        return outcome(expected).differencesBesidesTiming(outcome(List.of(actual)), true, discarding);
    }

    private static Outcome outcome(List<Fired> panes) {
        return new Outcome(panes, List.of(), List.of());
    }

    private static Fired fired(int step, long value, long count, Pane pane) {
        return new Fired(step, "a", 0, 10, value, new Detail(count, pane));
    }
}
