package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitStrategyTest {

    @Test
    void patience_isZeroUnlessAskedFor() {
        assertThat(List.of(WaitStrategy.busySpin(), WaitStrategy.yielding(), WaitStrategy.backoff()))
                .allSatisfy(strategy -> assertThat(strategy.patience()).isZero());
        assertThat(WaitStrategy.patient(0).patience()).isZero();
        assertThat(WaitStrategy.patient(300).patience()).isEqualTo(300);
    }

    @Test
    void patience_negativeIsRefusedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaitStrategy.patient(-1))
                .withMessageContaining("-1 spins");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "100, 0",
        "200, 0",
        "201, 1000",
        "202, 2000",
        "210, 512000",
        "211, 1000000",
        "212, 1000000",
        "300, 1000000",
        "2147483647, 1000000"
    })
    void backoff_parksFromOneMicrosecondToOneMillisecond(int emptyPolls, long nanos) {
        assertThat(Backoff.parkNanos(emptyPolls)).isEqualTo(nanos);
    }

    @Test
    void idle_returnsAtEveryStage() {
        for (WaitStrategy strategy : List.of(
                WaitStrategy.busySpin(), WaitStrategy.yielding(), WaitStrategy.backoff(), WaitStrategy.patient(10))) {
            for (int emptyPolls : new int[] {1, 100, 101, 200, 201, 220, Integer.MAX_VALUE}) {
                assertThatCode(() -> strategy.idle(emptyPolls)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void backoff_leavesAnInterruptPending() {
        Thread.currentThread().interrupt();
        try {
            WaitStrategy.backoff().idle(Integer.MAX_VALUE);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
