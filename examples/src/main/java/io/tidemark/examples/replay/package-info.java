/** Replays events through the engine and tells a listener what the engine found. */
@NullMarked
package io.tidemark.examples.replay;

import org.jspecify.annotations.NullMarked;
