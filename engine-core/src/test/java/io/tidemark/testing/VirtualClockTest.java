package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private static final Instant START = Instant.parse("1969-12-31T23:59:59.999999999Z");

    private final VirtualClock clock = new VirtualClock(START);

    @Test
    void new_standsAtItsStart() {
        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.epochNanos()).isEqualTo(-1);
        assertThat(clock.nanoTime()).isEqualTo(clock.nanoTime());
    }

    @Test
    void advance_movesBothClocks() {
        long before = clock.nanoTime();

        clock.advance(Duration.ofNanos(3));

        assertThat(clock.nanoTime() - before).isEqualTo(3);
        assertThat(clock.epochNanos()).isEqualTo(2);
    }

    @Test
    void setWallClock_leavesTheTickerAlone() {
        long before = clock.nanoTime();

        clock.setWallClock(Instant.EPOCH.minusSeconds(3_600));

        assertThat(clock.nanoTime()).isEqualTo(before);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.minusSeconds(3_600));
    }

    @Test
    void ticker_wrapsSoon_soThatOnlyDifferencesMakeSense() {
        long before = clock.nanoTime();

        clock.advance(Duration.ofSeconds(1));

        assertThat(clock.nanoTime()).isLessThan(before);
        assertThat(clock.nanoTime() - before).isEqualTo(1_000_000_000L);
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("setWallClock");
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void leavingTheRange_isRefusedAndMovesNothing() {
        long before = clock.nanoTime();

        assertThatThrownBy(() -> clock.advance(Duration.ofDays(365 * 300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2262");
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.setWallClock(Instant.MIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VirtualClock(Instant.MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.nanoTime()).isEqualTo(before);
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void advance_fromManyThreads_losesNothing() throws InterruptedException {
        long before = clock.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                for (int n = 0; n < 10_000; n++) {
                    clock.advance(Duration.ofNanos(1));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(clock.nanoTime() - before).isEqualTo(40_000);
        assertThat(clock.epochNanos()).isEqualTo(39_999);
    }
}
