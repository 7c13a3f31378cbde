package io.tidemark;

import io.tidemark.operator.KeyLocation;
import io.tidemark.window.WindowAssigner;

/**
 * Events of the engine, or results of a stream of windows, under one key. Several windows may be declared on it; the key is extracted once for all of them.
 *
 * <p>Threads: belongs to the thread that declares. Keys are compared by {@code equals}, must not be null, and must not change
 * while the engine knows them.
 *
 * @param <E> event
 * @param <K> key
 */
public final class KeyedStream<E, K> {
    private final StreamInput<E> input;
    private final KeyLocation key;

    KeyedStream(StreamInput<E> input, KeyLocation key) {
        this.input = input;
        this.key = key;
    }

    /**
     * Declares windows per key.
     *
     * @throws IllegalArgumentException if a duration is no whole number of the engine's unit
     * @throws IllegalStateException if a source is open already
     */
    public WindowedStream<E, K> window(WindowAssigner<? super E> windows) {
        return new WindowedStream<>(input, key, windows);
    }
}
