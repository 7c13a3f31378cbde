package io.tidemark.window;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** The description behind {@link Windows#custom} and {@link Windows#tumblingBy}. */
record FunctionAssigner<E>(String name, List<ToLongFunction<? super E>> inputs, WindowFunction function)
        implements WindowAssigner<E> {

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new AssignedWindows(function);
    }

    @Override
    public String toString() {
        return name;
    }
}
