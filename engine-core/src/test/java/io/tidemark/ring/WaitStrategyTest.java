package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitStrategyTest {

    @Test
    void patience_isZeroUnlessAskedFor() {
        assertThat(List.of(WaitStrategy.busySpin(), WaitStrategy.yielding(), WaitStrategy.backoff()))
                .allSatisfy(strategy -> assertThat(strategy.patience()).isZero());
        assertThat(WaitStrategy.busySpin().withPatience(300).patience()).isEqualTo(300);
        assertThat(WaitStrategy.busySpin().withPatience(300).withPatience(0).patience())
                .isZero();
    }

    @Test
    void withPatience_idlesAsBefore() {
        List<Integer> idled = new ArrayList<>();
        WaitStrategy noting = idled::add;
        noting.withPatience(10).withPatience(20).idle(7);
        assertThat(idled).containsExactly(7);
    }

    @Test
    void patience_negativeIsRefusedWithItsValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaitStrategy.backoff().withPatience(-1))
                .withMessageContaining("-1 spins");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0",
        "1000, 0",
        "1100, 0",
        "1101, 1000",
        "1102, 2000",
        "1110, 512000",
        "1111, 1000000",
        "1112, 1000000",
        "2000, 1000000",
        "2147483647, 1000000"
    })
    void backoff_parksFromOneMicrosecondToOneMillisecond(int emptyPolls, long nanos) {
        assertThat(Backoff.parkNanos(emptyPolls)).isEqualTo(nanos);
    }

    @Test
    void idle_returnsAtEveryStage() {
        for (WaitStrategy strategy : List.of(
                WaitStrategy.busySpin(),
                WaitStrategy.yielding(),
                WaitStrategy.backoff(),
                WaitStrategy.backoff().withPatience(10))) {
            for (int emptyPolls : new int[] {1, 1_000, 1_001, 1_100, 1_101, 1_120, Integer.MAX_VALUE}) {
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
