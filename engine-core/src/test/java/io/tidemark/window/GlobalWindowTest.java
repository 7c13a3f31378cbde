package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalWindowTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private final GlobalWindow windows = new GlobalWindow();
    private final WindowCursor cursor = new WindowCursor();

    @ParameterizedTest
    @ValueSource(longs = {MIN + 1, -1, 0, 1, MAX - 1})
    void everyTimestamp_liesInTheOneWindowAndTheOneSlice(long timestamp) {
        assertThat(windows.coversAllTime()).isTrue();
        assertThat(windows.sliceStart(timestamp)).isEqualTo(MIN);
        assertThat(windows.sliceEnd(timestamp)).isEqualTo(MAX);
        assertThat(windows.lastWindow(timestamp, cursor)).isTrue();
        assertThat(cursor.start()).isEqualTo(MIN);
        assertThat(cursor.end()).isEqualTo(MAX);
        assertThat(windows.nextWindow(cursor)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {MIN, -1, 0, MAX - 1})
    void beforeTheEndOfTime_itIsOpen(long watermark) {
        assertThat(windows.firstWindow(0, watermark, cursor)).isTrue();
        assertThat(cursor.end()).isEqualTo(MAX);
        assertThat(windows.windowsEndedBy(0, watermark)).isZero();
        assertThat(windows.lastEndedWindow(0, watermark, cursor)).isFalse();
        assertThat(windows.nextEnd(watermark)).isEqualTo(MAX);
        assertThat(windows.previousEnd(watermark)).isEqualTo(MIN);
    }

    @Test
    void atTheEndOfTime_itHasEnded() {
        cursor.set(7, 8);
        assertThat(windows.firstWindow(0, MAX, cursor)).isFalse();
        assertThat(cursor.start()).isEqualTo(7);
        assertThat(windows.windowsEndedBy(0, MAX)).isEqualTo(1);
        assertThat(windows.lastEndedWindow(0, MAX, cursor)).isTrue();
        assertThat(cursor.start()).isEqualTo(MIN);
        assertThat(windows.nextEnd(MAX)).isEqualTo(MAX);
        assertThat(windows.previousEnd(MAX)).isEqualTo(MAX);
    }

    @Test
    void anyLateness_fits() {
        assertThat(windows.longestWindow()).isZero();
    }
}
