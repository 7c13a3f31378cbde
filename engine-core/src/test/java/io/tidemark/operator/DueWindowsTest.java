package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a sorted list. */
class DueWindowsTest {
    private final WindowArena arena = new WindowArena(
            AggregateColumns.none((stage, name, cause) -> {
                throw new AssertionError(cause);
            }),
            WindowArena.Memory.NONE);
    private final DueWindows due = new DueWindows(arena);

    private List<Integer> drain() {
        List<Integer> drained = new ArrayList<>();
        for (int first = due.first(); first != WindowArena.NONE; first = due.first()) {
            drained.add(first);
            due.removeFirst();
        }
        assertThat(due.size()).isZero();
        return drained;
    }

    /** Few or many, near each other, far apart, or at both ends of time: each is sorted in another way. */
    private static long edge(Random random, int spread) {
        return switch (spread) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(1_000) - 500;
            case 2 -> random.nextLong();
            default -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
        };
    }

    @Test
    void theyComeByEndThenStartThenNumber_eachOnce() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = Seeds.random(seed);
            int spread = random.nextInt(4);
            int size = random.nextInt(random.nextBoolean() ? 30 : 600);
            List<Integer> windows = new ArrayList<>();
            long number = random.nextBoolean() ? 0 : 1L << 40;
            for (int i = 0; i < size; i++) {
                number += 1 + random.nextInt(3);
                windows.add(arena.begin(i, edge(random, spread), edge(random, random.nextInt(spread + 1)), number));
            }
            List<Integer> added = new ArrayList<>(windows);
            for (int i = 0; i < size / 5; i++) {
                added.add(windows.get(random.nextInt(size)));
            }
            Collections.shuffle(added, random);
            for (int window : added) {
                if (random.nextBoolean()) {
                    due.add(window);
                } else {
                    due.reserve(2);
                    due.addIf(false, window);
                    due.addIf(true, window);
                }
            }
            due.sort();
            windows.sort(Comparator.<Integer>comparingLong(arena::end)
                    .thenComparingLong(arena::start)
                    .thenComparingLong(arena::number));
            assertThat(drain()).as("seed %d", seed).isEqualTo(windows);
            windows.forEach(arena::discard);
        }
    }

    @Test
    void none_isNothing() {
        due.sort();
        assertThat(drain()).isEmpty();
    }
}
