package io.tidemark.operator;

import io.tidemark.window.WindowResult;
import org.jspecify.annotations.Nullable;

/**
 * Writes a result as a row for the streams of windows that are declared on it.
 *
 * <p>Threads: called by the engine thread. Errors: what it throws goes to the {@link FailureHandler}, and the result counts as failed
 * in those streams.
 *
 * @param <K> key
 * @param <R> value
 */
@FunctionalInterface
public interface ResultProjection<K, R> {

    /**
     * Writes one row: at {@code longs[row]} the timestamp, which is the last instant of the result's window, then the columns; at
     * {@code objects[objectRow]} the lanes. The result is a view, so nothing written may be it, or lead to it.
     */
    void write(WindowResult<K, R> result, long[] longs, int row, @Nullable Object[] objects, int objectRow);
}
