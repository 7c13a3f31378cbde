package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One model behind another. */
class ReferenceStagesTest {
    private final ReferenceModel<String, Integer> tens = ReferenceModel.tumbling(10, 0);
    private final ReferenceModel<String, Integer> twenties = ReferenceModel.tumbling(20, 0);
    private final ReferenceStages<String, Integer, String, Integer> stages = new ReferenceStages<>(
            tens,
            twenties,
            pane -> "all",
            pane -> (pane.retraction() ? -1 : 1)
                    * pane.values().stream().mapToInt(i -> i).sum());

    @Test
    void panesOfAStep_enterBeforeItsWatermark() {
        stages.event(1, "a", 1);
        stages.event(19, "b", 2);
        stages.watermark(20); // [10, 20) counts in [0, 20), which this watermark closes

        assertThat(ExpectedTexts.of(twenties)).containsExactly("2 all [0, 20) [1, 2] ON_TIME 0 last");
    }

    @Test
    void latePane_isJudgedByTheSecondStagesLateness() {
        tens.allowedLateness(100);
        twenties.allowedLateness(5);
        stages.event(1, "a", 1);
        stages.watermark(24);
        stages.event(2, "a", 2);
        stages.watermark(25);
        stages.event(3, "a", 4);

        assertThat(ExpectedTexts.of(twenties))
                .containsExactly("1 all [0, 20) [1] ON_TIME 0", "2 all [0, 20) [1, 3] LATE 1");
        assertThat(twenties.late()).extracting(ExpectedLate::step).containsExactly(4);
    }

    @Test
    void retraction_entersBeforeThePaneThatReplacesIt() {
        tens.retracting().earlyEvery(1);
        stages.event(1, "a", 1);
        stages.event(2, "a", 2);
        stages.watermark(20);

        assertThat(ExpectedTexts.of(twenties)).containsExactly("2 all [0, 20) [1, -1, 3, -3, 3] ON_TIME 0 last");
    }

    @Test
    void clock_reachesBothStages_theFirstOnesPanesFirst() {
        tens.earlyClock(10);
        twenties.earlyClock(10);
        stages.event(1, "a", 1);
        stages.clock(10);
        stages.clock(19);
        stages.clock(20);

        assertThat(ExpectedTexts.of(twenties)).containsExactly("3 all [0, 20) [1] EARLY 0");
    }

    @Test
    void globalWindow_isStampedWithTheLastTimestamp() {
        var second = ReferenceModel.<String, Integer>global();
        var both = new ReferenceStages<>(
                ReferenceModel.<String, Integer>global(),
                second,
                ExpectedPane::key,
                pane -> pane.values().size());
        both.event(1, "a", 7);
        both.watermark(Long.MAX_VALUE);

        assertThat(second.panes()).extracting(ExpectedPane::values).containsExactly(List.of(1));
    }
}
