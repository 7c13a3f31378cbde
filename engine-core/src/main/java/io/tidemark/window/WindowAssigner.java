package io.tidemark.window;

import java.util.concurrent.TimeUnit;

/**
 * Which windows an event belongs to, as declared with {@link Windows}. A description in durations; {@link #in(TimeUnit)} turns
 * it into the arithmetic of one engine.
 *
 * <p>Threads: immutable.
 */
public sealed interface WindowAssigner permits SlidingAssigner, SessionAssigner, GlobalAssigner {

    /**
     * The assigner's arithmetic in whole units.
     *
     * @throws IllegalArgumentException if one of its durations is no whole number of {@code unit}
     */
    WindowArithmetic in(TimeUnit unit);
}
