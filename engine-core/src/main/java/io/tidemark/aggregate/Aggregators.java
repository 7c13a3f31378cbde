package io.tidemark.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
