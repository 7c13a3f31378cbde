/**
 * The heart: rows and watermarks in, panes out. Single-threaded, without a clock, a lock, or a log line, so the same rows in the
 * same order always give the same panes.
 *
 * <p>{@link io.tidemark.operator.OperatorChain} cuts a batch of rows at exactly those events where a watermark closes something
 * or an event touches a closed window; between two cuts no row depends on the watermark, so the window operators work on
 * whole columns. {@link io.tidemark.operator.SlicedWindowOperator} serves all windows whose edges depend on time alone,
 * {@link io.tidemark.operator.SessionWindowOperator} the sessions.
 *
 * <p>Hot, so without allocation, boxing, logging or lambda capture: {@code OperatorChain.process}, {@code WindowOperator.process},
 * {@code RowBatch.measure}, {@code KeyTable.claim*}, {@code SlicePartition}, {@code AggregateColumns.accumulate*}, {@code combine} and
 * {@code deduct}, {@code SlidingTotals}, {@code RowSelections.select}, {@code SessionWindowOperator.add}, {@code EntryIndex},
 * {@code DeadlineWheel}.
 */
@NullMarked
package io.tidemark.operator;

import org.jspecify.annotations.NullMarked;
