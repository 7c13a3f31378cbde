package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** There is no walk over time: these would not end if there were one. */
class OperatorChainJumpTest {
    private static final long THOUSAND_YEARS = Duration.ofDays(365_250).toMillis();
    private static final Duration MILLI = Duration.ofMillis(1);

    static List<WindowAssigner<Object>> windows() {
        return List.of(
                Windows.tumbling(MILLI),
                Windows.sliding(MILLI.multipliedBy(3), MILLI),
                Windows.sliding(MILLI, MILLI.multipliedBy(3)),
                Windows.session(MILLI));
    }

    private static ChainHarness with(WindowAssigner<Object> windows, long lateness) {
        return new ChainHarness()
                .source(WatermarkStrategy.ascending()).stream(
                        Stream.of("sums", windows).lateness(lateness));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aThousandYears_costTheLiveWindowsOnly(WindowAssigner<Object> windows) {
        ChainHarness harness = with(windows, 5);
        long time = -THOUSAND_YEARS * 20 / 3 * 3;
        for (int jump = 0; jump < 40; jump++) {
            harness.rows(Row.of(time, jump, 1));
            time += THOUSAND_YEARS / 3 * 3;
        }
        harness.finish();
        assertThat(harness.said).allMatch(line -> line.contains("ON_TIME0 last 1:1"));
        assertThat(harness.said.stream().filter(line -> line.startsWith("sums 17 ")))
                .hasSizeBetween(1, 3);
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void fromOneEndOfTimeToTheOther_andItsEnd(WindowAssigner<Object> windows) {
        ChainHarness harness = with(windows, 0);
        harness.rows(Row.of(Long.MIN_VALUE + 1, 1, 1), Row.of(Long.MAX_VALUE - 1, 2, 2));
        harness.finish();
        long assigned = harness.streams.get(0).aggregated();
        assertThat(assigned + harness.streams.get(0).unassigned()).isEqualTo(2);
        assertThat(harness.said).hasSizeGreaterThanOrEqualTo((int) assigned);
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }

    @Test
    void aPartlyLateEventOfMillionsOfWindows_isAuditedWithoutVisitingThem() {
        Duration year = Duration.ofDays(365);
        // a silent stream gives no panes, of which there would be as many as windows
        ChainHarness silent = new ChainHarness()
                .source(WatermarkStrategy.manual()).stream(
                        Stream.of("sums", Windows.sliding(year.multipliedBy(1_000), MILLI))
                                .silent());
        silent.chain.advanceTo(silent.sources.get(0), year.multipliedBy(999).toMillis());
        silent.rows(Row.of(0, 1, 1));
        long missed = year.multipliedBy(999).toMillis();
        assertThat(silent.streams.get(0).windowsMissed()).isEqualTo(missed);
        assertThat(silent.take())
                .containsExactly("LateEvent[sums from s0, LATE, timestamp 0, missed ["
                        + (missed - year.multipliedBy(1_000).toMillis()) + ", " + missed + "), watermark " + missed
                        + "] 1[1]");
    }
}
