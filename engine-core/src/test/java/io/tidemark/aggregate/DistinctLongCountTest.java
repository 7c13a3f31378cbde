package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Different longs. */
class DistinctLongCountTest extends AggregatorContract<LongSet, Long> {

    @Override
    Aggregator<Sample, LongSet, Long> aggregator() {
        return new DistinctLongCount<>(Sample::value);
    }

    @Override
    Long expected(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::value).distinct().count();
    }

    @Test
    void nullValue_isRefusedAndLeavesTheAccumulatorAsItWas() {
        Aggregator<Boxed, LongSet, Long> aggregator = new DistinctLongCount<>(Boxed::value);
        LongSet accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Boxed(10L));
        assertThatThrownBy(() -> aggregator.accumulate(accumulator, new Boxed(null)))
                .isInstanceOf(NullPointerException.class);
        assertThat(aggregator.export(accumulator)).isEqualTo(1);
    }

    record Boxed(@Nullable Long value) {}
}
