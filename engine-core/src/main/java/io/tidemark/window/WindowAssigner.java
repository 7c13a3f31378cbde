package io.tidemark.window;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which windows an event belongs to, as declared with {@link Windows}. A description in durations; {@link #in(TimeUnit)} turns
 * it into the arithmetic of one engine.
 *
 * <p>Threads: immutable.
 *
 * @param <E> the events it can be asked about; {@code Object} if time alone decides
 */
public sealed interface WindowAssigner<E>
        permits SlidingAssigner,
                SessionAssigner,
                GlobalAssigner,
                CalendarAssigner,
                BusinessDays,
                CumulatingAssigner,
                FollowingAssigner,
                FunctionAssigner,
                TriggeredAssigner {

    /**
     * The assigner's arithmetic in whole units.
     *
     * @throws IllegalArgumentException if one of its durations is no whole number of {@code unit}
     */
    WindowArithmetic in(TimeUnit unit);

    /** What it reads from an event besides the timestamp; one extractor at most. The producer runs it while it publishes. */
    default List<ToLongFunction<? super E>> inputs() {
        return List.of();
    }

    /** The trigger that makes these windows what they are, always with discarding panes; null if any will do. */
    default @Nullable Trigger ownTrigger() {
        return null;
    }
}
