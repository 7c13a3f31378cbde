package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** The laws of {@link Aggregator}, run for each by a small subclass. A failure names its seed. */
abstract class AggregatorContract<A, R> {

    abstract Aggregator<Sample, A, R> aggregator();

    /** The result by brute force. */
    abstract R expected(List<Sample> samples);

    int rounds() {
        return 300;
    }

    int size(Random random) {
        return random.nextInt(40);
    }

    @Test
    void results_agreeWithBruteForce() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<Sample> samples = Sample.random(random, size(random));
            A whole = scatter(aggregator, samples, 1, random).get(0);
            assertThat(aggregator.export(whole)).as("seed %d", seed).isEqualTo(expected(samples));
        });
    }

    @Test
    void partsThatGrewInTurns_equalTheWholeInWhateverOrderTheyAreCombined() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<Sample> samples = Sample.random(random, size(random));
            List<A> left = scatter(aggregator, samples, 1 + random.nextInt(6), random);
            while (left.size() > 1) {
                A from = left.remove(random.nextInt(left.size()));
                int into = random.nextInt(left.size());
                left.set(into, aggregator.combine(left.get(into), from));
            }
            assertThat(aggregator.export(left.get(0))).as("seed %d", seed).isEqualTo(expected(samples));
        });
    }

    @Test
    void combine_isCommutative() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<A> parts = scatter(aggregator, Sample.random(random, size(random)), 2, random);
            A there = aggregator.combine(copy(aggregator, parts.get(0)), parts.get(1));
            A back = aggregator.combine(copy(aggregator, parts.get(1)), parts.get(0));
            assertThat(aggregator.export(there)).as("seed %d", seed).isEqualTo(aggregator.export(back));
        });
    }

    @Test
    void combine_isAssociative() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<A> parts = scatter(aggregator, Sample.random(random, size(random)), 3, random);
            A x = parts.get(0);
            A y = parts.get(1);
            A z = parts.get(2);
            A left = aggregator.combine(aggregator.combine(copy(aggregator, x), y), z);
            A right = aggregator.combine(copy(aggregator, x), aggregator.combine(copy(aggregator, y), z));
            assertThat(aggregator.export(left)).as("seed %d", seed).isEqualTo(aggregator.export(right));
        });
    }

    @Test
    void identityOnEitherSide_changesNothing() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            A whole = scatter(aggregator, Sample.random(random, size(random)), 1, random)
                    .get(0);
            R before = aggregator.export(whole);
            assertThat(aggregator.export(aggregator.combine(aggregator.create(), whole)))
                    .as("seed %d, identity left", seed)
                    .isEqualTo(before);
            assertThat(aggregator.export(aggregator.combine(whole, aggregator.create())))
                    .as("seed %d, identity right", seed)
                    .isEqualTo(before);
        });
    }

    @Test
    void combinedParts_shareNothing() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<A> parts = scatter(aggregator, Sample.random(random, size(random)), 2, random);
            A right = parts.get(1);
            R rightBefore = aggregator.export(right);
            A combined = aggregator.combine(parts.get(0), right);
            R combinedBefore = aggregator.export(combined);
            assertThat(aggregator.export(right))
                    .as("seed %d, after combine", seed)
                    .isEqualTo(rightBefore);
            aggregator.accumulate(right, new Sample(0, random.nextLong()));
            assertThat(aggregator.export(combined))
                    .as("seed %d, right grew", seed)
                    .isEqualTo(combinedBefore);
            R rightGrown = aggregator.export(right);
            aggregator.accumulate(combined, new Sample(0, random.nextLong()));
            assertThat(aggregator.export(right))
                    .as("seed %d, combined grew", seed)
                    .isEqualTo(rightGrown);
        });
    }

    @Test
    void export_changesNothingAndItsResultIsDetached() {
        forSeeds((seed, random) -> {
            Aggregator<Sample, A, R> aggregator = aggregator().fresh();
            List<Sample> samples = Sample.random(random, size(random));
            A whole = scatter(aggregator, samples, 1, random).get(0);
            R first = aggregator.export(whole);
            assertThat(aggregator.export(whole))
                    .as("seed %d, second export", seed)
                    .isEqualTo(first);
            Sample more = new Sample(0, random.nextLong());
            aggregator.accumulate(whole, more);
            assertThat(first).as("seed %d, after more", seed).isEqualTo(expected(samples));
            samples.add(more);
            assertThat(aggregator.export(whole)).as("seed %d", seed).isEqualTo(expected(samples));
        });
    }

    @Test
    void freshInstances_workApart() {
        Aggregator<Sample, A, R> shared = aggregator();
        Random random = new Random(1);
        List<Sample> samples = Sample.random(random, 20);
        Aggregator<Sample, A, R> one = shared.fresh();
        Aggregator<Sample, A, R> two = shared.fresh();
        A first = scatter(one, samples, 1, random).get(0);
        A second = scatter(two, samples, 1, random).get(0);
        assertThat(one.export(first)).isEqualTo(expected(samples));
        assertThat(two.export(second)).isEqualTo(expected(samples));
    }

    @Test
    void emptyPane_hasAResult() {
        Aggregator<Sample, A, R> aggregator = aggregator().fresh();
        assertThat(aggregator.export(aggregator.create())).isEqualTo(expected(List.of()));
    }

    private static <A> A copy(Aggregator<Sample, A, ?> aggregator, A accumulator) {
        return aggregator.combine(aggregator.create(), accumulator);
    }

    /** Each sample into a random part, in order of arrival. */
    private static <A> List<A> scatter(
            Aggregator<Sample, A, ?> aggregator, List<Sample> samples, int parts, Random random) {
        List<A> result = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            result.add(aggregator.create());
        }
        for (Sample sample : samples) {
            aggregator.accumulate(result.get(random.nextInt(parts)), sample);
        }
        return result;
    }

    private void forSeeds(BiConsumer<Integer, Random> round) {
        for (int seed = 0; seed < rounds(); seed++) {
            round.accept(seed, Seeds.random(seed));
        }
    }
}
