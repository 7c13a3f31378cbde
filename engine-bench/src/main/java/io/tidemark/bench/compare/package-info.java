/**
 * What the engine is compared with: plain loops written by hand for one workload, and the hand-off of objects through a JCTools queue.
 * A contender is frozen once figures were published against it; its results are checked to equal the engine's. Engines of others
 * come here too, behind a Maven profile of their own.
 */
@NullMarked
package io.tidemark.bench.compare;

import org.jspecify.annotations.NullMarked;
