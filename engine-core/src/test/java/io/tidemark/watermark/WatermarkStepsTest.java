package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Steps that one decides and several follow. */
class WatermarkStepsTest {
    private static final int STRIDE = 2;
    private static final int POSITION = 1;

    private static SourceWatermark watermark(WatermarkStrategy<Object> strategy) {
        return new SourceWatermark("source", strategy, TimeUnit.MILLISECONDS, 1, 0);
    }

    private static SteppedWatermark follower(WatermarkSteps steps) {
        return steps.follow(watermark(WatermarkStrategy.ascending()), POSITION);
    }

    @Test
    void stepsAreSeen_whenTheyArePublished() {
        WatermarkSteps steps = new WatermarkSteps(4);
        SteppedWatermark follower = follower(steps);
        steps.add(-7);
        assertThat(follower.published()).isZero();
        steps.publish();
        assertThat(follower.published()).isEqualTo(1);
        assertThat(follower.watermark().watermark()).isEqualTo(Timestamps.NONE);
    }

    @Test
    void advance_stopsAtTheFirstStepThatReachesTheTarget() {
        long[] all = {Long.MIN_VALUE + 1, -20, -10, 0, 10, Long.MAX_VALUE};
        for (int from = 0; from < all.length; from++) {
            for (int first = from; first < all.length; first++) {
                WatermarkSteps steps = new WatermarkSteps(8);
                SteppedWatermark follower = follower(steps);
                for (long step : all) {
                    steps.add(step);
                }
                if (from > 0) {
                    follower.advance(from, Long.MAX_VALUE);
                }
                follower.advance(all.length, all[first]);
                assertThat(follower.position()).isEqualTo(first + 1);
                assertThat(follower.watermark().watermark()).isEqualTo(all[first]);
            }
        }
    }

    @Test
    void advance_belowTheTarget_goesAsFarAsItMay() {
        WatermarkSteps steps = new WatermarkSteps(4);
        SteppedWatermark follower = follower(steps);
        steps.add(-2);
        steps.add(-1);
        steps.add(3);
        follower.advance(2, 0);
        assertThat(follower.position()).isEqualTo(2);
        assertThat(follower.watermark().watermark()).isEqualTo(-1);
    }

    @Test
    void room_isWhatTheSlowestHasGivenBack() {
        WatermarkSteps steps = new WatermarkSteps(3); // rounded up to 4
        SteppedWatermark slow = follower(steps);
        SteppedWatermark fast = follower(steps);
        for (int i = 0; i < 4; i++) {
            assertThat(steps.hasRoom()).isTrue();
            steps.add(i);
        }
        assertThat(steps.hasRoom()).isFalse();
        fast.advance(4, Long.MAX_VALUE);
        fast.release();
        slow.advance(1, Long.MAX_VALUE);
        assertThat(steps.hasRoom()).isFalse();
        slow.release();
        assertThat(steps.hasRoom()).isTrue();
        steps.add(4);
        assertThat(steps.hasRoom()).isFalse();
        slow.advance(5, 4);
        assertThat(slow.watermark().watermark()).isEqualTo(4);
    }

    @Test
    void scan_stopsBehindAStepToTheTarget_andBeforeALowStamp() {
        WatermarkSteps steps = new WatermarkSteps(4);
        steps.add(-5);
        steps.add(0);
        steps.add(5);
        long[] rows = {-4, 0, -3, 1, 2, 2, 1, 3};
        assertThat(scanned(steps, rows, 5, -4)).isEqualTo(3); // the last row comes behind the step to 5
        assertThat(scanned(steps, rows, 0, -4)).isEqualTo(2);
        assertThat(scanned(steps, rows, 6, -4)).isEqualTo(4);
        assertThat(scanned(steps, rows, 6, -3)).isZero();
        assertThat(scanned(steps, rows, -5, -4)).isEqualTo(1);
    }

    private static int scanned(WatermarkSteps steps, long[] rows, long target, long low) {
        SteppedWatermark follower = follower(steps);
        int taken = follower.scan(rows, 0, STRIDE, rows.length / STRIDE, target, low);
        assertThat(follower.position()).isEqualTo(taken == 0 ? 0 : rows[(taken - 1) * STRIDE + POSITION]);
        return taken;
    }

    @Test
    void rowsThatAreQuiet_canBeLeftOut() {
        long seed = Long.getLong("seed", 99L);
        Random random = Seeds.random(seed);
        WatermarkStrategy<Object> bounded = WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(5));
        for (WatermarkStrategy<Object> strategy : List.of(
                WatermarkStrategy.ascending(),
                bounded,
                bounded.everyEvents(3),
                bounded.everyStep(Duration.ofMillis(4)),
                WatermarkStrategy.punctuated(event -> 0),
                WatermarkStrategy.manual())) {
            SourceWatermark all = watermark(strategy);
            SourceWatermark some = watermark(strategy);
            for (int i = 0; i < 2_000; i++) {
                long timestamp = random.nextInt(200) == 0 ? Long.MAX_VALUE - 2 : random.nextInt(40) - 1_000 + i / 10;
                timestamp = i < 3 ? Long.MIN_VALUE + 1 + i * 4L : i > 1_900 ? timestamp : Math.min(timestamp, 500);
                long[] row = {timestamp, timestamp - random.nextInt(9)};
                if (random.nextInt(20) == 0) {
                    assertThat(some.advanceTo(timestamp)).isEqualTo(all.advanceTo(timestamp));
                }
                all.observe(row, 0);
                if (timestamp > some.quietUpTo()) {
                    some.observe(row, 0);
                }
                assertThat(some.watermark())
                        .as("seed %d, %s, row %d", seed, strategy, i)
                        .isEqualTo(all.watermark());
            }
        }
    }
}
