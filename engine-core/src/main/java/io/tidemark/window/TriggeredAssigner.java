package io.tidemark.window;

import java.util.concurrent.TimeUnit;

/** Windows that are what they are by their trigger: the description behind {@link Windows#count} and {@link Windows#timeOrCount}. */
record TriggeredAssigner(String name, WindowAssigner<Object> windows, Trigger ownTrigger)
        implements WindowAssigner<Object> {

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return windows.in(unit);
    }

    @Override
    public String toString() {
        return name;
    }
}
