package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Values in order of arrival. */
class ListAggregatorTest extends AggregatorContract<ArrivalLog<Long>, List<Long>> {

    @Override
    Aggregator<Sample, ArrivalLog<Long>, List<Long>> aggregator() {
        return new ListAggregator<>(Sample::value);
    }

    @Override
    List<Long> expected(List<Sample> samples) {
        return samples.stream().map(Sample::value).toList();
    }

    @Test
    void everyOperator_countsArrivalsForItself() {
        Aggregator<Sample, ?, List<Long>> aggregator = aggregator();
        assertThat(aggregator.fresh()).isNotSameAs(aggregator).isNotSameAs(aggregator.fresh());
    }

    @Test
    void result_isUnmodifiable() {
        Aggregator<Sample, ArrivalLog<Long>, List<Long>> aggregator = aggregator();
        ArrivalLog<Long> accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        List<Long> result = aggregator.export(accumulator);
        assertThatThrownBy(() -> result.set(0, 11L)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> result.add(11L)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(result).containsExactly(10L);
    }

    @Test
    void nullValue_isRefusedWithTheRemedyAndLeavesTheAccumulatorAsItWas() {
        Aggregator<Sample, ArrivalLog<Long>, List<Long>> aggregator =
                new ListAggregator<>(sample -> sample.value() < 0 ? null : sample.value());
        ArrivalLog<Long> accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        assertThatThrownBy(() -> aggregator.accumulate(accumulator, new Sample(2, -1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("return an Optional");
        aggregator.accumulate(accumulator, new Sample(3, 30));
        assertThat(aggregator.export(accumulator)).containsExactly(10L, 30L);
    }
}
