package io.tidemark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Several aggregations as one. */
class CompositeAggregatorTest {

    private final LongAggregator<Sample, Long> count = Aggregators.count();
    private final LongAggregator<Sample, Long> sum = Aggregators.sumExact(Sample::value);
    private final Aggregator<Sample, ?, List<Long>> list = Aggregators.list(Sample::value);

    @Test
    void parts_keepTheirOrder() {
        CompositeAggregator<Sample> all = Aggregators.all(sum, list, count);
        assertThat(all.parts()).containsExactly(sum, list, count);
        assertThat(all.indexOf(sum)).isZero();
        assertThat(all.indexOf(count)).isEqualTo(2);
        assertThatThrownBy(() -> all.parts().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nestedComposites_areFlattenedInPlace() {
        LongAggregator<Sample, Long> max = Aggregators.max(Sample::value);
        CompositeAggregator<Sample> all = Aggregators.all(max, Aggregators.all(sum, Aggregators.all(list)), count);
        assertThat(all.parts()).containsExactly(max, sum, list, count);
    }

    @Test
    void equalFactories_giveDifferentHandles() {
        LongAggregator<Sample, Long> secondCount = Aggregators.count();
        CompositeAggregator<Sample> all = Aggregators.all(count, secondCount);
        assertThat(all.indexOf(secondCount)).isEqualTo(1);
    }

    @Test
    void sameHandleTwice_isRefusedAlsoWhenNested() {
        assertThatThrownBy(() -> Aggregators.all(sum, count, sum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("part 2")
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> Aggregators.all(sum, Aggregators.all(count, sum)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("part 1");
    }

    @Test
    void unknownPart_isRefusedWithTheRemedy() {
        CompositeAggregator<Sample> nested = Aggregators.all(sum);
        CompositeAggregator<Sample> all = Aggregators.all(nested, count);
        assertThatThrownBy(() -> all.indexOf(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("given to all()");
        assertThatThrownBy(() -> all.indexOf(nested)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_isRefused() {
        assertThatThrownBy(Aggregators::<Sample>all)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    @Test
    void nullPart_isRefusedByItsPlace() {
        assertThatThrownBy(() -> Aggregators.all(sum, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("part 1");
    }
}
