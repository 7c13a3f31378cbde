package io.tidemark.conformance;

import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.aggregate.Percentiles;
import io.tidemark.aggregate.Ranked;
import io.tidemark.aggregate.Variance;
import io.tidemark.conformance.Scenario.Event;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What a trial computes: the engine's aggregation, its result in a form to compare, and the same worked out from the events. */
enum TrialAggregate {
    LIST(
            Aggregators.list(Event::value),
            events -> events.stream().map(Event::value).toList()),
    SUM(Aggregators.sumExact(Event::value), events -> sum(events).longValueExact()),
    BIG_SUM(Aggregators.sumBigInteger(Event::value), TrialAggregate::sum),
    // whole numbers: their exact sum is what two doubles hold
    DOUBLE_SUM(
            Aggregators.sumDouble(event -> (double) event.value()),
            events -> events.stream()
                    .map(event -> new BigDecimal((double) event.value()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .doubleValue()),
    COUNT(Aggregators.count(), events -> (long) events.size()),
    MIN(
            Aggregators.min(Event::value),
            events -> events.stream().mapToLong(Event::value).min().orElse(Long.MAX_VALUE)),
    MAX(
            Aggregators.max(Event::value),
            events -> events.stream().mapToLong(Event::value).max().orElse(Long.MIN_VALUE)),
    AVERAGE(Aggregators.average(Event::value), events -> sum(events).doubleValue() / events.size()),
    FIRST(
            Aggregators.first(Event::value),
            events -> events.stream()
                    .min(Comparator.comparingLong(Event::timestamp))
                    .map(Event::value)
                    .orElse(0L)),
    LAST(
            Aggregators.last(Event::value),
            events -> events.stream()
                    .reduce((one, later) -> later.timestamp() >= one.timestamp() ? later : one)
                    .map(Event::value)
                    .orElse(0L)),
    VARIANCE(Aggregators.variance(Event::value), TrialAggregate::variance) {
        @Override
        Object comparable(Object value) {
            Variance variance = (Variance) value;
            return List.of(variance.count(), rounded(variance.mean()), rounded(variance.population()));
        }
    },
    DISTINCT(
            Aggregators.countDistinct(event -> event.value() % 5),
            events -> events.stream().map(event -> event.value() % 5).distinct().count()),
    DISTINCT_LONG(
            Aggregators.countDistinctLong(event -> event.value() % 5),
            events -> events.stream().map(event -> event.value() % 5).distinct().count()),
    TOP(
            Aggregators.top(3, event -> event.value() % 10, Event::timestamp),
            events -> events.stream()
                    .sorted(Comparator.<Event>comparingLong(event -> -(event.value() % 10)))
                    .limit(3)
                    .map(event -> new Ranked<>(event.value() % 10, event.timestamp()))
                    .toList()),
    PERCENTILES(Aggregators.percentiles(Event::value, 50, 100), TrialAggregate::percentiles) {
        @Override
        Object comparable(Object value) {
            Percentiles percentiles = (Percentiles) value;
            return List.of(percentiles.count(), percentiles.value(50), percentiles.value(100));
        }
    },
    ALL(Parts.ALL, events -> List.of((long) events.size(), sum(events).longValueExact(), LIST.expected(events))) {
        @Override
        Object comparable(Object value) {
            Aggregates all = (Aggregates) value;
            return List.of(all.getLong(Parts.COUNT), all.get(Parts.SUM), all.get(Parts.LIST));
        }
    };

    /** Handles of a composite's parts. */
    private static final class Parts {
        static final LongAggregator<Event, Long> COUNT = Aggregators.count();
        static final LongAggregator<Event, Long> SUM = Aggregators.sumExact(Event::value);
        static final Aggregation<Event, List<Long>> LIST = Aggregators.list(Event::value);
        static final Aggregation<Event, Aggregates> ALL = Aggregators.all(COUNT, SUM, LIST);
    }

    private final Aggregation<Event, ?> aggregation;
    private final Function<List<Event>, Object> expected;

    TrialAggregate(Aggregation<Event, ?> aggregation, Function<List<Event>, Object> expected) {
        this.aggregation = aggregation;
        this.expected = expected;
    }

    static TrialAggregate random(Random random) {
        // a list shows most: which events there are, and in which order
        return random.nextInt(3) == 0 ? LIST : values()[random.nextInt(values().length)];
    }

    Aggregation<Event, ?> aggregation() {
        return aggregation;
    }

    /** The engine's result in the form of {@link #expected}. */
    Object comparable(Object value) {
        return value;
    }

    Object expected(List<Event> events) {
        return expected.apply(events);
    }

    private static BigInteger sum(List<Event> events) {
        return events.stream().map(event -> BigInteger.valueOf(event.value())).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static Object variance(List<Event> events) {
        if (events.isEmpty()) {
            return List.of(0L, rounded(Double.NaN), rounded(Double.NaN));
        }
        BigDecimal count = BigDecimal.valueOf(events.size());
        BigDecimal squares = events.stream()
                .map(event -> new BigDecimal(BigInteger.valueOf(event.value()).pow(2)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal sum = new BigDecimal(sum(events));
        MathContext precise = new MathContext(60);
        BigDecimal population = squares.multiply(count).subtract(sum.pow(2)).divide(count.pow(2), precise);
        return List.of(
                (long) events.size(),
                rounded(sum.divide(count, precise).doubleValue()),
                rounded(population.doubleValue()));
    }

    /** Nine of sixteen digits, cut off far from where two ways of rounding could differ by more than a rare accident. */
    private static String rounded(double number) {
        return Double.isNaN(number)
                ? "NaN"
                : new BigDecimal(number).round(new MathContext(9)).toString();
    }

    private static Object percentiles(List<Event> events) {
        if (events.isEmpty()) {
            return List.of(0L, 0L, 0L);
        }
        List<Long> sorted = events.stream().map(Event::value).sorted().toList();
        return List.of((long) sorted.size(), sorted.get((sorted.size() + 1) / 2 - 1), sorted.get(sorted.size() - 1));
    }
}
