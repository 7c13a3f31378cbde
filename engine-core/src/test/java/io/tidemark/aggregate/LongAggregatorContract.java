package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The laws of {@link LongAggregator}, run for each by a small subclass. A failure names its seed. */
abstract class LongAggregatorContract<R> {

    static final int ROUNDS = 300;

    abstract LongAggregator<Sample, R> aggregator();

    /** The result by brute force; {@code ArithmeticException.class} where there is none. */
    abstract Object expected(List<Sample> samples);

    /** What "the same" means where parts or order differ; an aggregator that rounds on the way overrides it. */
    void assertSame(Object actual, Object expected, int seed) {
        assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void results_agreeWithBruteForceForEveryKeyLayoutAndBatchSize() {
        forSeeds((seed, random) -> {
            int slots = 1 + random.nextInt(4);
            StateTable<R> table = new StateTable<>(aggregator(), slots, random);
            List<List<Sample>> parts = scatter(table, Sample.random(random, random.nextInt(40)), slots, random);
            for (int slot = 0; slot < slots; slot++) {
                assertSame(table.export(slot), expected(parts.get(slot)), seed);
            }
            table.assertGuards();
        });
    }

    @Test
    void partsCombinedInAnyOrder_equalTheWhole() {
        forSeeds((seed, random) -> {
            int slots = 1 + random.nextInt(6);
            StateTable<R> table = new StateTable<>(aggregator(), slots, random);
            List<Sample> samples = Sample.random(random, random.nextInt(40));
            scatter(table, samples, slots, random);
            int[] order = shuffled(slots, random);
            for (int i = slots - 1; i > 0; i--) {
                table.combine(order[random.nextInt(i)], order[i]);
            }
            assertSame(table.export(order[0]), expected(samples), seed);
        });
    }

    @Test
    void combine_isCommutative() {
        forSeeds((seed, random) -> {
            // slots 0 and 2 hold x, 1 and 3 hold y
            StateTable<R> table = twice(2, random);
            table.combine(0, 1);
            table.combine(3, 2);
            assertThat(table.export(0)).as("seed %d", seed).isEqualTo(table.export(3));
        });
    }

    @Test
    void combine_isAssociative() {
        forSeeds((seed, random) -> {
            // slots 0 to 2 hold x, y, z, and so do 3 to 5
            StateTable<R> table = twice(3, random);
            table.combine(0, 1);
            table.combine(0, 2);
            table.combine(4, 5);
            table.combine(3, 4);
            assertSame(table.export(0), table.export(3), seed);
        });
    }

    @Test
    void identityOnEitherSide_changesNothing() {
        forSeeds((seed, random) -> {
            StateTable<R> table = new StateTable<>(aggregator(), 3, random);
            table.accumulate(Sample.random(random, 12), new int[12]);
            Object before = table.export(0);
            table.combine(0, 1);
            table.combine(2, 0);
            assertThat(table.export(0)).as("seed %d, identity right", seed).isEqualTo(before);
            assertThat(table.export(2)).as("seed %d, identity left", seed).isEqualTo(before);
        });
    }

    @Test
    void emptyPane_hasAResult() {
        StateTable<R> table = new StateTable<>(aggregator(), 1, new Random(1));
        assertThat(table.export(0)).isEqualTo(expected(List.of()));
    }

    @Test
    void shape_isConstant() {
        LongAggregator<Sample, R> aggregator = aggregator();
        assertThat(aggregator.inputs()).isSameAs(aggregator.inputs());
        assertThat(aggregator.width()).isNotNegative().isEqualTo(aggregator.width());
    }

    /** Each sample into a random slot; what went where. */
    static List<List<Sample>> scatter(StateTable<?> table, List<Sample> samples, int slots, Random random) {
        int[] to = random.ints(samples.size(), 0, slots).toArray();
        table.accumulate(samples, to);
        List<List<Sample>> parts = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            parts.add(new ArrayList<>());
        }
        for (int i = 0; i < to.length; i++) {
            parts.get(to[i]).add(samples.get(i));
        }
        return parts;
    }

    /** A table whose second half of slots equals the first. */
    final StateTable<R> twice(int slots, Random random) {
        StateTable<R> table = new StateTable<>(aggregator(), 2 * slots, random);
        List<Sample> samples = Sample.random(random, random.nextInt(30));
        int[] to = random.ints(samples.size(), 0, slots).toArray();
        table.accumulate(samples, to);
        for (int i = 0; i < to.length; i++) {
            to[i] += slots;
        }
        table.accumulate(samples, to);
        return table;
    }

    private static int[] shuffled(int slots, Random random) {
        int[] order = new int[slots];
        for (int i = 0; i < slots; i++) {
            int swap = random.nextInt(i + 1);
            order[i] = order[swap];
            order[swap] = i;
        }
        return order;
    }

    static void forSeeds(BiConsumer<Integer, Random> round) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            round.accept(seed, Seeds.random(seed));
        }
    }
}
