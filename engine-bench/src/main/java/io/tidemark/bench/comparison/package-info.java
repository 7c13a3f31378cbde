/**
 * The engine beside its peers in one go, each contender in a JVM of its own: {@link io.tidemark.bench.comparison.PeerComparison}.
 */
@NullMarked
package io.tidemark.bench.comparison;

import org.jspecify.annotations.NullMarked;
