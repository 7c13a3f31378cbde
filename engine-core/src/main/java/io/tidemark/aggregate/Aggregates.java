package io.tidemark.aggregate;

/**
 * The results of a {@link CompositeAggregator} for one window and key, each typed by the handle of its part.
 *
 * <pre>{@code
 * LongAggregator<Payment, Long> total = Aggregators.sumExact(Payment::amountMinor);
 * LongAggregator<Payment, Long> largest = Aggregators.max(Payment::amountMinor);
 * payments.window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .aggregate(Aggregators.all(total, largest))
 *         .dropLate()
 *         .onResult(r -> said.add(r.key() + ": " + r.value().getLong(total) + ", " + r.value().getLong(largest)));
 * }</pre>
 *
 * <p>Threads and lifetime: as the window result that carries it. Made by the operator; a user has no reason to extend it.
 */
public abstract class Aggregates {

    /** For the operator. */
    protected Aggregates() {}

    /**
     * The result of one part.
     *
     * @throws IllegalArgumentException if {@code part} was not given to {@link Aggregators#all}
     * @throws ArithmeticException as the export of the part does; the other parts can still be read
     */
    public abstract <R> R get(Aggregation<?, R> part);

    /**
     * The result of one part, without boxing where the part is a {@link LongAggregator}.
     *
     * @throws IllegalArgumentException if {@code part} was not given to {@link Aggregators#all}
     * @throws ArithmeticException as the export of the part does; the other parts can still be read
     */
    public abstract long getLong(Aggregation<?, Long> part);
}
