package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A source that holds the watermark for a minute is named in the log, now and then. */
@ResourceLock(Resources.SYSTEM_ERR)
class EngineHolderWarningTest {

    private static List<String> warnings(Runnable run) {
        return LogCapture.of(run)
                .lines()
                .filter(line -> line.contains("WARN") && line.contains("has held the watermark"))
                .toList();
    }

    @Test
    void afterAMinute_theHolderIsNamed_onceInTenMinutes() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending());
        Source<Sale> slow = stepped.source("slow");
        Source<Sale> fast = stepped.source("fast");
        stepped.start();
        stepped.publish(slow, Sale.at(5));
        stepped.publish(fast, Sale.at(50));
        assertThat(warnings(() -> stepped.millis(59_999))).isEmpty();
        assertThat(warnings(() -> stepped.millis(1)))
                .singleElement()
                .asString()
                .contains("source slow", "at 5 for 60 s", "idle timeout");
        assertThat(warnings(() -> stepped.millis(599_999))).isEmpty();
        assertThat(warnings(() -> stepped.millis(1))).hasSize(1);
        stepped.publish(slow, Sale.at(6));
        assertThat(warnings(() -> stepped.steps.advanceClock(Duration.ofSeconds(59))))
                .isEmpty();
        stepped.complete();
    }

    @Test
    void aSourceThatNobodyWaitsFor_isNotNamed() {
        Stepped stepped = new Stepped(WatermarkStrategy.ascending()).start();
        stepped.publish(Sale.at(5));
        assertThat(warnings(() -> stepped.steps.advanceClock(Duration.ofDays(1))))
                .isEmpty();
        stepped.complete();
    }
}
