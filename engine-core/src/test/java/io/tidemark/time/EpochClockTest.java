package io.tidemark.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EpochClockTest {

    @Test
    void system_clock_is_the_wall_clock_in_nanoseconds() {
        // the wall clock may be set between two readings, so the bound is wide: it tells units and epoch apart, not
        // speed
        Instant read = Timestamps.toInstant(EpochClock.system().epochNanos(), TimeUnit.NANOSECONDS);
        Instant now = Instant.now();

        assertThat(read).isBetween(now.minusSeconds(86_400), now.plusSeconds(86_400));
    }

    @Test
    void a_clock_is_one_method() {
        EpochClock before1970 = () -> -1;

        assertThat(before1970.epochNanos()).isEqualTo(-1);
    }
}
