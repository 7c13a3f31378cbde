package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The description behind {@link Windows#session} and {@link Windows#sessionBy}.
 *
 * @param gap the same for all events; null if each event brings its own, the only one of {@code inputs}
 * @param longest how long a session may become; null for ever
 */
record SessionAssigner<E>(@Nullable Duration gap, @Nullable Duration longest, List<ToLongFunction<? super E>> inputs)
        implements WindowAssigner<E> {

    SessionAssigner {
        if (gap != null) {
            Windows.requirePositive(gap, "session gap");
        }
        if (longest != null) {
            Windows.requirePositive(longest, "longest session");
        }
        if (gap != null && longest != null && gap.compareTo(longest) > 0) {
            throw new IllegalArgumentException("the longest session " + longest + " is shorter than the gap " + gap);
        }
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new SessionWindows(
                gap == null ? SessionWindows.FROM_EVENT : Timestamps.units(gap, unit, "session gap"),
                longest == null ? Long.MAX_VALUE : Timestamps.units(longest, unit, "longest session"));
    }

    @Override
    public String toString() {
        return (gap == null ? "session gap by event" : "session gap " + gap)
                + (longest == null ? "" : ", at most " + longest);
    }
}
