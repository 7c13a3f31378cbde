package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a {@link HashMap} by window and key. */
class LatePanesTest {
    private static final AggregateColumns<?, ?> NO_STATE = AggregateColumns.none((stage, name, cause) -> {});

    @Test
    void eachKeyOfEachWindow_isNumberedOnItsOwn() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            LatePanes panes = new LatePanes(30, NO_STATE);
            Map<List<Long>, Long> model = new HashMap<>();
            long watermark = 0;
            for (int step = 0; step < 400; step++) {
                long end = watermark - 30 + 1 + random.nextInt(30);
                long start = end - 10 * (1 + random.nextInt(3));
                long key = Keys.any(random, 20);
                boolean hadOnTimePane = random.nextBoolean();
                long expected = model.getOrDefault(List.of(start, end, key), hadOnTimePane ? 1L : 0L);
                assertThat(panes.next(start, end, key, hadOnTimePane))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                model.put(List.of(start, end, key), expected + 1);
                if (random.nextInt(5) == 0) {
                    watermark += random.nextInt(10);
                    long now = watermark;
                    panes.expire(now);
                    model.keySet().removeIf(window -> window.get(1) + 30 <= now);
                }
                assertThat(panes.entries()).isEqualTo(model.size());
                assertThat(panes.firstExpiry())
                        .isEqualTo(model.keySet().stream()
                                .mapToLong(window -> window.get(1) + 30)
                                .min()
                                .orElse(Long.MAX_VALUE));
            }
        }
    }

    @Test
    void anExpiryBeyondTime_isHeld() {
        LatePanes panes = new LatePanes(30, NO_STATE);
        panes.next(0, Long.MAX_VALUE - 5, 1, true);
        assertThat(panes.firstExpiry()).isEqualTo(Long.MAX_VALUE);
        panes.expire(Long.MAX_VALUE - 1);
        assertThat(panes.entries()).isEqualTo(1);
        panes.expire(Long.MAX_VALUE);
        assertThat(panes.entries()).isZero();
    }
}
