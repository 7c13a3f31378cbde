/** The engine against recorded answers of Flink and Beam, and against the brute-force model. */
@NullMarked
package io.tidemark.conformance;

import org.jspecify.annotations.NullMarked;
