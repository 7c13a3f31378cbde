package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Stream collectors; the contract runs on one whose finisher destroys its container and whose combiner must not be called. */
class CollectorAggregatorTest extends AggregatorContract<ArrivalLog<Sample>, List<Long>> {

    @Override
    Aggregator<Sample, ArrivalLog<Sample>, List<Long>> aggregator() {
        return new CollectorAggregator<>(consumed());
    }

    private static Collector<Sample, List<Long>, List<Long>> consumed() {
        return Collector.of(
                ArrayList::new,
                (list, sample) -> list.add(sample.value()),
                (left, right) -> {
                    throw new AssertionError("combined");
                },
                list -> {
                    List<Long> result = List.copyOf(list);
                    list.clear();
                    return result;
                });
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
    void collectorsOfTheJdk_workThroughTheFactory() {
        assertThat(exportTwice(Aggregators.collecting(Collectors.averagingLong(Sample::value))))
                .isEqualTo(15.0);
        assertThat(exportTwice(Aggregators.collecting(Collectors.mapping(Sample::value, Collectors.toSet()))))
                .isEqualTo(Set.of(10L, 20L));
    }

    @Test
    void identityFinish_needsNoFinisher() {
        assertThat(exportTwice(Aggregators.collecting(new WithoutFinisher()))).containsExactly(10L, 20L);
    }

    @Test
    void nullResult_isRefusedWithTheRemedy() {
        Collector<Sample, List<Long>, String> toNull =
                Collector.of(ArrayList::new, (list, sample) -> {}, (left, right) -> left, list -> null);
        assertThatThrownBy(() -> exportTwice(Aggregators.collecting(toNull)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("finisher returned null");
    }

    private static <A, R> R exportTwice(Aggregator<Sample, A, R> description) {
        Aggregator<Sample, A, R> aggregator = description.fresh();
        A accumulator = aggregator.create();
        aggregator.accumulate(accumulator, new Sample(1, 10));
        aggregator.accumulate(accumulator, new Sample(2, 20));
        R first = aggregator.export(accumulator);
        assertThat(aggregator.export(accumulator)).isEqualTo(first);
        return first;
    }

    private static final class WithoutFinisher implements Collector<Sample, List<Long>, List<Long>> {

        @Override
        public Supplier<List<Long>> supplier() {
            return ArrayList::new;
        }

        @Override
        public BiConsumer<List<Long>, Sample> accumulator() {
            return (list, sample) -> list.add(sample.value());
        }

        @Override
        public BinaryOperator<List<Long>> combiner() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Function<List<Long>, List<Long>> finisher() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<Characteristics> characteristics() {
            return Set.of(Characteristics.IDENTITY_FINISH);
        }
    }
}
