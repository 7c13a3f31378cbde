package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two sources before one watermark. */
class OperatorChainSourcesTest {
    private final ChainHarness harness = new ChainHarness()
            .source(WatermarkStrategy.ascending()).source(WatermarkStrategy.ascending()).stream(
                    Stream.of("sums", Windows.tumbling(Duration.ofMillis(10))));

    private static Row slow(long timestamp) {
        return new Row(0, timestamp, 1, timestamp);
    }

    private static Row fast(long timestamp) {
        return new Row(1, timestamp, 2, timestamp);
    }

    @Test
    void theSlowerSource_closesTheWindows() {
        harness.batch(List.of(fast(3), fast(500)), 0);
        assertThat(harness.take()).isEmpty();
        harness.batch(List.of(slow(5), slow(9)), 0);
        assertThat(harness.take()).isEmpty();
        harness.batch(List.of(slow(10)), 0);
        assertThat(harness.take())
                .containsExactlyInAnyOrder("sums 1 [0,10) ON_TIME0 last 2:14", "sums 2 [0,10) ON_TIME0 last 1:3");
    }

    @Test
    void aSourceAheadOfTheOther_isLateForNothing() {
        harness.batch(List.of(fast(500), fast(3), fast(4)), 0);
        assertThat(harness.streams.get(0).late()).isZero();
        harness.batch(List.of(slow(500), slow(4)), 0);
        assertThat(harness.streams.get(0).late()).isEqualTo(1);
        assertThat(harness.take())
                .containsExactly(
                        "sums 2 [0,10) ON_TIME0 last 2:7",
                        "LateEvent[sums from s0, LATE, timestamp 4, missed [0, 10), watermark 500] 1[4]");
    }

    @Test
    void whenTheSlowerCloses_theFasterOneCountsFromItsNextRowOn() {
        harness.batch(List.of(slow(5)), 0);
        harness.batch(List.of(fast(500)), 0);
        harness.tracker.close(harness.sources.get(0));
        harness.batch(List.of(fast(7), fast(8)), 0);
        assertThat(harness.take())
                .containsExactly(
                        "sums 1 [0,10) ON_TIME0 last 1:5",
                        "LateEvent[sums from s1, LATE, timestamp 7, missed [0, 10), watermark 500] 2[7]",
                        "LateEvent[sums from s1, LATE, timestamp 8, missed [0, 10), watermark 500] 2[8]");
    }

    @Test
    void theClock_closesWindowsOfSourcesThatAreGone() {
        harness.batch(List.of(slow(5)), 0);
        harness.batch(List.of(fast(500)), 0);
        harness.tracker.close(harness.sources.get(0));
        harness.chain.onClock(1, 1);
        assertThat(harness.take()).containsExactly("sums 1 [0,10) ON_TIME0 last 1:5");
    }

    @Test
    void byHand_aWatermarkGoesForwardOnly() {
        assertThat(harness.chain.advanceTo(harness.sources.get(0), 10)).isTrue();
        assertThat(harness.chain.advanceTo(harness.sources.get(1), 10)).isTrue();
        assertThat(harness.chain.advanceTo(harness.sources.get(1), 10)).isFalse();
        assertThat(harness.tracker.watermark()).isEqualTo(10);
    }

    @Test
    void behindTheEndOfInput_everythingIsLate() {
        harness.chain.advanceTo(harness.sources.get(0), Long.MAX_VALUE);
        harness.chain.advanceTo(harness.sources.get(1), Long.MAX_VALUE);
        harness.batch(List.of(fast(Long.MAX_VALUE - 1), fast(0)), 0);
        assertThat(harness.streams.get(0).late()).isEqualTo(2);
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }
}
