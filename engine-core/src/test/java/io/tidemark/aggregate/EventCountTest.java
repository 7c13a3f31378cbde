package io.tidemark.aggregate;

import java.util.List;

/** Counting. */
class EventCountTest extends InvertibleLongAggregatorContract<Long> {

    @Override
    InvertibleLongAggregator<Sample, Long> aggregator() {
        return Aggregators.count();
    }

    @Override
    Object expected(List<Sample> samples) {
        return (long) samples.size();
    }
}
