package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Panes of windows in which a key had nothing, up to a horizon behind its last window with events. */
class EmptyWindowsTest {
    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());

    private static WindowAssigner<Object> tumbling() {
        return Windows.tumbling(Duration.ofMillis(10));
    }

    private static WindowAssigner<Object> sliding() {
        return Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10));
    }

    private void advance(long watermark) {
        harness.chain.advanceTo(harness.sources.get(0), watermark);
    }

    private long liveEntries() {
        return harness.streams.get(0).liveEntries();
    }

    @Test
    void aKeyIsGivenNothing_exactlyUpToTheHorizon() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(20));
        harness.rows(Row.of(-13, 1, 5));
        advance(9);
        assertThat(harness.take())
                .containsExactly("sums 1 [-20,-10) ON_TIME0 last 1:5", "sums 1 [-10,0) ON_TIME0 last 0:0");
        assertThat(liveEntries()).isEqualTo(1);
        advance(10);
        assertThat(harness.take()).containsExactly("sums 1 [0,10) ON_TIME0 last 0:0");
        assertThat(liveEntries()).as("the next window lies behind the horizon").isZero();
        advance(1_000);
        assertThat(harness.take()).isEmpty();
    }

    @Test
    void aHorizonThatReachesNoFurtherWindow_givesNothing() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(9));
        harness.rows(Row.of(3, 1, 5));
        advance(100);
        assertThat(harness.take()).containsExactly("sums 1 [0,10) ON_TIME0 last 1:5");
        assertThat(liveEntries()).isZero();
    }

    @Test
    void aJump_walksTheWindowsWithinTheHorizonAndThenGoesToTheNextEvent() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(20));
        harness.rows(Row.of(3, 1, 5), Row.of(4_000_000_000_000_000_003L, 2, 7));
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [0,10) ON_TIME0 last 1:5",
                        "sums 1 [10,20) ON_TIME0 last 0:0",
                        "sums 1 [20,30) ON_TIME0 last 0:0",
                        "sums 2 [4000000000000000000,4000000000000000010) ON_TIME0 last 1:7",
                        "sums 2 [4000000000000000010,4000000000000000020) ON_TIME0 last 0:0",
                        "sums 2 [4000000000000000020,4000000000000000030) ON_TIME0 last 0:0");
        assertThat(liveEntries()).isZero();
    }

    @Test
    void anEventInALaterWindow_beginsTheHorizonAnew() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(10));
        harness.rows(Row.of(3, 1, 5), Row.of(13, 1, 6), Row.of(35, 1, 7));
        advance(1_000);
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [0,10) ON_TIME0 last 1:5",
                        "sums 1 [10,20) ON_TIME0 last 1:6",
                        "sums 1 [20,30) ON_TIME0 last 0:0",
                        "sums 1 [30,40) ON_TIME0 last 1:7",
                        "sums 1 [40,50) ON_TIME0 last 0:0");
    }

    @Test
    void windowsOfSeveralSlices_areEmptyOnceTheLastEventHasLeft() {
        harness.stream(Stream.of("sums", sliding()).emptyWindows(15).inOrder());
        harness.rows(Row.of(3, 1, 5), Row.of(13, 2, 6));
        advance(1_000);
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [-20,10) ON_TIME0 last 1:5",
                        "sums 1 [-10,20) ON_TIME0 last 1:5",
                        "sums 2 [-10,20) ON_TIME0 last 1:6",
                        "sums 1 [0,30) ON_TIME0 last 1:5",
                        "sums 2 [0,30) ON_TIME0 last 1:6",
                        "sums 2 [10,40) ON_TIME0 last 1:6",
                        "sums 1 [10,40) ON_TIME0 last 0:0",
                        "sums 2 [20,50) ON_TIME0 last 0:0");
        assertThat(liveEntries()).isZero();
    }

    @Test
    void aLateEvent_followsThePaneOfNothing() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(30).lateness(15));
        harness.rows(Row.of(3, 1, 5));
        advance(20);
        harness.take();
        harness.rows(Row.of(13, 1, 6), Row.of(14, 1, 7), Row.of(15, 2, 8));
        assertThat(harness.take())
                .containsExactly("sums 1 [10,20) LATE1 1:6", "sums 1 [10,20) LATE2 2:13", "sums 2 [10,20) LATE0 1:8");
    }

    @Test
    void withLateEvery_thePaneOfNothingIsThePaneBefore() {
        harness.stream(
                Stream.of("sums", tumbling()).emptyWindows(10).lateness(15).lateEvery(2));
        harness.rows(Row.of(3, 1, 5));
        advance(20);
        harness.take();
        harness.rows(Row.of(13, 1, 6));
        assertThat(harness.take()).isEmpty();
        advance(35);
        assertThat(harness.take()).containsExactly("sums 1 [10,20) LATE1 last 1:6", "sums 1 [20,30) ON_TIME0 0:0");
    }

    @Test
    void aLateEvent_bringsBackAKeyThatWasForgotten() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(10).lateness(15));
        harness.rows(Row.of(3, 1, 5));
        advance(21);
        harness.take();
        assertThat(liveEntries())
                .as("contents and number of the first, number of the second")
                .isEqualTo(2);
        harness.rows(Row.of(14, 1, 6));
        assertThat(harness.take()).containsExactly("sums 1 [10,20) LATE1 1:6");
        advance(40);
        assertThat(harness.take()).containsExactly("sums 1 [20,30) ON_TIME0 0:0");
    }

    @Test
    void aLateEventTooOldForTheHorizon_bringsNothingBack() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(10).lateness(100));
        advance(35);
        harness.rows(Row.of(3, 1, 5));
        assertThat(harness.take()).containsExactly("sums 1 [0,10) LATE0 1:5");
        assertThat(liveEntries()).as("contents and number").isEqualTo(2);
        advance(200);
        assertThat(harness.take()).isEmpty();
    }

    @Test
    void panesOfNothing_areNumberedOnlyWhileLatenessNeedsIt() {
        harness.stream(
                Stream.of("sums", tumbling()).emptyWindows(20).lateness(5).by(KeyLocation.Kind.OBJECT));
        harness.rows(Row.of(3, 1, 5));
        advance(24);
        assertThat(liveEntries()).as("horizon, number in [10, 20), key").isEqualTo(3);
        advance(25);
        assertThat(liveEntries()).as("horizon, key").isEqualTo(2);
        advance(30);
        assertThat(liveEntries()).as("number in [20, 30), key").isEqualTo(2);
        advance(35);
        assertThat(liveEntries()).isZero();
    }

    @Test
    void anObjectKey_isKeptAsLongAsItIsNamed() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(20).by(KeyLocation.Kind.OBJECT));
        harness.rows(Row.of(3, 1, 5));
        advance(10);
        harness.rows(Row.of(13, 2, 6));
        advance(20);
        harness.rows(Row.of(23, 3, 7));
        advance(30);
        assertThat(harness.failures).isEmpty();
        assertThat(harness.take())
                .containsExactly(
                        "sums k1 [0,10) ON_TIME0 last 1:5",
                        "sums k2 [10,20) ON_TIME0 last 1:6",
                        "sums k1 [10,20) ON_TIME0 last 0:0",
                        "sums k3 [20,30) ON_TIME0 last 1:7",
                        "sums k1 [20,30) ON_TIME0 last 0:0",
                        "sums k2 [20,30) ON_TIME0 last 0:0");
    }

    @Test
    void orderedKeysOfAnEmptyWindow_comeAsTheyWereFirstSeen() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(100).inOrder());
        // 9 comes first, though into a later window; 4 and 5 are in the first one only
        harness.rows(Row.of(33, 9, 1), Row.of(3, 5, 1), Row.of(4, 4, 1), Row.of(5, 9, 1), Row.of(14, 7, 1));
        advance(20);
        harness.take();
        advance(30);
        assertThat(harness.take())
                .containsExactly(
                        "sums 9 [20,30) ON_TIME0 last 0:0",
                        "sums 5 [20,30) ON_TIME0 last 0:0",
                        "sums 4 [20,30) ON_TIME0 last 0:0",
                        "sums 7 [20,30) ON_TIME0 last 0:0");
    }

    @Test
    void theOrderOfFirstArrivals_staysWhenOthersAreForgotten() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(10).inOrder());
        for (long key = 40; key > 0; key--) {
            harness.rows(Row.of(3, key, 1));
        }
        harness.rows(Row.of(13, 7, 1), Row.of(13, 30, 1), Row.of(13, 2, 1));
        advance(20);
        harness.take();
        assertThat(liveEntries()).isEqualTo(3);
        advance(30);
        assertThat(harness.take())
                .containsExactly(
                        "sums 30 [20,30) ON_TIME0 last 0:0",
                        "sums 7 [20,30) ON_TIME0 last 0:0",
                        "sums 2 [20,30) ON_TIME0 last 0:0");
    }

    @Test
    void windowsWithoutAKey_areGivenToo() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(10).by(KeyLocation.Kind.NONE));
        harness.rows(Row.of(3, 1, 5));
        harness.finish();
        assertThat(harness.take())
                .containsExactly("sums - [0,10) ON_TIME0 last 1:5", "sums - [10,20) ON_TIME0 last 0:0");
    }

    @Test
    void windowsHeldAtTheEndOfTime_areNotKnownToBeWithinTheHorizon() {
        harness.stream(Stream.of("sums", tumbling()).emptyWindows(1_000).lateness(5));
        // MAX is 7 behind a multiple of 10
        harness.rows(Row.of(Long.MAX_VALUE - 20, 1, 5), Row.of(Long.MAX_VALUE - 3, 2, 6));
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [9223372036854775780,9223372036854775790) ON_TIME0 last 1:5",
                        "sums 1 [9223372036854775790,9223372036854775800) ON_TIME0 last 0:0",
                        "sums 2 [9223372036854775800,9223372036854775807) ON_TIME0 last 1:6");
        assertThat(liveEntries()).isZero();
        assertThat(harness.streams.get(0).oldestOpenEnd()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void atTheBeginningOfTime_nothingIsGivenBeforeTheFirstEvent() {
        harness.stream(Stream.of("sums", sliding()).emptyWindows(10));
        harness.rows(Row.of(Long.MIN_VALUE + 1, 1, 5));
        advance(Long.MIN_VALUE + 60);
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [-9223372036854775808,-9223372036854775800) ON_TIME0 last 1:5",
                        "sums 1 [-9223372036854775808,-9223372036854775790) ON_TIME0 last 1:5",
                        "sums 1 [-9223372036854775808,-9223372036854775780) ON_TIME0 last 1:5",
                        "sums 1 [-9223372036854775800,-9223372036854775770) ON_TIME0 last 0:0");
        assertThat(liveEntries()).isZero();
    }

    @Test
    void theGlobalWindow_isNeverEmpty() {
        harness.stream(Stream.of("sums", Windows.global()).emptyWindows(1_000));
        harness.rows(Row.of(3, 1, 5));
        harness.finish();
        assertThat(harness.take())
                .containsExactly("sums 1 [-9223372036854775808,9223372036854775807) ON_TIME0 last 1:5");
        assertThat(liveEntries()).isZero();
    }

    @Test
    void whereNothingIsGiven_nothingIsRemembered() {
        harness.stream(
                Stream.of("sums", tumbling()).emptyWindows(1_000).silent().closing(ClosingBehavior.DISCARD));
        harness.rows(Row.of(3, 1, 5));
        advance(10);
        assertThat(harness.take()).isEmpty();
        assertThat(liveEntries()).isZero();
    }

    @Test
    void windowsThatLeaveTimeOut_areRefused() {
        Stream gaps = Stream.of("gaps", Windows.sliding(Duration.ofMillis(5), Duration.ofMillis(10)))
                .emptyWindows(20);
        assertThatThrownBy(() -> harness.stream(gaps))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gaps")
                .hasMessageContaining("20")
                .hasMessageContaining("a slide no longer than the size");
    }
}
