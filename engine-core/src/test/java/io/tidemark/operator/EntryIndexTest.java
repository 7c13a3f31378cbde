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
class EntryIndexTest {
    private final EntryArena arena = new EntryArena(
            AggregateColumns.none((stage, name, cause) -> {
                throw new AssertionError(cause);
            }),
            0);
    private final EntryIndex index = new EntryIndex(arena);

    /** Spread by the hash, or all in few slots. */
    private static long key(Random random, int kinds, boolean crowded) {
        long key = Keys.any(random, kinds);
        return crowded ? key << 40 : key;
    }

    @Test
    void itHoldsWhatAMapHolds_throughGrowthAndDeletion() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = Seeds.random(seed);
            Map<Long, Integer> model = new HashMap<>();
            int kinds = 1 + random.nextInt(random.nextBoolean() ? 30 : 600);
            boolean crowded = random.nextBoolean();
            for (int step = 0; step < 1_000; step++) {
                long key = key(random, kinds, crowded);
                Integer known = model.get(key);
                if (known == null) {
                    int entry = arena.allocate(key);
                    index.add(key, entry);
                    model.put(key, entry);
                } else if (random.nextBoolean()) {
                    int entry = arena.allocate(key);
                    index.replace(key, known, entry);
                    arena.release(known);
                    model.put(key, entry);
                } else {
                    index.remove(key, known);
                    arena.release(known);
                    model.remove(key);
                }
                assertThat(index.size()).isEqualTo(model.size());
                assertThat(index.get(key))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(model.getOrDefault(key, EntryArena.NONE));
            }
            for (int i = 0; i < 2 * kinds; i++) {
                long key = key(Seeds.random(i), 2 * kinds, crowded);
                int entry = model.getOrDefault(key, EntryArena.NONE);
                assertThat(index.get(key)).as("seed %d", seed).isEqualTo(entry);
            }
            List<Long> left = new ArrayList<>(model.keySet());
            for (long key : left) {
                assertThat(index.get(key)).isEqualTo(model.get(key));
                index.remove(key, model.get(key));
                arena.release(model.get(key));
            }
            assertThat(index.size()).isZero();
        }
    }

    @Test
    void itHasNoReservedKey() {
        for (long key : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(index.get(key)).isEqualTo(EntryArena.NONE);
            int entry = arena.allocate(key);
            index.add(key, entry);
            assertThat(index.get(key)).isEqualTo(entry);
        }
        assertThat(index.size()).isEqualTo(4);
    }

    /** Keys whose hashes agree in the half that a slot keeps are told apart by their entries. */
    @Test
    void keysWithTheSameHalfOfTheHash_areToldApart() {
        long inverse = 0xF1DE83E19937733DL; // of the golden ratio, so that the hash of key * inverse is the key
        assertThat(inverse * 0x9E3779B97F4A7C15L).isEqualTo(1);
        int[] entries = new int[5];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = arena.allocate(i * inverse);
            index.add(i * inverse, entries[i]);
        }
        for (int i = 0; i < entries.length; i++) {
            assertThat(index.get(i * inverse)).isEqualTo(entries[i]);
        }
        assertThat(index.get(entries.length * inverse)).isEqualTo(EntryArena.NONE);
    }

    /** A quarter of the slots while they fit into the nearer caches, then half: a full table would make one search endless. */
    @Test
    void slotsStayFree() {
        for (int keys = 1; keys <= 100_000; keys++) {
            index.add(keys, arena.allocate(keys));
            assertThat(index.slots()).isGreaterThanOrEqualTo((index.isLarge() ? 2 : 4) * keys);
        }
        assertThat(index.isLarge()).isTrue();
        assertThat(index.slots()).as("no more than it takes").isLessThan(4 * 100_000);
    }

    @Test
    void guesses_areRightForMostKeys() {
        for (int size : new int[] {100, 10_000}) { // few, and so many that their entries are brought near
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = i;
                if (index.get(i) == EntryArena.NONE) {
                    index.add(i, arena.allocate(i));
                }
            }
            int[] guesses = new int[size];
            index.guess(keys, 0, 1, size, guesses);
            index.fetch(size + 1L);
            int right = 0;
            for (int i = 0; i < size; i++) {
                assertThat(arena.key(index.get(i))).isEqualTo(i);
                right += guesses[i] == index.get(i) ? 1 : 0;
            }
            assertThat(right).isGreaterThan(size / 2);
        }
        assertThat(index.isLarge()).isTrue();
    }
}
