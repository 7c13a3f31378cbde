package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a {@link HashMap}. */
class KeyDictionaryTest {

    /** Equal by name, with a hash of the test's choosing. */
    private record Key(String name, int hash) {
        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static Key key(Random random, int kinds) {
        int one = random.nextInt(kinds);
        return new Key(
                "k" + one,
                switch (one % 4) {
                    case 0 -> 0;
                    case 1 -> Integer.MIN_VALUE;
                    case 2 -> one / 8;
                    default -> one * 0x61C88647;
                });
    }

    @Test
    void aKeyKeepsItsNumber_whileSomebodyRetainsIt() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            KeyDictionary<Key> dictionary = new KeyDictionary<>();
            Map<Key, Long> numbers = new HashMap<>();
            List<Key> retained = new ArrayList<>();
            int kinds = 1 + random.nextInt(200);
            for (int step = 0; step < 600; step++) {
                boolean growing = step % 200 < 120;
                if (retained.isEmpty() || random.nextInt(10) < (growing ? 7 : 3)) {
                    Key key = key(random, kinds);
                    long number = dictionary.intern(key);
                    Long known = numbers.putIfAbsent(key, number);
                    if (known != null) {
                        assertThat(number).as("seed %d step %d", seed, step).isEqualTo(known);
                    }
                    if (known == null && random.nextInt(4) == 0) {
                        dictionary.discardUnused(number);
                        numbers.remove(key);
                    } else {
                        dictionary.retain(number);
                        retained.add(key);
                        dictionary.discardUnused(number); // in use: nothing happens
                    }
                } else {
                    Key key = retained.remove(random.nextInt(retained.size()));
                    dictionary.release(numbers.get(key));
                    if (!retained.contains(key)) {
                        numbers.remove(key);
                    }
                }
                assertThat(dictionary.size()).as("seed %d step %d", seed, step).isEqualTo(numbers.size());
            }
            assertThat(numbers.values()).as("seed %d", seed).doesNotHaveDuplicates();
            numbers.forEach((key, number) -> {
                assertThat(dictionary.key(number)).isEqualTo(key);
                assertThat(dictionary.intern(new Key(key.name, key.hash))).isEqualTo(number);
            });
        }
    }

    @Test
    void numbersStaySmall_howeverManyKeysComeAndGo() {
        KeyDictionary<Integer> dictionary = new KeyDictionary<>();
        for (int i = 0; i < 10_000; i++) {
            long number = dictionary.intern(i);
            assertThat(number).isBetween(0L, 9L);
            dictionary.retain(number);
            if (i >= 9) {
                dictionary.release(dictionary.intern(i - 9));
            }
        }
    }

    @Test
    void aForgottenKey_isNotHeldInMemoryAndHasNoNumber() {
        KeyDictionary<String> dictionary = new KeyDictionary<>();
        long number = dictionary.intern("gone");
        dictionary.retain(number);
        dictionary.release(number);
        assertThatIllegalStateException()
                .isThrownBy(() -> dictionary.key(number))
                .withMessage("no key has the number " + number);
        dictionary.discardUnused(number);
        assertThat(dictionary.size()).as("forgotten once only").isZero();
    }

    @Test
    void aKeyThatThrows_changesNothing() {
        KeyDictionary<Object> dictionary = new KeyDictionary<>();
        Object first = new Key("first", 7);
        dictionary.retain(dictionary.intern(first));
        Object noEquals = new Object() {
            @Override
            public int hashCode() {
                return 7;
            }

            @Override
            public boolean equals(Object other) {
                throw new IllegalStateException("no equals");
            }
        };
        assertThatThrownBy(() -> dictionary.intern(noEquals)).hasMessage("no equals");
        assertThat(dictionary.size()).isEqualTo(1);
        assertThat(dictionary.key(dictionary.intern(first))).isSameAs(first);
    }
}
