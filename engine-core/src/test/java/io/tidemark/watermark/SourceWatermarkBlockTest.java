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

/** A block taken at once leaves what a scan over its rows leaves, or nothing is taken. */
class SourceWatermarkBlockTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private static WatermarkStrategy<Object> bounded(long delay) {
        return WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(delay));
    }

    static List<WatermarkStrategy<Object>> rowByRow() {
        WatermarkStrategy<Object> punctuated = WatermarkStrategy.punctuated(e -> 0);
        return List.of(
                punctuated,
                punctuated.everyEvents(2),
                WatermarkStrategy.manual(),
                bounded(15).everyEvents(3),
                bounded(15).everyStep(Duration.ofMillis(7)),
                bounded(15).everyInterval(Duration.ofMillis(7)));
    }

    private static SourceWatermark watermark(WatermarkStrategy<?> strategy) {
        return new SourceWatermark("gateway", strategy, TimeUnit.MILLISECONDS, Rows.PUNCTUATION, 0);
    }

    private static long latest(Rows rows, int from, int count) {
        long latest = rows.timestamp(from);
        for (int row = from; row < from + count; row++) {
            latest = Math.max(latest, rows.timestamp(row));
        }
        return latest;
    }

    private static int scan(SourceWatermark source, Rows rows, int from, int count, long target) {
        return source.scan(rows.longs, rows.at(from), Rows.STRIDE, count, target);
    }

    @Test
    void aBlock_isTakenJustIfAScanTakesItAllAndStaysBelowTheTarget() {
        int atOnce = 0;
        for (long seed = 0; seed < 1_500; seed++) {
            Random random = Seeds.random(seed);
            long delay = List.of(0L, 1L, 15L, MAX).get(random.nextInt(4));
            long origin = List.of(0L, -1_000L, MIN + 40, MAX - 500).get(random.nextInt(4));
            Rows rows = Rows.random(random, 200, origin);
            SourceWatermark blocks = watermark(bounded(delay));
            SourceWatermark scanned = watermark(bounded(delay));
            for (int row = 0; row < rows.count; ) {
                String about = "seed " + seed + " row " + row;
                int count = Math.min(rows.count - row, 1 + random.nextInt(40));
                long reached = Timestamps.subtract(latest(rows, row, count), delay);
                long target = random.nextInt(5) == 0
                        ? MAX
                        : Math.max(
                                Timestamps.add(scanned.watermark(), 1), Timestamps.add(reached, random.nextInt(5) - 2));
                long before = blocks.watermark();
                boolean taken = blocks.takeBelow(target, latest(rows, row, count));
                if (!taken) {
                    assertThat(blocks.watermark()).as(about).isEqualTo(before);
                    count = scan(blocks, rows, row, count, target);
                } else {
                    atOnce++;
                }
                int expected = scan(scanned, rows, row, count, target);
                assertThat(expected).as(about).isEqualTo(count);
                assertThat(scanned.watermark() < target).as(about).isEqualTo(taken);
                assertThat(blocks.watermark()).as(about).isEqualTo(scanned.watermark());
                row += count;
                if (random.nextInt(10) == 0) {
                    long byHand = rows.timestamp(Math.min(row, rows.count - 1));
                    assertThat(blocks.advanceTo(byHand)).as(about).isEqualTo(scanned.advanceTo(byHand));
                }
            }
        }
        assertThat(atOnce).as("blocks taken at once").isGreaterThan(5_000);
    }

    @Test
    void theStampThatReachesTheTarget_isRefused_andTheOneBeforeIsTaken() {
        SourceWatermark source = watermark(bounded(10));
        assertThat(source.takeBelow(20, 30)).isFalse();
        assertThat(source.watermark()).as("nothing taken").isEqualTo(MIN);
        assertThat(source.takeBelow(20, 29)).isTrue();
        assertThat(source.watermark()).isEqualTo(19);
    }

    @Test
    void whatWasRefused_leavesNoTraceInWhatFollows() {
        SourceWatermark source = watermark(bounded(10));
        assertThat(source.takeBelow(-20, 1_000)).isFalse();
        assertThat(source.takeBelow(-20, -15)).isTrue();
        assertThat(source.watermark()).isEqualTo(-25);
    }

    @Test
    void anOlderBlock_doesNotTakeItBack() {
        SourceWatermark source = watermark(bounded(10));
        assertThat(source.takeBelow(MAX, 100)).isTrue();
        assertThat(source.takeBelow(MAX, 50)).isTrue();
        assertThat(source.watermark()).isEqualTo(90);
        assertThat(source.advanceTo(200)).isTrue();
        assertThat(source.takeBelow(MAX, 150)).isTrue();
        assertThat(source.watermark()).as("moved by hand").isEqualTo(200);
    }

    @Test
    void atTheEndsOfLong_itNeitherWrapsNorReaches() {
        SourceWatermark low = watermark(bounded(MAX));
        assertThat(low.takeBelow(MIN + 1, -2)).isTrue();
        assertThat(low.watermark()).as("held at the lower end").isEqualTo(MIN);
        assertThat(low.takeBelow(MIN + 1, 0)).isFalse();
        assertThat(low.takeBelow(0, MAX - 1)).isTrue();
        assertThat(low.watermark()).isEqualTo(-1);
        SourceWatermark high = watermark(bounded(0));
        assertThat(high.takeBelow(MAX - 1, MAX - 1)).isFalse();
        assertThat(high.takeBelow(MAX, MAX - 1)).isTrue();
        assertThat(high.watermark()).isEqualTo(MAX - 1);
    }

    @Test
    void everyEventSaidInSoManyWords_isTheUsualStrategy() {
        SourceWatermark source = watermark(bounded(5).everyEvents(1));
        assertThat(source.takeBelow(10, 5)).isTrue();
        assertThat(source.watermark()).isZero();
    }

    @ParameterizedTest
    @MethodSource("rowByRow")
    void whereRowsMatterOneByOne_noBlockIsTaken(WatermarkStrategy<Object> strategy) {
        for (long seed = 0; seed < 100; seed++) {
            Random random = Seeds.random(seed);
            Rows rows = Rows.random(random, 60, -40);
            SourceWatermark asked = watermark(strategy);
            SourceWatermark untouched = watermark(strategy);
            for (int row = 0; row < rows.count; row++) {
                assertThat(asked.takeBelow(MAX, rows.timestamp(row)))
                        .as("seed %d", seed)
                        .isFalse();
                asked.observe(rows.longs, rows.at(row));
                untouched.observe(rows.longs, rows.at(row));
                asked.onClock(row * 5_000_000L);
                untouched.onClock(row * 5_000_000L);
                assertThat(asked.watermark()).as("seed %d row %d", seed, row).isEqualTo(untouched.watermark());
            }
        }
    }

    @Test
    void theNewest_isAtMostWhatHasCome_orSaysNothingNew() {
        SourceWatermark source = watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(10)));
        assertThat(source.takeBelow(MAX, source.newest()))
                .as("taken again, it moves nothing")
                .isTrue();
        assertThat(source.watermark()).as("before anything has come").isEqualTo(Timestamps.NONE);
        source.takeBelow(MAX, 50);
        assertThat(source.newest()).isEqualTo(50);
        source.advanceTo(100);
        source.takeBelow(MAX, source.newest());
        assertThat(source.watermark()).as("moved by hand, and no further").isEqualTo(100);
        assertThat(watermark(WatermarkStrategy.manual()).newest()).isEqualTo(Timestamps.NONE);
        SourceWatermark everyThird = watermark(
                WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(10)).everyEvents(3));
        assertThat(everyThird.newest()).isEqualTo(Timestamps.NONE);
    }
}
