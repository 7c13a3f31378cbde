package io.tidemark.testing;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.early;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static io.tidemark.window.Pane.Timing.EARLY;
import static io.tidemark.window.Pane.Timing.LATE;
import static io.tidemark.window.Pane.Timing.ON_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaneAssertionsTest {
    private static final TimeWindow FIRST = new TimeWindow(0, 10);
    private static final TimeWindow SECOND = new TimeWindow(10, 20);
    private static final String SECRET = "4929-1234";

    private record Reading(long at, String sensor, long value) {}

    private final SteppedEngine<Reading> engine = SteppedEngine.of(EventTimeEngine.<Reading>builder("readings")
            .timestamp(Reading::at)
            .watermark(WatermarkStrategy.ascending()));

    @BeforeEach
    void declare() {
        engine.engine()
                .keyBy(Reading::sensor)
                .window(Windows.tumbling(Duration.ofMillis(10)))
                .named("sums")
                .allowedLateness(Duration.ofMillis(5))
                .aggregate(Aggregators.sumExact(Reading::value))
                .dropLate()
                .onResult(engine.results());
        engine.engine()
                .window(Windows.tumbling(Duration.ofMillis(20)))
                .named("counts")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(engine.results());
        engine.start();
    }

    /** A correction in [0, 10) for "a"; step 4 is the end of input. */
    private void run() {
        engine.publish(new Reading(1, "a", 2));
        engine.publish(new Reading(2, "b", 3));
        engine.publish(new Reading(12, "a", 5));
        engine.publish(new Reading(9, "a", 7));
        engine.complete();
    }

    @Test
    void whatAnEngineGave_canBeSaidInEveryWay() {
        run();

        assertPanes(engine)
                .ofStream("sums")
                .hasSize(4)
                .areNumberedFromZero()
                .noneAfterExpiry(5)
                .ofKey("a")
                .hasValues(2, 9, 5)
                .hasCounts(1, 2, 1)
                .inWindow(0, 10)
                .hasPanes(ON_TIME, LATE)
                .exactly(
                        onTime().key("a")
                                .window(0, 10)
                                .value(2)
                                .count(1)
                                .number(0)
                                .step(2),
                        late().number(1).value(9L).step(3))
                .atStep(3)
                .hasPanes(LATE);
        assertPanes(engine).ofStream("counts").hasValues(4).endWithLast().exactly(onTime().last());
        assertPanes(engine).ofKey("c").isEmpty();
        assertPanes(engine).retractions().isEmpty();
        assertThat(assertPanes(engine).ofKey("b").observed()).hasSize(1);
    }

    @Test
    void theLastWordOnEach_counts() {
        run();

        assertPanes(engine)
                .ofKey("a")
                .inWindow(0, 10)
                .hasSize(2)
                .inWindow(10, 20)
                .hasSize(1)
                .ofKey("b")
                .isEmpty()
                .inWindow(0, 10)
                .hasSize(1);
    }

    @Test
    void streamThatTheEngineDoesNotHave_isRefused() {
        assertThatThrownBy(() -> assertPanes(engine).ofStream("sum"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sum");
    }

    @Test
    void keysAndValues_areComparedAsWholeNumbers() {
        give(1L, FIRST, ON_TIME, 0, false, 1L);
        give(2, FIRST, ON_TIME, 0, false, 1.0);

        assertPanes(engine).ofKey(1).hasValues(1).exactly(onTime().key(1).value((short) 1));
        assertPanes(engine).ofKey(2L).hasValues(1.0);
        assertFails(() -> assertPanes(engine).ofKey(2).hasValues(1), "expected values [1]");
        assertPanes(engine).ofKey("1").isEmpty();
    }

    @Test
    void retractions_areNoPanes() {
        give(1, FIRST, EARLY, 0, false, 10);
        GivenResult retraction = new GivenResult(1, FIRST, new Pane(EARLY, 0, false), 10, true);
        engine.step(() -> engine.results().onResult(retraction));
        give(1, FIRST, ON_TIME, 1, true, 12);

        assertPanes(engine).areNumberedFromZero().endWithLast().exactly(early(), onTime());
        assertPanes(engine).retractions().exactly(early().value(10).step(1));
    }

    @Test
    void aDemandThatFails_saysWhatWasExpectedAndWhatCameAtWhichStep() {
        run();

        assertThatThrownBy(() -> assertPanes(engine)
                        .ofStream("sums")
                        .ofKey("a")
                        .inWindow(0, 10)
                        .hasPanes(ON_TIME, EARLY))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("panes of sums of key a in [0, 10): expected timings [ON_TIME, EARLY]; number 1, at step 3,"
                        + " is another\nfound 2:\n  step 2: sums [0, 10) ON_TIME 0, count 1, value 2\n  step 3: sums [0, 10)"
                        + " LATE 1, count 2, value 9");
    }

    @Test
    void tooFewAndTooMany_fail() {
        run();
        PaneAssertions panes = assertPanes(engine).ofKey("a").inWindow(0, 10);

        assertFails(() -> panes.hasPanes(ON_TIME), "number 1, at step 3, is one too many");
        assertFails(() -> panes.hasPanes(ON_TIME, LATE, LATE), "number 2 is missing");
        assertFails(() -> panes.hasValues(), "number 0, at step 2, is one too many");
        assertFails(panes::isEmpty, "expected a number of 0; there are 2");
        assertFails(() -> panes.hasSize(3), "expected a number of 3; there are 2");
        assertFails(() -> panes.hasCounts(1, 1), "expected counts [1, 1]; number 1");
    }

    @Test
    void everyPartOfAPattern_isLookedAt() {
        give("a", FIRST, ON_TIME, 0, false, 5);

        assertPanes(engine)
                .exactly(onTime().key("a")
                        .window(0, 10)
                        .value(5)
                        .count(3)
                        .number(0)
                        .step(0));
        for (PanePattern other : List.of(
                early(),
                late(),
                onTime().key("b"),
                onTime().window(0, 11),
                onTime().value(6),
                onTime().count(2),
                onTime().number(1),
                onTime().step(1),
                onTime().last())) {
            assertFails(() -> assertPanes(engine).exactly(other), "expected panes [" + other + "]");
        }
        assertThat(onTime().key("b")
                        .window(0, 11)
                        .value(6)
                        .count(2)
                        .number(1)
                        .step(3)
                        .last())
                .hasToString("ON_TIME 1 last of key b in [0, 11) with value 6 with count 2 at step 3");
    }

    @Test
    void aHoleInTheNumbers_isFound_perKeyAndWindow() {
        give("a", FIRST, ON_TIME, 0, false, 5);
        give("b", FIRST, ON_TIME, 0, false, 5);
        give("a", SECOND, ON_TIME, 0, false, 5);
        give("b", FIRST, LATE, 1, false, 5);
        assertPanes(engine).areNumberedFromZero();

        give("b", FIRST, LATE, 3, false, 5);
        assertFails(() -> assertPanes(engine).areNumberedFromZero(), "not so: step 4: sums [0, 10) LATE 3");
    }

    @Test
    void aLastPaneThatIsMissingOrNotLast_isFound() {
        give("a", FIRST, ON_TIME, 0, false, 5);
        give("a", FIRST, LATE, 1, true, 5);
        give("b", FIRST, ON_TIME, 0, true, 5);
        assertPanes(engine).endWithLast();

        give("b", FIRST, LATE, 1, true, 5);
        assertFails(() -> assertPanes(engine).endWithLast(), "not so: step 2");
        give("c", FIRST, LATE, 0, false, 5);
        assertFails(() -> assertPanes(engine).ofKey("c").endWithLast(), "not so: step 4");
    }

    @Test
    void aPaneAfterTheExpiry_isFound_notOneAtIt() {
        engine.advanceTo(14);
        engine.step(() -> {
            engine.results().onResult(result("a", FIRST, LATE, 0, false, 5));
            engine.engine().advanceTo(15);
        });
        assertPanes(engine).noneAfterExpiry(5);
        assertFails(
                () -> assertPanes(engine).noneAfterExpiry(4), "none after the expiry of its window; not so: step 1");

        give("a", FIRST, LATE, 1, false, 5);
        assertFails(() -> assertPanes(engine).noneAfterExpiry(5), "not so: step 2");
        assertPanes(engine).noneAfterExpiry(6);
        assertPanes(engine).noneAfterExpiry(Long.MAX_VALUE);
    }

    @Test
    void aDemandOnEachPane_failsIfThereIsNone() {
        assertFails(() -> assertPanes(engine).areNumberedFromZero(), "there is none at all");
        assertFails(() -> assertPanes(engine).endWithLast(), "there is none at all");
        assertFails(() -> assertPanes(engine).noneAfterExpiry(0), "there is none at all");
        assertPanes(engine).isEmpty().hasPanes().hasValues().exactly();
    }

    @Test
    void messages_showNoKeyThatTheTestDidNotName_andNoValueThatMayHoldOne() {
        give(SECRET, FIRST, ON_TIME, 0, false, List.of(SECRET));
        give(SECRET, FIRST, LATE, 1, false, SECRET);

        assertThatThrownBy(() -> assertPanes(engine).isEmpty())
                .hasMessageContaining("LATE 1, count 3, value a String")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> assertPanes(engine).exactly(onTime().key("a")))
                .hasMessageContaining("of key a")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> assertPanes(engine).ofKey(SECRET).isEmpty()).hasMessageContaining(SECRET);
    }

    @Test
    void manyPanes_areNotAllShown() {
        for (int i = 0; i < 23; i++) {
            give("a", FIRST, LATE, i, false, i);
        }

        assertThatThrownBy(() -> assertPanes(engine).isEmpty())
                .hasMessageContaining("found 23:")
                .hasMessageContaining("value 19")
                .hasMessageNotContaining("value 20")
                .hasMessageEndingWith("and 3 more");
    }

    /** One step that gives one result. */
    private void give(Object key, TimeWindow window, Timing timing, long number, boolean last, Object value) {
        engine.step(() -> engine.results().onResult(result(key, window, timing, number, last, value)));
    }

    private static GivenResult result(
            Object key, TimeWindow window, Timing timing, long number, boolean last, Object value) {
        return new GivenResult(key, window, new Pane(timing, number, last), value, false);
    }

    private static void assertFails(ThrowingCallable demand, String message) {
        assertThatThrownBy(demand).isExactlyInstanceOf(AssertionError.class).hasMessageContaining(message);
    }
}
