package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WallClockTest {
    private static final long CARRIED = WallClock.CARRIED_NANOS;
    private static final long WALL = 1_000_000_000;

    private long wallNanos = WALL;
    private int readings;

    private WallClock clock(TimeUnit unit, boolean carried, long startNanos) {
        WallClock clock = new WallClock(
                () -> {
                    readings++;
                    return wallNanos;
                },
                unit,
                carried);
        clock.start(startNanos);
        return clock;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 77, -77, Long.MAX_VALUE - 10, Long.MIN_VALUE})
    void carried_itGoesOnWithTheMonotonicClock_untilItIsReadAgain(long start) {
        WallClock clock = clock(TimeUnit.NANOSECONDS, true, start);
        assertThat(clock.units(start)).isEqualTo(WALL);
        wallNanos = 5_000_000_000L; // put forward, which nobody sees yet
        assertThat(clock.units(start + 1)).isEqualTo(WALL + 1);
        assertThat(clock.units(start + CARRIED - 1)).isEqualTo(WALL + CARRIED - 1);
        assertThat(readings).isOne();
        assertThat(clock.units(start + CARRIED)).isEqualTo(wallNanos);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void carried_itIsNotReadBeforeItIsLookedAt_andThenAtOnce() {
        WallClock clock = clock(TimeUnit.NANOSECONDS, true, 0);
        assertThat(readings).isZero();
        assertThat(clock.units(3)).as("not carried on from the start").isEqualTo(WALL);
        assertThat(clock.units(3 + CARRIED - 1)).as("from the reading").isEqualTo(WALL + CARRIED - 1);
        assertThat(readings).isOne();
    }

    @Test
    void notCarried_eachLookReadsIt_thoughTheMonotonicClockStandsStill() {
        WallClock clock = clock(TimeUnit.NANOSECONDS, false, 0);
        assertThat(clock.units(0)).isEqualTo(WALL);
        wallNanos = WALL + 1;
        assertThat(clock.units(0)).isEqualTo(WALL + 1);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void aUnitThatHasBegun_countsFromBelow_alsoBefore1970() {
        wallNanos = -1;
        WallClock clock = clock(TimeUnit.MILLISECONDS, true, 0);
        assertThat(clock.units(0)).isEqualTo(-1);
        assertThat(clock.units(1)).as("carried over into 1970").isZero();
    }

    @Test
    void theEndOfTheRange_isNotPassed() {
        wallNanos = Long.MAX_VALUE;
        WallClock clock = clock(TimeUnit.NANOSECONDS, true, 0);
        clock.units(0);
        assertThat(clock.units(1)).isEqualTo(Long.MAX_VALUE);
    }
}
