/**
 * For tests of engines and of the listeners around them. Needs no test framework.
 *
 * <ul>
 *   <li>{@link io.tidemark.testing.SteppedEngine}, an engine driven one step at a time, and its {@link io.tidemark.testing.VirtualClock};
 *   <li>{@link io.tidemark.testing.OutOfOrderStream}, seeded events that come out of order, late and twice;
 *   <li>{@link io.tidemark.testing.PaneAssertions}, what a test demands of the panes that came out;
 *   <li>{@link io.tidemark.testing.EngineLaws}, what holds for every engine;
 *   <li>{@link io.tidemark.testing.ReferenceModel}, brute force that says what an engine must answer.
 * </ul>
 */
@NullMarked
package io.tidemark.testing;

import org.jspecify.annotations.NullMarked;
