package io.tidemark.aggregate;

/**
 * What a window computes from its events: a description, which becomes working state when an operator binds it. The object is
 * also the handle by which a part of {@link Aggregators#all} is found again in the {@link Aggregates}.
 *
 * <p>Threads: a description is safe to share between threads and operators. Each kind says what its operator may call.
 *
 * @param <E> the event
 * @param <R> the result of one window and key
 */
public sealed interface Aggregation<E, R> permits LongAggregator, Aggregator, CompositeAggregator {}
