package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How one source's watermark follows its rows. */
class SourceWatermarkTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final WatermarkStrategy<Object> TEN_BEHIND =
            WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(10));

    private static SourceWatermark watermark(WatermarkStrategy<?> strategy) {
        return new SourceWatermark("gateway", strategy, TimeUnit.MILLISECONDS, Rows.PUNCTUATION, 0);
    }

    /** The watermark after each of the rows. */
    private static long[] watermarks(SourceWatermark source, Rows rows) {
        long[] watermarks = new long[rows.count];
        for (int i = 0; i < rows.count; i++) {
            source.observe(rows.longs, rows.at(i));
            watermarks[i] = source.watermark();
        }
        return watermarks;
    }

    @Test
    void bounded_staysTheDelayBehindTheNewest() {
        assertThat(watermarks(watermark(TEN_BEHIND), Rows.of(5, 30, 20, 31))).containsExactly(-5, 20, 20, 21);
    }

    @Test
    void ascending_isTheNewest() {
        assertThat(watermarks(watermark(WatermarkStrategy.ascending()), Rows.of(-5, -5, 7)))
                .containsExactly(-5, -5, 7);
    }

    @Test
    void bounded_isHeldAtBothEnds() {
        assertThat(watermarks(watermark(TEN_BEHIND), Rows.of(MIN + 1, MIN + 10, MIN + 11)))
                .containsExactly(MIN, MIN, MIN + 1);
        assertThat(watermarks(watermark(WatermarkStrategy.ascending()), Rows.of(MAX - 1)))
                .containsExactly(MAX - 1);
    }

    @Test
    void punctuated_isWhatEventsSay_neverBackAndNeverTheEndOfTime() {
        Rows rows = Rows.of(1, 2, 3, 4, 5);
        long[] said = {MIN, 40, 30, MIN, MAX};
        for (int i = 0; i < said.length; i++) {
            rows.longs[rows.at(i) + Rows.PUNCTUATION] = said[i];
        }
        assertThat(watermarks(watermark(WatermarkStrategy.punctuated(e -> 0)), rows))
                .containsExactly(MIN, 40, 40, 40, MAX - 1);
    }

    @Test
    void manual_followsNoEvent() {
        SourceWatermark source = watermark(WatermarkStrategy.manual());
        assertThat(watermarks(source, Rows.of(100, 200))).containsExactly(MIN, MIN);
        assertThat(source.advanceTo(150)).isTrue();
        assertThat(watermarks(source, Rows.of(300))).containsExactly(150);
    }

    @Test
    void everyEvents_movesAtEachNth() {
        assertThat(watermarks(watermark(TEN_BEHIND.everyEvents(3)), Rows.of(20, 30, 25, 100, 26, 27, 28)))
                .containsExactly(MIN, MIN, 20, 20, 20, 90, 90);
    }

    @Test
    void everyStep_movesAtTheFirstEventAndWhenTheNewestHasGrownByTheStep() {
        WatermarkStrategy<Object> strategy = TEN_BEHIND.everyStep(Duration.ofMillis(5));
        assertThat(watermarks(watermark(strategy), Rows.of(20, 24, 25, 29, 31))).containsExactly(10, 10, 15, 15, 21);
    }

    @Test
    void everyStep_acrossMoreThanHalfOfTime_doesNotWrap() {
        WatermarkStrategy<Object> strategy = WatermarkStrategy.ascending().everyStep(Duration.ofMillis(5));
        assertThat(watermarks(watermark(strategy), Rows.of(MIN + 1, MAX - 1))).containsExactly(MIN + 1, MAX - 1);
    }

    @Test
    void everyInterval_movesByTheClockAlone() {
        SourceWatermark source = watermark(TEN_BEHIND.everyInterval(Duration.ofNanos(100)));
        assertThat(watermarks(source, Rows.of(20, 30))).containsExactly(MIN, MIN);
        assertThat(source.onClock(99)).isFalse();
        assertThat(source.onClock(100)).isTrue();
        assertThat(source.watermark()).isEqualTo(20);
        assertThat(watermarks(source, Rows.of(50))).containsExactly(20);
        assertThat(source.onClock(199)).isFalse();
        assertThat(source.onClock(250)).isTrue();
        assertThat(source.watermark()).isEqualTo(40);
        assertThat(source.onClock(350)).as("nothing new").isFalse();
    }

    @Test
    void everyInterval_onAClockThatWraps_keepsItsPace() {
        WatermarkStrategy<Object> strategy = TEN_BEHIND.everyInterval(Duration.ofNanos(100));
        SourceWatermark source = new SourceWatermark("gateway", strategy, TimeUnit.MILLISECONDS, 0, MAX - 10);
        watermarks(source, Rows.of(20));
        assertThat(source.onClock(MAX)).isFalse();
        assertThat(source.onClock(MIN + 89)).isTrue();
    }

    @Test
    void byHand_itGoesForwardOnly_andEventsGoOnFromThere() {
        SourceWatermark source = watermark(TEN_BEHIND);
        assertThat(source.advanceTo(100)).isTrue();
        assertThat(source.advanceTo(100)).isFalse();
        assertThat(source.advanceTo(99)).isFalse();
        assertThat(watermarks(source, Rows.of(105, 110, 111))).containsExactly(100, 100, 101);
        assertThat(source.advanceTo(MAX)).isTrue();
        assertThat(source.watermark()).isEqualTo(MAX);
    }

    @Test
    void theClockDoesNotUndoWhatTheHandDid() {
        SourceWatermark source = watermark(TEN_BEHIND.everyInterval(Duration.ofNanos(1)));
        watermarks(source, Rows.of(20));
        source.advanceTo(500);
        assertThat(source.onClock(1)).isFalse();
        assertThat(source.watermark()).isEqualTo(500);
    }

    @Test
    void itSaysWhatItIs() {
        SourceWatermark bounded = watermark(TEN_BEHIND);
        assertThat(bounded.name()).isEqualTo("gateway");
        assertThat(bounded.delay()).isEqualTo(10);
        assertThat(bounded.followsEvents()).isTrue();
        assertThat(watermark(WatermarkStrategy.manual()).followsEvents()).isFalse();
        assertThat(bounded.hasSent()).isFalse();
        assertThat(bounded.isIdle()).isFalse();
    }

    @Test
    void aDelayOrStepThatIsNoWholeNumberOfUnits_isRefused() {
        Duration odd = Duration.ofNanos(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watermark(WatermarkStrategy.boundedOutOfOrderness(odd)))
                .withMessageContaining("delay PT0.000000001S is no whole number of MILLISECONDS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> watermark(TEN_BEHIND.everyStep(odd)))
                .withMessageContaining("watermark step PT0.000000001S is no whole number of MILLISECONDS");
        assertThat(watermark(TEN_BEHIND.everyInterval(odd).withIdleTimeout(odd)).watermark())
                .as("wall-clock durations are nanoseconds whatever the unit")
                .isEqualTo(MIN);
    }
}
