package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The contract run for an invertible aggregator as a user would write one: how often each value occurred. */
class UserAggregatorTest extends AggregatorContract<Map<Long, Integer>, Map<Long, Integer>> {

    @Override
    Occurrences aggregator() {
        return new Occurrences();
    }

    @Override
    Map<Long, Integer> expected(List<Sample> samples) {
        Map<Long, Integer> result = new TreeMap<>();
        samples.forEach(sample -> result.merge(sample.value(), 1, Integer::sum));
        return result;
    }

    @Test
    void deduct_restoresTheResult() {
        InvertibleAggregator<Sample, Map<Long, Integer>, Map<Long, Integer>> aggregator =
                aggregator().fresh();
        Map<Long, Integer> whole = aggregator.create();
        Map<Long, Integer> part = aggregator.create();
        aggregator.accumulate(whole, new Sample(1, 10));
        aggregator.accumulate(part, new Sample(2, 10));
        aggregator.accumulate(part, new Sample(3, 11));
        Map<Long, Integer> combined = aggregator.combine(whole, part);
        assertThat(aggregator.export(combined)).containsEntry(10L, 2).containsEntry(11L, 1);
        aggregator.deduct(combined, part);
        assertThat(aggregator.export(combined)).isEqualTo(Map.of(10L, 1));
        assertThat(aggregator.export(part)).isEqualTo(Map.of(10L, 1, 11L, 1));
    }

    static final class Occurrences implements InvertibleAggregator<Sample, Map<Long, Integer>, Map<Long, Integer>> {

        @Override
        public Map<Long, Integer> create() {
            return new TreeMap<>();
        }

        @Override
        public void accumulate(Map<Long, Integer> accumulator, Sample event) {
            accumulator.merge(event.value(), 1, Integer::sum);
        }

        @Override
        public Map<Long, Integer> combine(Map<Long, Integer> left, Map<Long, Integer> right) {
            right.forEach((value, times) -> left.merge(value, times, Integer::sum));
            return left;
        }

        @Override
        public void deduct(Map<Long, Integer> from, Map<Long, Integer> part) {
            part.forEach((value, times) -> from.compute(value, (v, had) -> had.equals(times) ? null : had - times));
        }

        @Override
        public Map<Long, Integer> export(Map<Long, Integer> accumulator) {
            return Map.copyOf(accumulator);
        }
    }
}
