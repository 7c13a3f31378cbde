package io.tidemark.aggregate;

/**
 * What the aggregators share that keep every event, or a value of it, in order of arrival. The counter of arrivals belongs to the
 * instance, hence {@link #fresh} in each: one operator, one counter.
 */
abstract class ArrivalOrdered<E, V, R> implements Aggregator<E, ArrivalLog<V>, R> {

    private long arrivals;

    @Override
    public final ArrivalLog<V> create() {
        return new ArrivalLog<>();
    }

    @Override
    public final void accumulate(ArrivalLog<V> accumulator, E event) {
        accumulator.append(arrivals, valueOf(event));
        arrivals++;
    }

    @Override
    public final ArrivalLog<V> combine(ArrivalLog<V> left, ArrivalLog<V> right) {
        left.merge(right);
        return left;
    }

    /** What is kept of the event; never null. */
    abstract V valueOf(E event);
}
