/** Money, durations and points in time: reading them from text and writing them as text, exactly. */
@NullMarked
package io.tidemark.examples.units;

import org.jspecify.annotations.NullMarked;
