package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The law of {@link InvertibleLongAggregator} on top of the common ones. */
abstract class InvertibleLongAggregatorContract<R> extends LongAggregatorContract<R> {

    @Override
    abstract InvertibleLongAggregator<Sample, R> aggregator();

    @Test
    void deduct_restoresEveryWord() {
        forSeeds((seed, random) -> {
            StateTable<R> table = twice(2, random);
            long[] before = table.words(0);
            Object result = table.export(0);
            table.combine(0, 1);
            table.deduct(0, 1);
            assertThat(table.words(0)).as("seed %d", seed).isEqualTo(before);
            assertThat(table.export(0)).as("seed %d", seed).isEqualTo(result);
        });
    }

    @Test
    void partsTakenOutInTheOrderTheyCameIn_leaveTheRest() {
        forSeeds((seed, random) -> {
            // 0 to 2 hold x, y, z, and so do 3 to 5: y and z enter x, then y leaves; x and z alone are the comparison
            StateTable<R> table = twice(3, random);
            table.combine(0, 1);
            table.combine(0, 2);
            table.deduct(0, 1);
            table.combine(3, 5);
            assertThat(table.words(0)).as("seed %d", seed).isEqualTo(table.words(3));
        });
    }
}
