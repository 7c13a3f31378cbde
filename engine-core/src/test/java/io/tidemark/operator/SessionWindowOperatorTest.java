package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sessions with a gap of 10. */
class SessionWindowOperatorTest {
    private static final Stream SESSIONS = Stream.of("s", Windows.session(Duration.ofMillis(10)));

    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());

    private void advance(long watermark) {
        harness.chain.advanceTo(harness.sources.get(0), watermark);
    }

    @Test
    void eventsExactlyAGapApart_areOneSession_oneMoreAndTheyAreTwo() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(0, 1, 1), Row.of(10, 1, 1), Row.of(21, 1, 1));
        harness.finish();
        assertThat(harness.take()).containsExactly("s 1 [0,20) ON_TIME0 last 2:2", "s 1 [21,31) ON_TIME0 last 1:1");
    }

    @Test
    void anEarlierEventExactlyAGapBefore_touchesToo() {
        harness.stream(SESSIONS);
        harness.rows(Row.of(0, 1, 1), Row.of(-10, 1, 1), Row.of(-21, 1, 1));
        harness.finish();
        assertThat(harness.take()).containsExactly("s 1 [-21,-11) ON_TIME0 last 1:1", "s 1 [-10,10) ON_TIME0 last 2:2");
    }

    @Test
    void anEventBetween_makesOneOfTwo_andLeavesOtherKeysAlone() {
        harness.stream(SESSIONS);
        harness.batch(
                List.of(Row.of(0, 1, 1), Row.of(20, 1, 2), Row.of(40, 1, 4), Row.of(10, 2, 7), Row.of(10, 1, 8)), 0);
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "s 2 [10,20) ON_TIME0 last 1:7",
                        "s 1 [0,30) ON_TIME0 last 3:11",
                        "s 1 [40,50) ON_TIME0 last 1:4");
    }

    @Test
    void aLiveSessionKeepsALateEvent_andItsPanesAreNumberedOn() {
        harness.stream(SESSIONS.lateness(20));
        harness.rows(Row.of(0, 1, 1), Row.of(5, 1, 1));
        advance(15);
        harness.rows(Row.of(3, 1, 1), Row.of(4, 1, 1));
        advance(34);
        harness.rows(Row.of(3, 1, 1));
        advance(35);
        harness.rows(Row.of(3, 1, 1));
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [0,15) ON_TIME0 2:2",
                        "s 1 [0,15) LATE1 3:3",
                        "s 1 [0,15) LATE2 4:4",
                        "s 1 [0,15) LATE3 5:5",
                        "LateEvent[s from s0, LATE, timestamp 3, missed [3, 13), watermark 35] 1[1]");
    }

    @Test
    void newBounds_areANewWindow() {
        harness.stream(SESSIONS.lateness(20));
        harness.rows(Row.of(0, 1, 1));
        advance(10);
        harness.rows(Row.of(-5, 1, 1)); // still closed, bounds changed
        harness.rows(Row.of(9, 1, 1)); // open again
        advance(19);
        assertThat(harness.take())
                .containsExactly("s 1 [0,10) ON_TIME0 1:1", "s 1 [-5,10) LATE0 2:2", "s 1 [-5,19) ON_TIME0 3:3");
    }

    @Test
    void aSessionBornClosed_beginsWithALatePane() {
        harness.stream(SESSIONS.lateness(20));
        advance(100);
        harness.rows(Row.of(85, 1, 1), Row.of(70, 1, 1));
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [85,95) LATE0 1:1",
                        "LateEvent[s from s0, LATE, timestamp 70, missed [70, 80), watermark 100] 1[1]");
    }

    @Test
    void discarding_givesWhatIsNew() {
        harness.stream(SESSIONS.lateness(20).discarding());
        harness.rows(Row.of(0, 1, 1));
        advance(10);
        harness.rows(Row.of(3, 1, 2));
        harness.rows(Row.of(0, 1, 4));
        advance(13);
        assertThat(harness.take()).containsExactly("s 1 [0,10) ON_TIME0 1:1", "s 1 [0,13) ON_TIME0 2:6");
    }

    @Test
    void atBothEndsOfTime_edgesAreHeld() {
        harness.stream(SESSIONS);
        long first = Long.MIN_VALUE + 1;
        long last = Long.MAX_VALUE - 1;
        harness.rows(Row.of(first, 1, 1), Row.of(last, 1, 1), Row.of(last - 5, 1, 1));
        harness.finish();
        assertThat(harness.take())
                .containsExactly(
                        "s 1 [" + first + "," + (first + 10) + ") ON_TIME0 last 1:1",
                        "s 1 [" + (last - 5) + "," + Long.MAX_VALUE + ") ON_TIME0 last 2:2");
    }

    /** In whatever order events come, without a watermark between them the sessions are the same. */
    @Test
    void theOrderOfEvents_doesNotMatterBeforeTheWatermark() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                times.add((long) random.nextInt(600));
            }
            ChainHarness shuffled = new ChainHarness().source(WatermarkStrategy.manual()).stream(SESSIONS);
            List<Step> steps = times.stream()
                    .map(time -> Step.event(Row.of(time, 1, time)))
                    .toList();
            shuffled.run(steps, any -> 1 + random.nextInt(60)).finish();
            assertThat(shuffled.said).as("seed %d", seed).isEqualTo(sessionsOf(times));
        }
    }

    private static List<String> sessionsOf(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        List<String> sessions = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i) - sorted.get(i - 1) > 10) {
                List<Long> session = sorted.subList(from, i);
                sessions.add("s 1 [" + session.get(0) + "," + (sorted.get(i - 1) + 10) + ") ON_TIME0 last "
                        + session.size() + ":"
                        + session.stream().mapToLong(Long::longValue).sum());
                from = i;
            }
        }
        return sessions;
    }
}
