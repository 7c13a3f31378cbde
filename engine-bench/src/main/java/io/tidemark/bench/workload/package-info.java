/**
 * What is measured with: event streams made before the clock starts, tallies of results, and a slow but obvious computation of
 * what the results must be. Imports nothing of the benchmarks, which import it.
 */
@NullMarked
package io.tidemark.bench.workload;

import org.jspecify.annotations.NullMarked;
