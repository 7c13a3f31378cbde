package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A LATE pane for every so many late events of a window in slices, and what becomes of the rest. */
class LateEveryTest {
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

    @Test
    void everyThirdLateEvent_givesAPaneOfAllSoFar() {
        harness.stream(Stream.of("sums", tumbling()).lateness(5).lateEvery(3));
        harness.rows(Row.of(-7, 1, 1));
        advance(0);
        harness.rows(Row.of(-7, 1, 10), Row.of(-8, 1, 20), Row.of(-9, 1, 30), Row.of(-9, 1, 40));
        assertThat(harness.take()).containsExactly("sums 1 [-10,0) ON_TIME0 1:1", "sums 1 [-10,0) LATE1 4:61");
        advance(4);
        assertThat(harness.take()).isEmpty();
        advance(5);
        assertThat(harness.take()).containsExactly("sums 1 [-10,0) LATE2 last 5:101");
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }

    @Test
    void aWindowBornLate_givesItsFirstPaneAtOnce() {
        harness.stream(Stream.of("sums", tumbling()).lateness(5).lateEvery(2));
        advance(10);
        harness.rows(Row.of(1, 1, 1));
        assertThat(harness.take()).containsExactly("sums 1 [0,10) LATE0 1:1");
        harness.rows(Row.of(2, 1, 2));
        assertThat(harness.take()).isEmpty();
        harness.rows(Row.of(3, 1, 3));
        assertThat(harness.take()).containsExactly("sums 1 [0,10) LATE1 3:6");
        advance(15);
        assertThat(harness.take()).as("no event is left over").isEmpty();
    }

    @Test
    void theRest_isDroppedIfTheWindowIsToCloseSilently() {
        harness.stream(Stream.of("sums", tumbling()).lateness(5).lateEvery(2).closing(ClosingBehavior.DISCARD));
        harness.rows(Row.of(1, 1, 1));
        advance(10);
        harness.take();
        harness.rows(Row.of(2, 1, 2));
        advance(15);
        assertThat(harness.take()).isEmpty();
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }

    @Test
    void inOneStep_theRestsOfExpiringWindowsComeBeforeTheClosingOnesOfAllStreams() {
        harness.stream(Stream.of("a", tumbling()).lateness(20).lateEvery(2)).stream(Stream.of("b", tumbling())).stream(
                Stream.of("c", sliding()).lateness(20).lateEvery(2));
        harness.rows(Row.of(1, 1, 1));
        advance(10);
        harness.rows(Row.of(2, 1, 2), Row.of(23, 1, 3));
        harness.take();
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "c 1 [-20,10) LATE1 last 2:3",
                        "a 1 [0,10) LATE1 last 2:3",
                        "c 1 [-10,20) ON_TIME0 last 2:3",
                        "c 1 [0,30) ON_TIME0 last 3:6",
                        "a 1 [20,30) ON_TIME0 last 1:3",
                        "b 1 [20,30) ON_TIME0 last 1:3",
                        "c 1 [10,40) ON_TIME0 last 1:3",
                        "c 1 [20,50) ON_TIME0 last 1:3");
    }

    @Test
    void theRestOfAWideWindow_holdsSlicesThatOtherWindowsNoLongerNeed() {
        harness.stream(Stream.of("sums", sliding()).lateness(20).lateEvery(2));
        harness.rows(Row.of(1, 1, 1), Row.of(11, 1, 10), Row.of(21, 1, 100));
        advance(30);
        harness.take();
        harness.rows(Row.of(22, 1, 200));
        advance(50);
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [0,30) LATE1 last 4:311",
                        "sums 1 [10,40) ON_TIME0 3:310",
                        "sums 1 [20,50) ON_TIME0 2:300");
    }

    @Test
    void orderedRests_comeAsTheirKeysFirstArrivedInTheWindow() {
        harness.stream(Stream.of("sums", sliding()).lateness(15).lateEvery(9).inOrder());
        List<Long> keys = new ArrayList<>();
        for (long key = 20; key > 0; key--) {
            harness.rows(Row.of(11, key, 1));
            keys.add(key);
        }
        harness.rows(Row.of(1, 3, 1), Row.of(-1, 99, 1));
        advance(30);
        for (long key = 1; key <= 20; key++) {
            harness.rows(Row.of(12, key, 1));
        }
        harness.take();
        advance(35);
        assertThat(harness.take())
                .as("many, so totals of all keys are carried on")
                .containsExactlyElementsOf(keys.stream()
                        .map(key -> "sums " + key + " [-10,20) LATE1 last " + (key == 3 ? "3:3" : "2:2"))
                        .toList());
        harness.rows(Row.of(13, 4, 1), Row.of(14, 17, 1));
        harness.take();
        advance(45);
        assertThat(harness.take())
                .filteredOn(line -> line.contains("LATE"))
                .containsExactlyElementsOf(keys.stream()
                        .map(key -> "sums " + key + " [0,30) LATE1 last "
                                + (key == 3 || key == 4 || key == 17 ? "3:3" : "2:2"))
                        .toList());
    }

    @Test
    void aFewOrderedRests_comeInTheSameOrder() {
        harness.stream(Stream.of("sums", sliding()).lateness(5).lateEvery(9).inOrder());
        harness.rows(
                Row.of(1, 2, 1),
                Row.of(2, 1, 1),
                Row.of(3, 3, 1),
                Row.of(11, 1, 1),
                Row.of(12, 2, 1),
                Row.of(13, 3, 1));
        advance(20);
        harness.rows(Row.of(14, 1, 1), Row.of(15, 2, 1));
        harness.take();
        advance(25);
        assertThat(harness.take()).containsExactly("sums 2 [-10,20) LATE1 last 3:3", "sums 1 [-10,20) LATE1 last 3:3");
    }
}
