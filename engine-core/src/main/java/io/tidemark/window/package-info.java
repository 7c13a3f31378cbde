/**
 * What a window is: the assigners that map a timestamp to windows, when a window fires, and what comes out of it. Nothing here
 * holds state; the operators do.
 */
@NullMarked
package io.tidemark.window;

import org.jspecify.annotations.NullMarked;
