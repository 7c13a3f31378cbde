/**
 * What a window computes: the two kinds of aggregator, their laws, and ready-made ones in {@link io.tidemark.aggregate.Aggregators}.
 *
 * <p>Nothing here takes or returns {@code null}. Hot methods: {@link io.tidemark.aggregate.LongAggregator#accumulate} and
 * {@link io.tidemark.aggregate.LongAggregator#combine}; they work on flat arrays and allocate nothing.
 */
@NullMarked
package io.tidemark.aggregate;

import org.jspecify.annotations.NullMarked;
