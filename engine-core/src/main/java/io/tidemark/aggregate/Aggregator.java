package io.tidemark.aggregate;

/**
 * An aggregation over the user's own accumulator objects. It sees the events themselves, one at a time, on the engine's thread;
 * where a few longs are enough, {@link LongAggregator} is many times faster.
 *
 * <p>Laws, for any accumulators {@code x}, {@code y}, {@code z} of the same key, "=" meaning "exports an equal result":
 *
 * <ul>
 *   <li>identity: {@code combine(create(), x) = combine(x, create()) = x};
 *   <li>associativity: {@code combine(combine(x, y), z) = combine(x, combine(y, z))};
 *   <li>commutativity: {@code combine(x, y) = combine(y, x)}, because events arrive in any order;
 *   <li>split: accumulating some events into one, the rest into another, and combining = accumulating all into one.
 * </ul>
 *
 * <p>Threads: the description may be shared; what {@link #fresh} returns, and its accumulators, belong to one thread. An instance
 * that returns itself there must be stateless. Errors: what a method throws goes to the engine's error policy, so
 * {@link #accumulate} should compute first and change the accumulator last.
 *
 * @param <E> the event
 * @param <A> the accumulator, mutable
 * @param <R> the result of one window and key
 */
public non-sealed interface Aggregator<E, A, R> extends Aggregation<E, R> {

    /** A new, empty accumulator: the identity of {@link #combine}. */
    A create();

    /** Adds one event. Called in order of arrival. */
    void accumulate(A accumulator, E event);

    /**
     * Adds two accumulators, which are never the same object. May change and return {@code left}; must leave {@code right}
     * unchanged and keep no reference to any mutable part of it.
     */
    A combine(A left, A right);

    /** The result, detached from the accumulator. Changes nothing and may be called any number of times, also when empty. */
    R export(A accumulator);

    /**
     * The instance that one operator works with; asked for once per operator. Override it when the instance holds scratch or
     * counters of its own. Accumulators of different instances never meet.
     */
    default Aggregator<E, A, R> fresh() {
        return this;
    }
}
