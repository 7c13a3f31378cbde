package io.tidemark.aggregate;

import java.util.Objects;

/**
 * One of the best of a window and key, with what made it so. Made by {@link Aggregators#top}.
 *
 * <p>Threads: immutable, safe from any thread as far as the value is.
 *
 * @param score what it was ranked by; higher is better
 * @param value what was kept of the event, never null
 * @param <V> the value
 */
public record Ranked<V>(long score, V value) {

    /**
     * Checks the value.
     *
     * @throws NullPointerException if {@code value} is null
     */
    public Ranked {
        Objects.requireNonNull(value, "value");
    }
}
