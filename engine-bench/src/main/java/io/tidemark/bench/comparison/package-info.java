/**
 * The engine beside its peers in one go, each contender in a JVM of its own: {@link io.tidemark.bench.comparison.PeerComparison}.
 *
 * <pre>
 * mvn -q -B -Ppeers -pl engine-core,engine-bench -DskipTests package
 * java -cp engine-bench/target/peers/benchmarks.jar io.tidemark.bench.comparison.PeerComparison --out results
 * </pre>
 *
 * <p>How the figures are made:
 *
 * <ul>
 *   <li>Rates: the median of the rounds; in the steady state one contender takes all rounds, which follow each other in event
 *       time; peers that cannot go on run whole, from the first event to the last pane, on both sides. Rates in the steady state vary
 *       from one JVM to the next, most of all where another guest of the host keeps the other half of a core busy, which takes a third. So each
 *       run has three JVMs, the contenders in turns, and the one that was disturbed least counts: whose median is the highest.
 *   <li>P5, P6, P13, P15: each contender at its best consumer pause of those with a median latency of at most 2 us at a million
 *       events a second; two short runs for each pause find it.
 *   <li>P9: the operator is cut where windows end, so that taking events and giving results have a clock of their own; all rounds
 *       together, since two-stacks turn over once in a while. The callback counts and adds, no more, and is in the time.
 *   <li>P12: used heap after collections, with the keys less without; the peak is the smallest {@code -Xmx} that is enough,
 *       an upper bound, since the collector has its own needs.
 *   <li>P13: events have a planned time; a window's latency is from that of the event that ended it to its callback, also if
 *       the event could not be published then. Ten runs of each contender, in turns; medians of their percentiles.
 *   <li>P14: there is no switch that leaves out all recording, so it is measured alone on rows in the cache, as a part of the engine's time
 *       per event; sampling at its default and of every event stand beside one in 2^30.
 *   <li>P16: the same run after {@link io.tidemark.bench.EverythingOnce} in the same JVM.
 * </ul>
 */
@NullMarked
package io.tidemark.bench.comparison;

import org.jspecify.annotations.NullMarked;
