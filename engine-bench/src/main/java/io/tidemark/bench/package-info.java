/**
 * JMH benchmarks, one class per part of the engine. Scores are in millions of events per second (JMH's {@code ops/us}). Each
 * state checks its results: once in full against {@link io.tidemark.bench.workload.ReferencePanes} before it measures,
 * and what it measured for lost or doubled events when it ends.
 *
 * <p>{@code java -jar target/benchmarks.jar Operator -prof gc} runs one; each class also has a main of its own.
 */
@NullMarked
package io.tidemark.bench;

import org.jspecify.annotations.NullMarked;
