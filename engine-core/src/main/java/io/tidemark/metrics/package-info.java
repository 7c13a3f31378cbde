/**
 * Metrics: counters, latency distributions and the {@code .hlog} writer.
 *
 * <p>Each number has one writer, and a reader never makes it wait. The hot methods, which neither allocate (but for the
 * few times a distribution grows), nor lock, nor log, are {@link io.tidemark.metrics.Counter#add},
 * {@link io.tidemark.metrics.LatencyRecorder#record}, {@link io.tidemark.metrics.LatencyRecorder#recordBatch} and
 * {@link io.tidemark.metrics.LatencyRecorder#sample}. Durations are nanoseconds. Counts stop at {@link Long#MAX_VALUE}
 * instead of wrapping.
 */
@NullMarked
package io.tidemark.metrics;

import org.jspecify.annotations.NullMarked;
