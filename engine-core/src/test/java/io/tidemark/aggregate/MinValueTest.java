package io.tidemark.aggregate;

import java.util.List;

/** The smallest value. */
class MinValueTest extends LongAggregatorContract<Long> {

    @Override
    LongAggregator<Sample, Long> aggregator() {
        return Aggregators.min(Sample::value);
    }

    @Override
    Object expected(List<Sample> samples) {
        return samples.stream().mapToLong(Sample::value).min().orElse(Long.MAX_VALUE);
    }
}
