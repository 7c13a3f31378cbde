package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scan over many rows does what {@code observe} does row by row, and stops at exactly the right one. */
class SourceWatermarkScanTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    static List<WatermarkStrategy<Object>> strategies() {
        WatermarkStrategy<Object> bounded = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(15));
        WatermarkStrategy<Object> punctuated = WatermarkStrategy.punctuated(e -> 0);
        return List.of(
                bounded,
                WatermarkStrategy.ascending(),
                punctuated,
                WatermarkStrategy.manual(),
                bounded.everyEvents(3),
                bounded.everyStep(Duration.ofMillis(7)),
                bounded.everyInterval(Duration.ofMillis(7)),
                punctuated.everyEvents(2),
                punctuated.everyStep(Duration.ofMillis(7)));
    }

    private static SourceWatermark watermark(WatermarkStrategy<?> strategy) {
        return new SourceWatermark("gateway", strategy, TimeUnit.MILLISECONDS, Rows.PUNCTUATION, 0);
    }

    /** As the contract says, one row at a time. */
    private static int rowByRow(SourceWatermark source, Rows rows, int from, int count, long target) {
        int taken = 0;
        while (taken < count) {
            source.observe(rows.longs, rows.at(from + taken));
            taken++;
            if (source.watermark() >= target) {
                break;
            }
        }
        return taken;
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void scan_equalsRowByRow(WatermarkStrategy<Object> strategy) {
        for (long seed = 0; seed < 1_500; seed++) {
            Random random = Seeds.random(seed);
            long origin = List.of(0L, -1_000L, MIN + 40, MAX - 500).get(random.nextInt(4));
            Rows rows = Rows.random(random, 200, origin);
            SourceWatermark scanned = watermark(strategy);
            SourceWatermark observed = watermark(strategy);
            int row = 0;
            while (row < rows.count) {
                int count = Math.min(rows.count - row, 1 + random.nextInt(40));
                long target = random.nextInt(5) == 0
                        ? MAX
                        : Math.max(scanned.watermark(), Timestamps.subtract(origin, 60)) + 1 + random.nextInt(30);
                int expected = rowByRow(observed, rows, row, count, target);
                int taken = scanned.scan(rows.longs, rows.at(row), Rows.STRIDE, count, target);
                assertThat(taken)
                        .as("seed %d row %d target %d", seed, row, target)
                        .isEqualTo(expected);
                assertThat(scanned.watermark()).as("seed %d row %d", seed, row).isEqualTo(observed.watermark());
                row += taken;
                if (random.nextInt(10) == 0) {
                    long byHand = rows.timestamp(Math.min(row, rows.count - 1));
                    assertThat(scanned.advanceTo(byHand)).as("seed %d", seed).isEqualTo(observed.advanceTo(byHand));
                    scanned.onClock(seed * 1_000_000);
                    observed.onClock(seed * 1_000_000);
                }
            }
        }
    }

    @Test
    void theRowThatReachesTheTarget_isTaken() {
        SourceWatermark source = watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(10)));
        Rows rows = Rows.of(25, 29, 30, 31);
        assertThat(source.scan(rows.longs, rows.at(0), Rows.STRIDE, 4, 20)).isEqualTo(3);
        assertThat(source.watermark()).isEqualTo(20);
    }

    @Test
    void aTargetThatNoTimestampCanReach_takesAll() {
        SourceWatermark source = watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(MAX)));
        Rows rows = Rows.of(0, MAX - 1);
        assertThat(source.scan(rows.longs, rows.at(0), Rows.STRIDE, 2, 5)).isEqualTo(2);
        assertThat(source.watermark()).isEqualTo(-1);
    }
}
