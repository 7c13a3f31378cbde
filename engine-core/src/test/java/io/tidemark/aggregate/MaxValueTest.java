package io.tidemark.aggregate;

import java.util.List;

/** The largest value. */
class MaxValueTest extends LongAggregatorContract<Long> {

    @Override
    LongAggregator<Sample, Long> aggregator() {
        return Aggregators.max(Sample::value);
    }

    @Override
    Object expected(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::value).max().orElse(Long.MIN_VALUE);
    }
}
