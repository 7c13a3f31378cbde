/**
 * JMH benchmarks, one class per part of the engine. Scores are in millions of events per second (JMH's {@code ops/us}). Each
 * state checks its results: once in full against {@link io.tidemark.bench.workload.ReferencePanes} before it measures,
 * and what it measured for lost or doubled events when it ends.
 *
 * <table>
 *   <caption>Which class measures what</caption>
 *   <tr><th>part</th><th>benchmark</th></tr>
 *   <tr><td>ring</td><td>{@link io.tidemark.bench.RingBenchmark}, beside a JCTools queue of objects</td></tr>
 *   <tr><td>watermark of a source, tracker over sources</td><td>{@link io.tidemark.bench.WatermarkBenchmark}</td></tr>
 *   <tr><td>table of keys</td><td>{@link io.tidemark.operator.StateBenchmark#claimAll}</td></tr>
 *   <tr><td>slices</td><td>{@link io.tidemark.operator.StateBenchmark#claimSlice}</td></tr>
 *   <tr><td>two-stacks, subtract-on-evict</td><td>{@link io.tidemark.operator.StateBenchmark#slideTotals}</td></tr>
 *   <tr><td>sessions</td><td>{@link io.tidemark.operator.SessionStateBenchmark}; as a whole {@link
 *       io.tidemark.bench.OperatorBenchmark} with {@code -p workload=SESSIONS}</td></tr>
 *   <tr><td>operator, each workload</td><td>{@link io.tidemark.bench.OperatorBenchmark}, beside the loop by hand</td></tr>
 *   <tr><td>whole engine</td><td>{@link io.tidemark.bench.EngineBenchmark}</td></tr>
 * </table>
 *
 * <p>{@code java -jar target/benchmarks.jar Operator -prof gc} runs one; each class also has a main of its own.
 */
@NullMarked
package io.tidemark.bench;

import org.jspecify.annotations.NullMarked;
