package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a {@link HashMap}. */
class KeyIndexTest {

    @Test
    void itHoldsWhatAMapHolds_throughGrowthAndDeletion() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            KeyIndex index = new KeyIndex();
            Map<Long, Integer> model = new HashMap<>();
            int kinds = 1 + random.nextInt(random.nextBoolean() ? 30 : 600);
            for (int step = 0; step < 1_000; step++) {
                long key = Keys.any(random, kinds);
                if (random.nextInt(10) < 6) {
                    index.put(key, step);
                    model.put(key, step);
                } else if (!model.isEmpty()) {
                    List<Long> known = new ArrayList<>(model.keySet());
                    long gone = known.get(random.nextInt(known.size()));
                    index.remove(gone);
                    model.remove(gone);
                }
                assertThat(index.size()).isEqualTo(model.size());
                assertThat(index.get(key))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(model.getOrDefault(key, KeyIndex.ABSENT));
            }
            for (int i = 0; i < 2 * kinds; i++) {
                long key = Keys.any(Seeds.random(i), 2 * kinds);
                assertThat(index.get(key)).as("seed %d", seed).isEqualTo(model.getOrDefault(key, KeyIndex.ABSENT));
            }
            model.forEach((key, value) -> assertThat(index.get(key)).isEqualTo(value));
        }
    }

    @Test
    void itHasNoReservedKey() {
        KeyIndex index = new KeyIndex();
        for (long key : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(index.get(key)).isEqualTo(KeyIndex.ABSENT);
            index.put(key, 0);
            assertThat(index.get(key)).isZero();
            index.remove(key);
            assertThat(index.get(key)).isEqualTo(KeyIndex.ABSENT);
        }
        assertThat(index.size()).isZero();
    }
}
