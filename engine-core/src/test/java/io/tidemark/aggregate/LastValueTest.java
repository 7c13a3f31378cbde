package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The value of the latest event; the random samples share no timestamp, so the laws hold without exception. */
class LastValueTest extends LongAggregatorContract<Long> {

    @Override
    LongAggregator<Sample, Long> aggregator() {
        return Aggregators.last(Sample::value);
    }

    @Override
    Object expected(List<Sample> samples) {
        return samples.stream()
                .max(Comparator.comparingLong(Sample::timestamp))
                .map(Sample::value)
                .orElse(0L);
    }

    @Test
    void sameTimestamp_goesByArrival() {
        StateTable<Long> table = new StateTable<>(aggregator(), 1, new Random(1));
        table.accumulate(List.of(new Sample(5, 50), new Sample(5, 51), new Sample(5, 49)), new int[3]);
        assertThat(table.export(0)).isEqualTo(49L);
    }

    @Test
    void partsWithTheSameTimestamp_goAsIntoBeforeFrom() {
        StateTable<Long> table = new StateTable<>(aggregator(), 2, new Random(1));
        table.accumulate(List.of(new Sample(5, 50), new Sample(5, 49)), new int[] {0, 1});
        table.combine(0, 1);
        assertThat(table.export(0)).isEqualTo(49L);
    }

    @Test
    void timestampsAtTheEndsOfTheRange_areTaken() {
        StateTable<Long> table = new StateTable<>(aggregator(), 2, new Random(1));
        table.accumulate(
                List.of(new Sample(Long.MIN_VALUE + 1, 1), new Sample(Long.MAX_VALUE - 1, 2)), new int[] {0, 1});
        assertThat(table.export(0)).isEqualTo(1L);
        assertThat(table.export(1)).isEqualTo(2L);
    }
}
