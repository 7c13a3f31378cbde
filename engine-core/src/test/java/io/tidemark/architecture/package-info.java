/** The shape of the library, held by tests: who may import whom, what only one room may touch, how long a file may grow. */
@NullMarked
package io.tidemark.architecture;

import org.jspecify.annotations.NullMarked;
