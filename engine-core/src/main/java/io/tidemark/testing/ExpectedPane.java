package io.tidemark.testing;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pane that the {@link ReferenceModel} demands.
 *
 * <p>Threads: immutable as far as its key and values are.
 *
 * @param step number of the step that gives it, 0 for the model's first
 * @param key the key; null for windows without one
 * @param window the window; for a session, its bounds at this pane
 * @param values what the pane holds, in order of arrival
 * @param pane timing, number and last-flag
 * @param <K> key
 * @param <V> value
 */
public record ExpectedPane<K, V>(int step, @Nullable K key, TimeWindow window, List<V> values, Pane pane) {

    /** Copies the values. */
    public ExpectedPane {
        values = List.copyOf(values);
    }
}
