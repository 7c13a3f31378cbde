/**
 * Engines and hand-offs of others, set to do the same workloads. They are built only with the Maven profile {@code peers}, so that
 * an ordinary build downloads none of them.
 */
@NullMarked
package io.tidemark.bench.peers;

import org.jspecify.annotations.NullMarked;
