package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Different objects. */
class DistinctCountTest extends AggregatorContract<Set<Object>, Long> {

    @Override
    Aggregator<Sample, Set<Object>, Long> aggregator() {
        return new DistinctCount<>(sample -> List.of(sample.value() % 16));
    }

    @Override
    Long expected(List<Sample> samples) {
        return samples.stream().map(sample -> sample.value() % 16).distinct().count();
    }

    @Test
    void nullValue_isRefusedWithTheRemedyAndLeavesTheAccumulatorAsItWas() {
        Aggregator<Sample, Set<Object>, Long> aggregator =
                new DistinctCount<>(sample -> sample.value() < 0 ? null : sample.value());
        Set<Object> accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        assertThatThrownBy(() -> aggregator.accumulate(accumulator, new Sample(2, -1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("return an Optional");
        assertThat(aggregator.export(accumulator)).isEqualTo(1);
    }
}
