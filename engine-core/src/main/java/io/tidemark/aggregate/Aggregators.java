package io.tidemark.aggregate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collector;

/**
 * The ready-made aggregations. Each call makes a new one, which is also its handle in the results of {@link #all}.
 *
 * <p>Those that return a {@link LongAggregator} keep a few longs per key and slice and cost a few nanoseconds per event; their
 * extractors run on the producer's thread, while it publishes. Those that return an {@link Aggregator} keep objects; their
 * extractors run on the engine's thread and make it touch the event.
 *
 * <p>An empty pane (an on-time pane of a discarding window into which nothing new came) has a result too; each method names its.
 *
 * <p>Threads: safe from any thread, and so is what it returns. Nulls: none taken, none returned.
 */
public final class Aggregators {

    private Aggregators() {}

    /** The number of events; 0 for an empty pane. No state, no work per event; can be deducted. */
    public static <E> InvertibleLongAggregator<E, Long> count() {
        return new EventCount<>();
    }

    /**
     * The sum, exact whatever the order of the events, also where a partial sum leaves the range of {@code long} and comes back; 0
     * for an empty pane. A total out of range is never wrapped: its export throws {@link ArithmeticException}, and
     * {@link LongAggregator#overflowed} is true. Two longs per key and slice; can be deducted.
     */
    public static <E> InvertibleLongAggregator<E, Long> sumExact(ToLongFunction<? super E> value) {
        return new SumValue<>(value);
    }

    /**
     * The sum, exact whatever its size and the order of the events; never out of range. Zero for an empty pane. Two longs per key
     * and slice; can be deducted; an export allocates.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.sumBigInteger(Trade::quantity))
     *         .dropLate()
     *         .onResult(result -> report.add(result.value())); // Long.MAX_VALUE and 1: 9223372036854775808
     * }</pre>
     */
    public static <E> InvertibleLongAggregator<E, BigInteger> sumBigInteger(ToLongFunction<? super E> value) {
        return new BigIntegerSum<>(value);
    }

    /**
     * The sum of doubles, compensated: what the roundings take away is summed beside and put back in the result, so that the order
     * of the events hardly matters. 0.0 for an empty pane. Two longs per key and slice; cannot be deducted. For money, use
     * {@link #sumExact} of the smallest unit.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.sumDouble(Trade::price))
     *         .dropLate()
     *         .onResult(result -> report.add(result.value())); // 0.1, 0.2 and 0.3: 0.6; a plain loop: 0.6000000000000001
     * }</pre>
     *
     * <p>Precision: off by at most 2<sup>-53</sup> of the exact total, the one rounding of the result, plus n<sup>2</sup> &middot;
     * 2<sup>-104</sup> of the sum of the magnitudes, for n events in any order and any parts. A million values of one sign are thus
     * off by little more than half a unit in the last place, and what large values lose by cancelling out, they lose from some 100
     * bits and not from 53.
     *
     * <p>Laws: identity and commutativity hold bit for bit; associativity and split within that bound, because the errors are
     * themselves summed with rounding. NaN and the infinities are those of IEEE 754: NaN stays, one infinity stays, both make NaN.
     * A partial sum beyond {@link Double#MAX_VALUE} is such an infinity too; only then does the order matter more than stated.
     */
    public static <E> LongAggregator<E, Double> sumDouble(ToDoubleFunction<? super E> value) {
        return new CompensatedSum<>(value);
    }

    /** The smallest value; {@link Long#MAX_VALUE} for an empty pane. One long per key and slice. */
    public static <E> LongAggregator<E, Long> min(ToLongFunction<? super E> value) {
        return new MinValue<>(value);
    }

    /** The largest value; {@link Long#MIN_VALUE} for an empty pane. One long per key and slice. */
    public static <E> LongAggregator<E, Long> max(ToLongFunction<? super E> value) {
        return new MaxValue<>(value);
    }

    /**
     * The arithmetic mean: the exact 128-bit sum, rounded to the nearest double, over the number of events. Off by two units in the
     * last place at most, whatever the size and order of the values; never overflows. NaN for an empty pane. Two longs per key and
     * slice; can be deducted.
     */
    public static <E> InvertibleLongAggregator<E, Double> average(ToLongFunction<? super E> value) {
        return new AverageValue<>(value);
    }

    /**
     * Number, mean and variance of the values, see {@link Variance}. Count 0 and NaN for an empty pane.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.variance(Trade::quantity))
     *         .dropLate()
     *         .onResult(result -> report.add(result.value().standardDeviation())); // 2, 4, 4, 4, 5, 5, 7 and 9: 2.0
     * }</pre>
     *
     * <p>The sums of the values and of their squares are exact integers of 128 and 192 bits, so all laws hold bit for bit, order
     * does not matter, and large values close together lose nothing. Only the result is rounded: the mean as in {@link #average},
     * the variances by five units in the last place at most. Never overflows.
     *
     * <p>Five longs per key and slice; can be deducted; an export works on big integers and allocates.
     */
    public static <E> InvertibleLongAggregator<E, Variance> variance(ToLongFunction<? super E> value) {
        return new ExactVariance<>(value);
    }

    /**
     * The value of the event with the smallest timestamp; of several, the one that arrived first. 0 for an empty pane. Two longs
     * per key and slice.
     *
     * <p>Parts that share a timestamp are taken as having arrived in the order {@code into}, {@code from}: only then does the order
     * of combining matter. No operator has such parts, as slices share no timestamp and neither do sessions that merge.
     */
    public static <E> LongAggregator<E, Long> first(ToLongFunction<? super E> value) {
        return new FirstValue<>(value);
    }

    /**
     * The value of the event with the largest timestamp; of several, the one that arrived last. 0 for an empty pane. Two longs per
     * key and slice. Parts that share a timestamp: as in {@link #first}.
     */
    public static <E> LongAggregator<E, Long> last(ToLongFunction<? super E> value) {
        return new LastValue<>(value);
    }

    /**
     * The values of all events in order of arrival, also across parts whose events arrived in turns. The result is unmodifiable and
     * stays as it is. Empty for an empty pane.
     *
     * <p>Cost: a reference and eight bytes per event until the window is freed; an export copies the references. A null from the
     * extractor is a {@link NullPointerException}, and the event is not added.
     */
    public static <E, V> Aggregator<E, ?, List<V>> list(Function<? super E, ? extends V> value) {
        return new ListAggregator<>(value);
    }

    /**
     * The number of different values, exact, by their {@code equals} and {@code hashCode}; 0 for an empty pane. For whole numbers,
     * {@link #countDistinctLong} takes a fraction of the memory.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.countDistinct(Trade::symbol))
     *         .dropLate()
     *         .onResult(result -> report.add(result.value())); // AIR, SAP and AIR: 2
     * }</pre>
     *
     * <p>Cost per key and slice: a hash set with the different values themselves, which must not change while a window holds them;
     * combining walks over one of two sets. The count is an object in {@link Aggregates}: read it with {@code get}. A null from the
     * extractor is a {@link NullPointerException}, and the event is not added.
     */
    public static <E> Aggregator<E, ?, Long> countDistinct(Function<? super E, ?> value) {
        return new DistinctCount<>(value);
    }

    /**
     * The number of different longs, exact; 0 for an empty pane.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.countDistinctLong(Trade::buyer))
     *         .dropLate()
     *         .onResult(result -> report.add(result.value())); // 7, 0, 7 and -7: 3
     * }</pre>
     *
     * <p>Cost per key and slice: about 12 to 24 bytes a value, twice that where sets with much in common were combined;
     * no boxing per event. Combining walks over one of two sets. The count is an object in {@link Aggregates}: read it with
     * {@code get}. Beyond 715,827,882 values in one window and key, {@link IllegalStateException}.
     */
    public static <E> Aggregator<E, ?, Long> countDistinctLong(ToLongFunction<? super E> value) {
        return new DistinctLongCount<>(value);
    }

    /**
     * The events with the {@code k} highest scores, highest first; of equal scores the earlier arrival comes first, also across
     * parts whose events arrived in turns. Fewer if there are fewer; empty for an empty pane. The result is unmodifiable and
     * stays as it is.
     *
     * <pre>{@code
     * trades.aggregate(Aggregators.top(2, Trade::quantity, Trade::symbol))
     *         .dropLate()
     *         .onResult(result -> report.addAll(result.value())); // AIR 5, SAP 9 and BMW 5: SAP with 9, AIR with 5
     * }</pre>
     *
     * <p>Cost per key and slice: 16 bytes, a reference and the value for each of at most {@code k}, taken as they come. An event
     * that is not among the best so far costs one comparison, another {@code log k}; combining and an export, {@code k log k}.
     *
     * <p>The value is read only from an event that is among the best of its slice so far. A null there is a
     * {@link NullPointerException}, and the event is not added.
     *
     * @param k 1 to 10,000
     * @throws IllegalArgumentException if {@code k} is outside that
     */
    public static <E, V> Aggregator<E, ?, List<Ranked<V>>> top(
            int k, ToLongFunction<? super E> score, Function<? super E, ? extends V> value) {
        return new TopAggregator<>(k, score, value);
    }

    /**
     * Percentiles of a value of either sign, with exact count, minimum and maximum; see {@link Percentiles} for the precision.
     *
     * <p>Cost per key and slice: eight bytes per value up to 2,048 values, then a histogram of three digits for the values from 0
     * up and one for those below, if there are any. A histogram takes 17 KB for values to 2,047, 90 KB to a million and 440 KB for
     * the whole range. About 30 ns per event; an export sorts at most 2,048 values or walks the histogram once per percentile.
     *
     * @param percentiles 0 to 100, in any order
     * @throws IllegalArgumentException if there is none, or one is outside 0 to 100
     */
    public static <E> Aggregator<E, ?, Percentiles> percentiles(
            ToLongFunction<? super E> value, double... percentiles) {
        return new PercentileAggregator<>(value, percentiles);
    }

    /**
     * Several aggregations in one pass; the parts of a nested composite take its place.
     *
     * @throws IllegalArgumentException if there is none, or the same object appears twice
     */
    @SafeVarargs
    public static <E> CompositeAggregator<E> all(Aggregation<E, ?>... parts) {
        List<Aggregation<E, ?>> list = new ArrayList<>(parts.length);
        for (Aggregation<E, ?> part : parts) {
            list.add(part);
        }
        return new CompositeAggregator<>(list);
    }

    /**
     * Any stream collector, fed in order of arrival. An empty pane is the collector's result of no elements.
     *
     * <p>Cost: a collector may not be asked for its result twice, nor may its container be combined and used again, so every event
     * is kept until the window is freed (a reference and eight bytes, plus the event itself), and each export feeds all of them
     * into a new container. An {@link Aggregator} of your own avoids both. Events must not be reused after publishing.
     *
     * <p>A null from the finisher is a {@link NullPointerException}.
     */
    public static <E, R> Aggregator<E, ?, R> collecting(Collector<? super E, ?, R> collector) {
        return new CollectorAggregator<>(collector);
    }
}
