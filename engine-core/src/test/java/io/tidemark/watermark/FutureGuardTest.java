package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FutureGuardTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private static int passing(FutureGuard guard, long now, Rows rows) {
        return guard.passing(rows.longs, rows.at(0), Rows.STRIDE, rows.count, now);
    }

    @Test
    void exactlyTheLimit_passes_oneMoreDoesNot() {
        FutureGuard guard = new FutureGuard(10, -1);
        assertThat(passing(guard, 100, Rows.of(50, 110, 111, 50))).isEqualTo(2);
        assertThat(passing(guard, 101, Rows.of(50, 110, 111, 50))).isEqualTo(4);
        assertThat(passing(guard, 100, Rows.of())).isZero();
    }

    @Test
    void theTwoEndsOfLong_neverPass() {
        FutureGuard generous = new FutureGuard(MAX, -1);
        assertThat(passing(generous, MAX, Rows.of(MIN + 1, MAX - 1, MAX))).isEqualTo(2);
        assertThat(passing(generous, 0, Rows.of(MIN))).isZero();
        assertThat(passing(generous, 0, Rows.of(MAX))).isZero();
    }

    @Test
    void aLimitBeyondTime_isHeld() {
        assertThat(passing(new FutureGuard(MAX, -1), 5, Rows.of(MAX - 1))).isEqualTo(1);
        assertThat(passing(new FutureGuard(0, -1), MIN + 5, Rows.of(MIN + 5, MIN + 6)))
                .isEqualTo(1);
    }

    @Test
    void inAReplay_eachRowBringsItsOwnClock() {
        FutureGuard guard = new FutureGuard(10, Rows.PUNCTUATION);
        Rows rows = Rows.of(110, 210, 311);
        rows.longs[rows.at(0) + 1] = 100;
        rows.longs[rows.at(1) + 1] = 200;
        rows.longs[rows.at(2) + 1] = 300;
        assertThat(passing(guard, MIN, rows))
                .as("the engine's clock does not matter")
                .isEqualTo(2);
    }

    @Test
    void inAReplay_theTwoEndsOfLongNeverPassEither() {
        FutureGuard guard = new FutureGuard(MAX, Rows.PUNCTUATION);
        for (long invalid : new long[] {MIN, MAX}) {
            Rows rows = Rows.of(5, invalid);
            rows.longs[rows.at(0) + 1] = MAX;
            rows.longs[rows.at(1) + 1] = MAX;
            assertThat(passing(guard, 0, rows)).isEqualTo(1);
        }
    }
}
