package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The best events by score, with many ties. */
class TopAggregatorTest extends AggregatorContract<TopValues<Sample>, List<Ranked<Sample>>> {

    private static final int K = 12;

    @Override
    Aggregator<Sample, TopValues<Sample>, List<Ranked<Sample>>> aggregator() {
        return new TopAggregator<>(K, TopAggregatorTest::score, sample -> sample);
    }

    @Override
    List<Ranked<Sample>> expected(List<Sample> samples) {
        return best(K, samples);
    }

    private static long score(Sample sample) {
        return sample.value() % 5;
    }

    /** A stable sort keeps the order of arrival among equals. */
    private static List<Ranked<Sample>> best(int k, List<Sample> samples) {
        return samples.stream()
                .map(sample -> new Ranked<>(score(sample), sample))
                .sorted(Comparator.<Ranked<Sample>>comparingLong(Ranked::score).reversed())
                .limit(k)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 1_000, 10_000})
    void everyK_keepsTheBest(int k) {
        Random random = Seeds.random(k);
        Aggregator<Sample, TopValues<Sample>, List<Ranked<Sample>>> aggregator =
                new TopAggregator<>(k, TopAggregatorTest::score, sample -> sample);
        TopValues<Sample> left = aggregator.create();
        TopValues<Sample> right = aggregator.create();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
            Sample sample = new Sample(i, random.nextLong());
            samples.add(sample);
            aggregator.accumulate(random.nextBoolean() ? left : right, sample);
        }
        assertThat(aggregator.export(aggregator.combine(left, right))).isEqualTo(best(k, samples));
    }

    @Test
    void scoresAtBothEndsOfLong_areRanked() {
        Aggregator<Long, TopValues<Long>, List<Ranked<Long>>> aggregator =
                new TopAggregator<>(3, score -> score, score -> score);
        TopValues<Long> accumulator = aggregator.create();
        for (long score : new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            aggregator.accumulate(accumulator, score);
        }
        assertThat(aggregator.export(accumulator))
                .extracting(Ranked::score)
                .containsExactly(Long.MAX_VALUE, Long.MAX_VALUE, 0L);
    }

    @Test
    void kOutsideOneToTenThousand_isRefusedByName() {
        for (int k : new int[] {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Aggregators.top(k, Sample::value, Sample::value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("top " + k)
                    .hasMessageContaining("1 to 10000");
        }
        assertThatCode(() -> Aggregators.top(10_000, Sample::value, Sample::value))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesBelowTheBest_areNotAskedFor() {
        List<Long> asked = new ArrayList<>();
        Aggregator<Sample, TopValues<Long>, List<Ranked<Long>>> aggregator =
                new TopAggregator<>(1, Sample::value, sample -> {
                    asked.add(sample.value());
                    return sample.value();
                });
        TopValues<Long> accumulator = aggregator.create();
        for (long value : new long[] {5, 4, 5, 6}) {
            aggregator.accumulate(accumulator, new Sample(0, value));
        }
        assertThat(asked).containsExactly(5L, 6L);
    }

    @Test
    void nullValue_isRefusedWithTheRemedyAndLeavesTheAccumulatorAsItWas() {
        Aggregator<Sample, TopValues<Long>, List<Ranked<Long>>> aggregator =
                new TopAggregator<>(1, Sample::value, sample -> sample.timestamp() < 0 ? null : sample.value());
        TopValues<Long> accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        assertThatThrownBy(() -> aggregator.accumulate(accumulator, new Sample(-1, 11)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("return an Optional");
        assertThat(aggregator.export(accumulator)).containsExactly(new Ranked<>(10, 10L));
    }

    @Test
    void result_isUnmodifiable() {
        Aggregator<Sample, TopValues<Sample>, List<Ranked<Sample>>> aggregator = aggregator();
        TopValues<Sample> accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        List<Ranked<Sample>> result = aggregator.export(accumulator);
        assertThatThrownBy(result::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void everyOperator_countsArrivalsForItself() {
        Aggregator<Sample, ?, ?> aggregator = aggregator();
        assertThat(aggregator.fresh()).isNotSameAs(aggregator).isNotSameAs(aggregator.fresh());
    }
}
