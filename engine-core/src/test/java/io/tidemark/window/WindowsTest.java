package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(Long.MIN_VALUE);

    private final WindowCursor cursor = new WindowCursor();

    private TimeWindow last(WindowAssigner<Object> assigner, TimeUnit unit, long timestamp) {
        SlicedWindows windows = (SlicedWindows) assigner.in(unit);
        assertThat(windows.lastWindow(timestamp, cursor)).isTrue();
        return new TimeWindow(cursor.start(), cursor.end());
    }

    @Test
    void tumbling_countsInTheUnitOfTheEngine() {
        WindowAssigner<Object> minutes = Windows.tumbling(MINUTE);
        assertThat(last(minutes, TimeUnit.MILLISECONDS, 60_000)).isEqualTo(new TimeWindow(60_000, 120_000));
        assertThat(last(minutes, TimeUnit.SECONDS, 59)).isEqualTo(new TimeWindow(0, 60));
        assertThat(last(minutes, TimeUnit.NANOSECONDS, -1)).isEqualTo(new TimeWindow(-60_000_000_000L, 0));
    }

    @Test
    void offset_shiftsTheGrid() {
        assertThat(last(Windows.tumbling(MINUTE, Duration.ofSeconds(5)), TimeUnit.SECONDS, 64))
                .isEqualTo(new TimeWindow(5, 65));
        assertThat(last(Windows.tumbling(Duration.ofDays(1), Duration.ofHours(-8)), TimeUnit.SECONDS, 16 * 3_600))
                .isEqualTo(new TimeWindow(16 * 3_600, 40 * 3_600));
        assertThat(last(Windows.sliding(MINUTE, SECOND.multipliedBy(10), SECOND), TimeUnit.SECONDS, 0))
                .isEqualTo(new TimeWindow(-9, 51));
    }

    @Test
    void session_knowsItsGapInUnits() {
        SessionWindows windows = (SessionWindows) Windows.session(SECOND).in(TimeUnit.MICROSECONDS);
        assertThat(windows.gap()).isEqualTo(1_000_000);
        assertThat(windows.longestWindow()).isEqualTo(1_000_000);
    }

    @Test
    void global_needsNoUnit() {
        assertThat(Windows.global().in(TimeUnit.DAYS)).isInstanceOf(GlobalWindow.class);
    }

    @Test
    void aLengthThatIsNotPositive_isRefusedByName() {
        refused("window size must be positive, got PT0S", () -> Windows.tumbling(Duration.ZERO));
        refused("window size must be positive, got PT-1S", () -> Windows.sliding(SECOND.negated(), SECOND));
        refused("slide must be positive, got PT0S", () -> Windows.sliding(SECOND, Duration.ZERO));
        refused("session gap must be positive, got PT-1S", () -> Windows.session(SECOND.negated()));
    }

    @Test
    void anOffsetOfASlideOrMore_isRefusedOnBothSides() {
        String tumbling = "must be shorter than the window size PT1M; it only shifts the grid";
        refused("offset PT1M " + tumbling, () -> Windows.tumbling(MINUTE, MINUTE));
        refused("offset PT-1M " + tumbling, () -> Windows.tumbling(MINUTE, MINUTE.negated()));
        refused(
                "offset " + SHORTEST + " must be shorter than the slide PT1S; it only shifts the grid",
                () -> Windows.sliding(MINUTE, SECOND, SHORTEST));
        assertThat(last(Windows.tumbling(MINUTE, SECOND.multipliedBy(-59)), TimeUnit.SECONDS, 0))
                .isEqualTo(new TimeWindow(-59, 1));
    }

    @Test
    void aLengthThatIsNoWholeNumberOfUnits_isRefusedNotTruncated() {
        Duration odd = Duration.ofNanos(1_000_001);
        refused("window size PT0.001000001S is no whole number of", () -> in(Windows.tumbling(odd)));
        refused("slide PT0.001000001S is no whole number of", () -> in(Windows.sliding(SECOND, odd)));
        refused("offset PT0.001000001S is no whole number of", () -> in(Windows.tumbling(SECOND, odd)));
        refused("session gap PT0.001000001S is no whole number of", () -> in(Windows.session(odd)));
    }

    @Test
    void aLengthBeyond64Bits_isRefused() {
        refused("does not fit into 64 bits", () -> in(Windows.tumbling(Duration.ofSeconds(Long.MAX_VALUE))));
    }

    @Test
    void descriptions_areForPeopleToRead() {
        assertThat(Windows.tumbling(MINUTE)).hasToString("tumbling PT1M");
        assertThat(Windows.tumbling(MINUTE, SECOND)).hasToString("tumbling PT1M offset PT1S");
        assertThat(Windows.sliding(MINUTE, SECOND)).hasToString("sliding PT1M by PT1S");
        assertThat(Windows.session(SECOND)).hasToString("session gap PT1S");
        assertThat(Windows.global()).hasToString("global");
    }

    private static void in(WindowAssigner<Object> assigner) {
        assigner.in(TimeUnit.MILLISECONDS);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }
}
