/**
 * Time itself: the two clocks and saturating arithmetic on timestamps. The only room that reads the machine's clocks.
 */
@NullMarked
package io.tidemark.time;

import org.jspecify.annotations.NullMarked;
