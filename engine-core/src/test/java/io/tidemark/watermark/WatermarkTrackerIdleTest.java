package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sources that fall silent. Timeouts are 100 ns, the unit is a microsecond. */
class WatermarkTrackerIdleTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final TimeUnit UNIT = TimeUnit.MICROSECONDS;

    private WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, UNIT);

    private SourceWatermark open(String name, Duration delay) {
        WatermarkStrategy<?> strategy =
                WatermarkStrategy.boundedOutOfOrderness(delay).withIdleTimeout(Duration.ofNanos(100));
        SourceWatermark source = new SourceWatermark(name, strategy, UNIT, 0, 0);
        tracker.open(source, false, 0);
        return source;
    }

    private SourceWatermark open(String name) {
        return open(name, Duration.ZERO);
    }

    private long advance(SourceWatermark source, long watermark, long nowNanos) {
        tracker.active(source, nowNanos);
        source.advanceTo(watermark);
        tracker.enter(source);
        return tracker.update(source);
    }

    @Test
    void aSourceIsIdle_exactlyAtItsTimeout() {
        SourceWatermark talking = open("talking");
        SourceWatermark silent = open("silent");
        advance(silent, 10, 1_000);
        advance(talking, 50, 1_099);
        assertThat(tracker.onClock(1_099, 0)).isEqualTo(10);
        assertThat(silent.isIdle()).isFalse();
        assertThat(tracker.onClock(1_100, 0)).isEqualTo(50);
        assertThat(silent.isIdle()).isTrue();
        assertThat(tracker.holder()).isSameAs(talking);
    }

    @Test
    void oneThatNeverSent_isMeasuredFromTheStart() {
        SourceWatermark talking = open("talking");
        SourceWatermark mute = open("mute");
        tracker.start(5_000);
        advance(talking, 50, 5_050);
        assertThat(tracker.onClock(5_099, 0)).isEqualTo(MIN);
        assertThat(tracker.onClock(5_100, 0)).isEqualTo(50);
        assertThat(mute.hasSent()).isFalse();
        assertThat(talking.hasSent()).isTrue();
    }

    @Test
    void withoutATimeout_silenceHoldsForEver() {
        SourceWatermark talking = open("talking");
        SourceWatermark patient = new SourceWatermark("patient", WatermarkStrategy.ascending(), UNIT, 0, 0);
        tracker.open(patient, false, 0);
        advance(talking, 50, 0);
        assertThat(tracker.onClock(Long.MAX_VALUE, 0)).isEqualTo(MIN);
    }

    @Test
    void oneThatWakes_holdsTheWatermarkButNeverLowersIt() {
        SourceWatermark talking = open("talking");
        SourceWatermark silent = open("silent");
        advance(silent, 10, 0);
        advance(talking, 50, 100);
        tracker.onClock(100, 0);
        assertThat(advance(silent, 20, 150)).isEqualTo(50);
        assertThat(silent.isIdle()).isFalse();
        assertThat(advance(talking, 90, 160)).isEqualTo(50);
        assertThat(advance(silent, 70, 170)).isEqualTo(70);
    }

    @Test
    void heldWatermark_isWhatWouldBeWithoutIdleness() {
        SourceWatermark talking = open("talking");
        SourceWatermark silent = open("silent");
        advance(silent, 10, 0);
        advance(talking, 50, 100);
        tracker.onClock(100, 0);
        assertThat(tracker.heldWatermark()).isEqualTo(10);
        assertThat(advance(talking, 60, 120)).isEqualTo(60);
        assertThat(tracker.heldWatermark()).isEqualTo(10);
        advance(silent, 55, 130);
        assertThat(tracker.heldWatermark()).isEqualTo(55);
    }

    @Test
    void aStallOfTheEngine_isNobodysSilence() {
        SourceWatermark talking = open("talking");
        SourceWatermark waiting = open("waiting");
        advance(waiting, 10, 0);
        advance(talking, 50, 0);
        tracker.forgive(1_000);
        assertThat(tracker.onClock(1_099, 0)).isEqualTo(10);
        assertThat(tracker.onClock(1_100, 0)).as("all idle, on hold").isEqualTo(10);
        assertThat(waiting.isIdle()).isTrue();
    }

    @Test
    void allIdle_onHold_staysWhereItIs() {
        advance(open("one"), 10, 0);
        assertThat(tracker.onClock(1_000_000, 1_000_000)).isEqualTo(10);
        assertThat(tracker.holder()).isNull();
    }

    @Test
    void allIdle_following_goesOnAtThePaceOfTheClock() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        SourceWatermark one = open("one");
        advance(one, 10, 0);
        assertThat(tracker.onClock(99, 1_000)).as("still awake").isEqualTo(10);
        assertThat(tracker.onClock(5_000, 1_000)).as("idle from now on").isEqualTo(10);
        assertThat(tracker.onClock(5_999, 1_000)).isEqualTo(10);
        assertThat(tracker.onClock(6_000, 1_000)).isEqualTo(11);
        assertThat(tracker.onClock(25_500, 1_000)).isEqualTo(30);
        assertThat(tracker.heldWatermark()).isEqualTo(10);
    }

    @Test
    void following_neverPassesTheWallClockLessTheLargestDelay_andNeverGoesBackWithIt() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        SourceWatermark one = open("one", Duration.ofNanos(5_000));
        SourceWatermark other = open("other", Duration.ofNanos(2_000));
        advance(one, 10, 0);
        advance(other, 10, 0);
        tracker.onClock(1_000, 100);
        assertThat(tracker.onClock(1_000_000, 100)).as("100 - 5").isEqualTo(95);
        assertThat(tracker.onClock(1_001_000, 50)).as("the clock was set back").isEqualTo(95);
        assertThat(tracker.onClock(1_002_000, 200)).isEqualTo(195);
    }

    @Test
    void following_startsAfreshWhenASourceSpokeMeanwhile() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        SourceWatermark one = open("one");
        advance(one, 10, 0);
        tracker.onClock(1_000, 1_000_000);
        assertThat(tracker.onClock(21_000, 1_000_000)).isEqualTo(30);
        assertThat(advance(one, 20, 21_000)).as("behind what silence brought").isEqualTo(30);
        assertThat(tracker.onClock(21_050, 1_000_000)).isEqualTo(30);
        assertThat(tracker.onClock(22_000, 1_000_000)).isEqualTo(30);
        assertThat(tracker.onClock(24_000, 1_000_000)).isEqualTo(32);
    }

    @Test
    void following_startsAfreshThoughNoClockWasReadWhileTheSourceSpoke() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        SourceWatermark one = open("one");
        advance(one, 10, 0);
        tracker.onClock(1_000, 1_000_000);
        assertThat(tracker.onClock(21_000, 1_000_000)).isEqualTo(30);
        advance(one, 20, 21_000);
        assertThat(tracker.onClock(31_000, 1_000_000)).as("silent since 21,000").isEqualTo(30);
        assertThat(tracker.onClock(32_000, 1_000_000)).isEqualTo(31);
    }

    @Test
    void following_startsAfreshWhenASourceJoinedMeanwhile() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        advance(open("one"), 10, 0);
        tracker.onClock(1_000, 1_000_000);
        assertThat(tracker.onClock(21_000, 1_000_000)).isEqualTo(30);
        open("joined");
        tracker.forgive(21_000);
        assertThat(tracker.onClock(21_050, 1_000_000))
                .as("held by the one that joined")
                .isEqualTo(30);
        assertThat(tracker.onClock(31_000, 1_000_000)).isEqualTo(30);
        assertThat(tracker.onClock(32_000, 1_000_000)).isEqualTo(31);
    }

    @Test
    void following_beforeAnyEvent_thereIsNothingToGoOnFrom() {
        tracker = new WatermarkTracker(IdlePolicy.FOLLOW, UNIT);
        open("one");
        assertThat(tracker.onClock(1_000_000, 1_000_000)).isEqualTo(MIN);
    }
}
