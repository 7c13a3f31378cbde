/**
 * For tests of engines and of the listeners around them: a clock that moves by hand, an engine driven one step at a time, the
 * laws every engine keeps, and a brute-force model of what it must answer. Needs no test framework.
 */
@NullMarked
package io.tidemark.testing;

import org.jspecify.annotations.NullMarked;
