package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.window.ClosingBehavior;
import org.junit.jupiter.api.Test;

/** What the model takes back, and what it leaves out because it would be the same. */
class ReferenceRetractionTest {

    @Test
    void eachLaterPane_isPrecededByTheOneItReplaces() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0)
                .retracting()
                .earlyEvery(1)
                .allowedLateness(5);
        model.event(1, "a", 1);
        model.watermark(10);
        model.watermark(15); // expires: nothing is taken back

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "0 a [0, 10) [1] EARLY 0", "1 a [0, 10) [1] EARLY 0 taken back", "1 a [0, 10) [1] ON_TIME 1");
    }

    @Test
    void merge_takesBackThePanesOfAllParts_atTheNextPane() {
        var model = ReferenceModel.<String, Integer>session(10).retracting().allowedLateness(100);
        model.event(20, "a", 1);
        model.event(0, "a", 2);
        model.watermark(30);
        model.event(10, "a", 3);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "2 a [0, 10) [2] ON_TIME 0",
                        "2 a [20, 30) [1] ON_TIME 0",
                        "3 a [0, 10) [2] ON_TIME 0 taken back",
                        "3 a [20, 30) [1] ON_TIME 0 taken back",
                        "3 a [0, 30) [1, 2, 3] LATE 0 for [0, 10) [20, 30)");
    }

    @Test
    void mergesWithoutAPaneBetween_takeBackWhatTheFirstPartsGave() {
        var model = ReferenceModel.<String, Integer>session(10).retracting().allowedLateness(100);
        model.event(0, "a", 1);
        model.watermark(10);
        model.event(5, "a", 2); // [0, 15)
        model.event(9, "a", 3); // [0, 19)
        model.watermark(19);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [1] ON_TIME 0",
                        "4 a [0, 10) [1] ON_TIME 0 taken back",
                        "4 a [0, 19) [1, 2, 3] ON_TIME 0 for [0, 10)");
    }

    @Test
    void mergedSessionThatExpiresInSilence_takesBackAllTheSame() {
        var model = ReferenceModel.<String, Integer>session(10)
                .retracting()
                .lateEvery(9)
                .closing(ClosingBehavior.DISCARD)
                .allowedLateness(20);
        model.event(0, "a", 1);
        model.event(20, "a", 2);
        model.watermark(30);
        model.event(10, "b", 3); // born late: gives its pane at once
        model.watermark(35);
        assertThat(model.panes()).hasSize(3);
        model.event(12, "a", 4); // [12, 30) touches no one: [0, 10) is gone
        model.watermark(50);

        assertThat(ExpectedTexts.of(model).subList(3, 4)).containsExactly("6 a [20, 30) [2] ON_TIME 0 taken back");
        assertThat(model.panes()).hasSize(4);
    }

    @Test
    void unchangedLatePane_isNotGiven_andTakesNoNumber() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0)
                .retracting()
                .allowedLateness(100)
                .suppressUnchanged(values -> values.stream().mapToInt(i -> i).max());
        model.event(1, "a", 7);
        model.watermark(10);
        model.event(2, "a", 3);
        model.event(2, "a", 8);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [7] ON_TIME 0",
                        "3 a [0, 10) [7] ON_TIME 0 taken back",
                        "3 a [0, 10) [7, 3, 8] LATE 1");
    }

    @Test
    void unchangedOnTimePane_isGiven() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0)
                .earlyEvery(1)
                .suppressUnchanged(values -> values.stream().mapToInt(i -> i).max());
        model.event(1, "a", 7);
        model.event(2, "a", 3);
        model.watermark(10);

        assertThat(ExpectedTexts.of(model))
                .containsExactly("0 a [0, 10) [7] EARLY 0", "2 a [0, 10) [7, 3] ON_TIME 1 last");
    }

    @Test
    void mergedSessionsFirstPane_isGivenThoughUnchanged() {
        var model = ReferenceModel.<String, Integer>session(10)
                .allowedLateness(100)
                .suppressUnchanged(values -> values.stream().mapToInt(i -> i).max());
        model.event(0, "a", 7);
        model.watermark(40);
        model.event(5, "a", 3);
        model.event(6, "a", 2);

        assertThat(ExpectedTexts.of(model))
                .containsExactly(
                        "1 a [0, 10) [7] ON_TIME 0",
                        "2 a [0, 15) [7, 3] LATE 0 for [0, 10)",
                        "3 a [0, 16) [7, 3, 2] LATE 0 for [0, 15)");
    }

    @Test
    void panesThatAddUp_cannotBeLeftOut() {
        var model = ReferenceModel.<String, Integer>tumbling(10, 0).discarding().suppressUnchanged(values -> values);

        assertThatThrownBy(() -> model.event(1, "a", 1)).isInstanceOf(IllegalStateException.class);
    }
}
