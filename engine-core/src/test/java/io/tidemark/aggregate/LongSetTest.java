package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of primitives beside one of objects. */
class LongSetTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sizes_areThoseOfAHashSetWhateverTheValues(long seed) {
        Random random = Seeds.random(seed);
        LongSet set = new LongSet();
        Set<Long> model = new HashSet<>();
        int shift = random.nextInt(60);
        for (int i = 0; i < 5_000; i++) {
            // few different low or high bits, so that values repeat and crowd
            long value = random.nextBoolean() ? (long) random.nextInt(2_000) << shift : random.nextInt(9) - 4;
            set.add(value);
            model.add(value);
            assertThat(set.size())
                    .as("seed %d, shift %d, value %d", seed, shift, i)
                    .isEqualTo(model.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void unions_areThoseOfHashSets(long seed) {
        Random random = Seeds.random(seed);
        LongSet union = new LongSet();
        Set<Long> model = new HashSet<>();
        for (int part = 0; part < 20; part++) {
            LongSet set = new LongSet();
            Set<Long> partModel = new HashSet<>();
            int size = random.nextInt(200);
            for (int i = 0; i < size; i++) {
                long value = random.nextInt(1_000) - 500;
                set.add(value);
                partModel.add(value);
            }
            union.addAll(set);
            model.addAll(partModel);
            assertThat(set.size()).as("seed %d, part %d", seed, part).isEqualTo(partModel.size());
            assertThat(union.size()).as("seed %d, union of %d", seed, part).isEqualTo(model.size());
        }
    }

    @Test
    void zeroAndTheEndsOfLong_areValuesLikeOthers() {
        LongSet set = new LongSet();
        for (int round = 0; round < 2; round++) {
            for (long value : new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE, -1, 1}) {
                set.add(value);
            }
        }
        assertThat(set.size()).isEqualTo(5);
        LongSet zero = new LongSet();
        zero.add(0);
        assertThat(zero.size()).isEqualTo(1);
        LongSet union = new LongSet();
        union.addAll(zero);
        union.addAll(set);
        union.addAll(new LongSet());
        assertThat(union.size()).isEqualTo(5);
    }

    /** Without room for all of them first, the values of a large table crowd at the front of a small one: hours, not moments. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void largeSetsInTheOrderOfTheirHashes_areAddedInLinearTime() {
        LongSet source = new LongSet();
        for (long value = 1; value <= 1_000_000; value++) {
            source.add(value);
        }
        LongSet copy = new LongSet();
        copy.addAll(source);
        assertThat(copy.size()).isEqualTo(1_000_000);
    }
}
