package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#session}. */
record SessionAssigner(Duration gap) implements WindowAssigner {

    SessionAssigner {
        Windows.requirePositive(gap, "session gap");
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new SessionWindows(Timestamps.units(gap, unit, "session gap"));
    }

    @Override
    public String toString() {
        return "session gap " + gap;
    }
}
