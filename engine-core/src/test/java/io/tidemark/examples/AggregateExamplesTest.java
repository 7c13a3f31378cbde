package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.Ranked;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every aggregator at once; each by itself is shown in the Javadoc of {@link Aggregators}. */
class AggregateExamplesTest extends PaymentExamples {

    @Test
    void all() {
        var count = Aggregators.<Payment>count();
        var sum = Aggregators.sumExact(Payment::amountMinor);
        var sumBigInteger = Aggregators.sumBigInteger(Payment::amountMinor);
        var sumDouble = Aggregators.<Payment>sumDouble(payment -> payment.amountMinor() / 10.0);
        var min = Aggregators.min(Payment::amountMinor);
        var max = Aggregators.max(Payment::amountMinor);
        var average = Aggregators.average(Payment::amountMinor);
        var variance = Aggregators.variance(Payment::amountMinor);
        var first = Aggregators.first(Payment::amountMinor);
        var last = Aggregators.last(Payment::amountMinor);
        var list = Aggregators.list(Payment::amountMinor);
        var distinct = Aggregators.countDistinct(Payment::amountMinor);
        var distinctLong = Aggregators.countDistinctLong(Payment::amountMinor);
        var top = Aggregators.top(1, Payment::amountMinor, Payment::occurredAt);
        var percentiles = Aggregators.percentiles(Payment::amountMinor, 50, 100);
        var collected = Aggregators.<Payment, Long>collecting(Collectors.summingLong(Payment::amountMinor));
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.all(
                        count,
                        sum,
                        sumBigInteger,
                        sumDouble,
                        min,
                        max,
                        average,
                        variance,
                        first,
                        last,
                        list,
                        distinct,
                        distinctLong,
                        top,
                        percentiles,
                        collected))
                .dropLate()
                .onResult(report::add);
        pay(3_000, 7, 1);
        pay(1_000, 7, 3);
        pay(2_000, 7, 3);
        pay(4_000, 7, 5);
        watermark(60_000);
        assertPanes(steps)
                .exactly(onTime().window(0, 60_000).number(0).count(4).step(4).last());
        assertThat(steps.observedResults()).singleElement().satisfies(observed -> {
            WindowResult<?, ?> result = observed.what();
            Aggregates value = (Aggregates) result.value();
            assertThat(value.getLong(count)).isEqualTo(4);
            assertThat(value.getLong(sum)).isEqualTo(12);
            assertThat(value.get(sumBigInteger)).isEqualTo(BigInteger.valueOf(12));
            assertThat(value.get(sumDouble)).isEqualTo(1.2);
            assertThat(value.getLong(min)).isEqualTo(1);
            assertThat(value.getLong(max)).isEqualTo(5);
            assertThat(value.get(average)).isEqualTo(3.0);
            assertThat(value.get(variance).population()).isEqualTo(2.0);
            assertThat(value.getLong(first)).isEqualTo(3); // by event time
            assertThat(value.getLong(last)).isEqualTo(5);
            assertThat(value.get(list)).containsExactly(1L, 3L, 3L, 5L); // by arrival
            assertThat(value.get(distinct)).isEqualTo(3);
            assertThat(value.get(distinctLong)).isEqualTo(3);
            assertThat(value.get(top)).isEqualTo(List.of(new Ranked<>(5, 4_000L)));
            assertThat(value.get(percentiles).value(50)).isEqualTo(3);
            assertThat(value.get(percentiles).value(100)).isEqualTo(5);
            assertThat(value.get(collected)).isEqualTo(12);
        });
    }

    @Test
    void severalWindows_shareSlices() {
        var revenue = Aggregators.sumExact(Payment::amountMinor);
        payments.window(Windows.tumbling(Duration.ofSeconds(10)))
                .aggregate(revenue)
                .dropLate()
                .onResult(report::add);
        payments.window(Windows.sliding(Duration.ofMinutes(1), Duration.ofSeconds(20)))
                .aggregate(revenue)
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 1);
        pay(12_000, 7, 3);
        pay(21_000, 7, 5);
        assertThat(engine.explain()).contains("Windows windows-2 (sliced, from the slices of windows-1): ");
        watermark(40_000);
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 10_000).value(1).count(1),
                        onTime().window(-40_000, 20_000).value(4).count(2),
                        onTime().window(10_000, 20_000).value(3).count(1),
                        onTime().window(20_000, 30_000).value(5).count(1),
                        onTime().window(-20_000, 40_000).value(9).count(3));
    }
}
