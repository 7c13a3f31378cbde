package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WindowCollectorTest {
    private final WindowCollector windows = new WindowCollector();

    private List<TimeWindow> collected() {
        List<TimeWindow> collected = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            collected.add(new TimeWindow(windows.start(i), windows.end(i)));
        }
        return collected;
    }

    @Test
    void windows_areInTheOrderOfEndAndStart_eachOnce() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = Seeds.random(seed);
            TreeSet<Long> expected = new TreeSet<>();
            windows.begin(50);
            for (int i = 0; i < 60; i++) {
                int start = random.nextInt(51);
                int end = 51 + random.nextInt(8);
                windows.add(start, end);
                expected.add(end * 100L + start);
            }
            assertThat(collected())
                    .as("seed %d", seed)
                    .isEqualTo(expected.stream()
                            .map(code -> new TimeWindow(code % 100, code / 100))
                            .toList());
        }
    }

    @Test
    void theNextEvent_beginsWithNone() {
        windows.begin(5);
        windows.add(0, 10);
        windows.begin(6);
        assertThat(windows.size()).isZero();
    }

    @Test
    void aWindow_containsItsStart_andNotItsEnd() {
        windows.begin(5);
        windows.add(5, 6);
        assertThat(collected()).containsExactly(new TimeWindow(5, 6));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> windows.add(0, 5))
                .withMessageContainingAll("[0, 5)", "timestamp 5");
        assertThatIllegalArgumentException().isThrownBy(() -> windows.add(6, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> windows.add(5, 5));
        assertThat(windows.size()).isEqualTo(1);
    }

    @Test
    void atBothEndsOfTime_windowsAreHeld() {
        windows.begin(Long.MAX_VALUE - 1);
        windows.add(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        windows.add(Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(windows.start(0)).isEqualTo(Long.MIN_VALUE);
        windows.begin(Long.MIN_VALUE + 1);
        windows.add(Long.MIN_VALUE, Long.MIN_VALUE + 2);
        assertThat(windows.end(0)).isEqualTo(Long.MIN_VALUE + 2);
    }

    @Test
    void aThousand_areTheMost_butOneThatIsThereMayBeAddedAgain() {
        windows.begin(0);
        for (int i = 1; i <= WindowCollector.MOST; i++) {
            windows.add(0, i);
        }
        windows.add(0, 1);
        windows.add(0, WindowCollector.MOST);
        assertThat(windows.size()).isEqualTo(1_000);
        assertThatIllegalStateException()
                .isThrownBy(() -> windows.add(-1, 1))
                .withMessageContaining("more than 1000 windows");
        assertThat(windows.size()).isEqualTo(1_000);
    }
}
