package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Panes that the clock gives, 100 ns after the first new event; windows of 10, allowed lateness 5. */
class PerWindowClockTest {
    private static final Firing CLOCK = Firing.everyClock(Duration.ofNanos(100));

    private static PaneHarness tumbling(Trigger trigger) {
        return PaneHarness.of(Windows.tumbling(millis(10))).lateness(5).trigger(trigger);
    }

    private static PaneHarness early() {
        return tumbling(Trigger.afterWatermark().early(CLOCK));
    }

    private static PaneHarness repeatedly() {
        return tumbling(Trigger.repeatedly(CLOCK));
    }

    @Test
    void aPaneComesSoLongAfterTheFirstNewEvent_exactly() {
        PaneHarness harness = early().clock(1_000).event(1).clock(1_050).event(2);
        assertThat(harness.clock(1_099).take()).isEmpty();
        assertThat(harness.clock(1_100).take()).containsExactly("1 [0,10) EARLY0 2:2");
    }

    @Test
    void withNothingNew_theClockRests_andTheNextEventArmsItAnew() {
        PaneHarness harness = early().clock(0).event(1).clock(100);
        assertThat(harness.take()).hasSize(1);
        assertThat(harness.clock(1_000).take()).isEmpty();
        assertThat(harness.event(2).clock(1_099).take()).isEmpty();
        assertThat(harness.clock(1_100).take()).containsExactly("1 [0,10) EARLY1 2:2");
    }

    @Test
    void aReadingFarLater_givesOnePane() {
        PaneHarness harness = early().clock(0).event(1);
        assertThat(harness.clock(1_000_000_000).take()).containsExactly("1 [0,10) EARLY0 1:1");
        assertThat(harness.clock(2_000_000_000).take()).isEmpty();
    }

    @Test
    void anotherPane_unsetsTheClock() {
        Trigger trigger = Trigger.afterWatermark().early(Firing.firstOf(CLOCK, Firing.everyEvents(2)));
        PaneHarness harness = tumbling(trigger).clock(0).event(1).clock(60).event(2);
        assertThat(harness.take()).containsExactly("1 [0,10) EARLY0 2:2");
        harness.event(3);
        assertThat(harness.clock(100).take()).as("what the first event armed").isEmpty();
        assertThat(harness.clock(159).take()).isEmpty();
        assertThat(harness.clock(160).take()).containsExactly("1 [0,10) EARLY1 3:3");
    }

    @Test
    void thePaneOfTheEnd_unsetsTheClock() {
        PaneHarness harness = early().clock(0).event(1).watermark(10);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.clock(100).take()).isEmpty();
    }

    @Test
    void afterTheEnd_theClockOfEarlyPanesCountsNoMore() {
        PaneHarness harness = tumbling(Trigger.afterWatermark().early(CLOCK).lateEvery(3))
                .clock(0)
                .event(1)
                .watermark(10)
                .event(2);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.clock(1_000).take()).isEmpty();
        assertThat(harness.watermark(15).take()).containsExactly("1 [0,10) LATE1 2:2 last");
    }

    @Test
    void repeatedly_theClockCountsAfterTheEndToo() {
        PaneHarness harness = repeatedly().clock(0).event(1).watermark(10);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.clock(100).take()).containsExactly("1 [0,10) ON_TIME0 1:1");
        assertThat(harness.event(2).clock(199).take()).isEmpty();
        assertThat(harness.clock(200).take()).containsExactly("1 [0,10) LATE1 2:2");
        assertThat(harness.watermark(15).take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void repeatedly_theExpiryComesFirst_andNothingIsLeftForTheClock() {
        PaneHarness harness = repeatedly().clock(0).event(1).watermark(15);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1 last");
        assertThat(harness.clock(100).take()).isEmpty();
        assertThat(harness.isEmpty()).isTrue();
    }

    @Test
    void theEntryOfAWindowThatIsGone_isNotTakenForItsSuccessor() {
        PaneHarness harness = early().clock(0).event(1).watermark(15).clock(50).event(21);
        assertThat(harness.take()).containsExactly("1 [0,10) ON_TIME0 1:1 last");
        assertThat(harness.clock(100).take()).isEmpty();
        assertThat(harness.clock(150).take()).containsExactly("1 [20,30) EARLY0 1:1");
    }

    @Test
    void whatIsDueTogether_comesByEndStartAndAge() {
        PaneHarness harness = early().clock(0).event(11, 1, 1).event(1, 2, 1).event(2, 3, 1);
        assertThat(harness.clock(100).take())
                .containsExactly("2 [0,10) EARLY0 1:1", "3 [0,10) EARLY0 1:1", "1 [10,20) EARLY0 1:1");
    }

    @Test
    void readingsBelowZero_areAsGood() {
        PaneHarness harness = early().clock(-150).event(1);
        assertThat(harness.clock(-51).take()).isEmpty();
        assertThat(harness.clock(-50).take()).containsExactly("1 [0,10) EARLY0 1:1");
    }

    /** A monotonic clock may begin anywhere, and then wraps. */
    @Test
    void aReadingThatWrapsAround_isLater() {
        PaneHarness harness = early().clock(Long.MAX_VALUE - 50).event(1);
        assertThat(harness.clock(Long.MAX_VALUE - 1).take()).isEmpty();
        assertThat(harness.clock(Long.MIN_VALUE + 48).take()).isEmpty();
        assertThat(harness.clock(Long.MIN_VALUE + 49).take()).containsExactly("1 [0,10) EARLY0 1:1");
    }

    @Test
    void aDeadlineBeforeTheWrap_isMetAfterIt() {
        PaneHarness harness = early().clock(Long.MAX_VALUE - 150).event(1);
        assertThat(harness.clock(Long.MIN_VALUE + 10).take()).containsExactly("1 [0,10) EARLY0 1:1");
    }

    @Test
    void theLargestReading_makesNothingDueByItself() {
        PaneHarness harness = early().clock(Long.MAX_VALUE - 50).event(1);
        assertThat(harness.clock(Long.MAX_VALUE).take()).isEmpty();
    }
}
