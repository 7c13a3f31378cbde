package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#following}. */
record FollowingAssigner(Duration difference) implements WindowAssigner<Object> {

    FollowingAssigner {
        Windows.requirePositive(difference, "time difference");
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new FollowingWindows(Timestamps.units(difference, unit, "time difference"));
    }

    @Override
    public String toString() {
        return "following each event by " + difference;
    }
}
