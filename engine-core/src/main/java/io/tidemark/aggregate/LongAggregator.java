package io.tidemark.aggregate;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * An aggregation whose state is a few whole longs in the operator's flat table. It sees columns of longs, not events, and is
 * called once per batch, never once per event. Doubles travel as {@link Double#doubleToRawLongBits raw bits}.
 *
 * <p>Laws, for any accumulators {@code x}, {@code y}, {@code z} of the same key, "=" meaning "exports the same":
 *
 * <ul>
 *   <li>identity: combining with a freshly initialized accumulator, on either side, changes nothing;
 *   <li>associativity: (x + y) + z = x + (y + z);
 *   <li>commutativity: x + y = y + x, because events arrive in any order;
 *   <li>split: accumulating some events here, the rest there, and combining = accumulating all of them in one place.
 * </ul>
 *
 * An aggregator whose result depends on the order of arrival must state which accumulators may be combined.
 *
 * <p>Threads: one instance serves every shard at once, so it holds no state of its own; everything lives in the arrays given.
 * Errors: only the two exports may throw. Cost: nothing but {@link #export} may allocate.
 *
 * @param <E> the event
 * @param <R> the result of one window and key
 */
public non-sealed interface LongAggregator<E, R> extends Aggregation<E, R> {

    /**
     * The values it needs, one column each; may be empty. The producer runs these extractors on its own thread while it
     * publishes, so they must be safe on several threads at once. Always the same list.
     */
    List<? extends ToLongFunction<? super E>> inputs();

    /** Longs of state per key and slice, {@code >= 0}. Always the same number. */
    int width();

    /** Writes the identity of {@link #combine} at {@code state[at .. at + width)}. Always the same; the engine keeps it. */
    void initialize(long[] state, int at);

    /**
     * Adds {@code n} events, in order of arrival; hot. Event {@code i} is the row that starts at
     * {@code row = first + i * stride}: its timestamp (engine unit) is {@code rows[row]}, its {@code j}-th input is
     * {@code rows[row + columns[j]]}, and its accumulator starts at {@code state[positions[i] + offset]}. Several events may
     * share an accumulator. Only {@code state} is written.
     */
    void accumulate(
            long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns);

    /** Adds one accumulator to another; hot. The accumulator at {@code fromAt} is left unchanged; the two do not overlap. */
    void combine(long[] into, int intoAt, long[] from, int fromAt);

    /**
     * The result. Changes nothing and may be called any number of times.
     *
     * @param count events of this window and key. It is 0 for an on-time pane of a discarding window into which nothing new
     *     came: such a pane must have a result too
     * @throws ArithmeticException if the result has no true value in its type; it is never wrapped
     */
    R export(long[] state, int at, long count);

    /**
     * The result without boxing.
     *
     * @param count as for {@link #export}
     * @throws ArithmeticException as {@link #export}
     * @throws UnsupportedOperationException if the result is not a {@code long}
     */
    default long exportLong(long[] state, int at, long count) {
        throw new UnsupportedOperationException(
                "the result of " + getClass().getName() + " is not a long; read it as an object");
    }

    /** Whether {@link #export} would throw for this accumulator because its result is out of range. */
    default boolean overflowed(long[] state, int at) {
        return false;
    }
}
