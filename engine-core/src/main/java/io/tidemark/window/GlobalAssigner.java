package io.tidemark.window;

import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#global}. */
record GlobalAssigner() implements WindowAssigner<Object> {

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new GlobalWindow();
    }

    @Override
    public String toString() {
        return "global";
    }
}
