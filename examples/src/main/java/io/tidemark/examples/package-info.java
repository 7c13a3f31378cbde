/** Small programs that use the engine as a user would: each main class here is one of them. */
@NullMarked
package io.tidemark.examples;

import org.jspecify.annotations.NullMarked;
