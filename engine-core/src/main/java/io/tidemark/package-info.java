/**
 * The front door: an engine is built, windows are declared on it, events are published to it. See
 * {@link io.tidemark.EventTimeEngine}.
 */
@NullMarked
package io.tidemark;

import org.jspecify.annotations.NullMarked;
