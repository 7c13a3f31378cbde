package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.function.ToLongFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WatermarkStrategyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static void refused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void whatMakesNoSense_isRefusedWithItsValue() {
        WatermarkStrategy<Object> strategy = WatermarkStrategy.ascending();
        refused(
                "delay must not be negative, got PT-1S",
                () -> WatermarkStrategy.boundedOutOfOrderness(SECOND.negated()));
        refused("idle timeout must be positive, got PT0S", () -> strategy.withIdleTimeout(Duration.ZERO));
        refused("watermark step must be positive, got PT-1S", () -> strategy.everyStep(SECOND.negated()));
        refused("watermark interval must be positive, got PT0S", () -> strategy.everyInterval(Duration.ZERO));
        refused("update the watermark every 1 or more events, got 0", () -> strategy.everyEvents(0));
        assertThatNullPointerException().isThrownBy(() -> WatermarkStrategy.punctuated(null));
    }

    @Test
    void aStrategy_saysWhatItDoes() {
        WatermarkStrategy<Object> bounded = WatermarkStrategy.boundedOutOfOrderness(SECOND);
        assertThat(bounded).hasToString("bounded out-of-orderness PT1S");
        assertThat(bounded.everyEvents(5)).hasToString("bounded out-of-orderness PT1S every 5 events");
        assertThat(bounded.everyStep(SECOND)).hasToString("bounded out-of-orderness PT1S every PT1S of event time");
        assertThat(WatermarkStrategy.manual().withIdleTimeout(SECOND)).hasToString("by hand, idle after PT1S");
        assertThat(WatermarkStrategy.punctuated(e -> 0).everyInterval(SECOND)).hasToString("punctuated every PT1S");
    }

    @Test
    void refinements_keepWhatWasSaidBefore_andChangeOnlyTheirCopy() {
        ToLongFunction<Object> reader = e -> 0;
        WatermarkStrategy<Object> strategy = WatermarkStrategy.punctuated(reader);
        WatermarkStrategy<Object> refined =
                strategy.withIdleTimeout(SECOND).everyEvents(2).everyStep(SECOND);
        assertThat(refined.punctuation()).isSameAs(reader);
        assertThat(refined).hasToString("punctuated every PT1S of event time, idle after PT1S");
        assertThat(strategy).hasToString("punctuated");
        assertThat(WatermarkStrategy.ascending().punctuation()).isNull();
    }
}
