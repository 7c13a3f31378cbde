package io.tidemark.testing;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One result that the {@link ReferenceModel} demands: a pane, or a retraction of one given before.
 *
 * <p>Threads: immutable as far as its key and values are.
 *
 * @param step number of the step that gives it, 0 for the model's first
 * @param key the key; null for windows without one
 * @param window the window; for a session, its bounds at this pane, or at the pane that is taken back
 * @param values what the pane holds, in order of arrival
 * @param pane timing, number and last-flag; of a retraction, those of the pane that is taken back
 * @param retraction whether this takes back a pane
 * @param replaced bounds of the sessions that had given panes and have become this one, on its first pane
 * @param <K> key
 * @param <V> value
 */
public record ExpectedPane<K, V>(
        int step,
        @Nullable K key,
        TimeWindow window,
        List<V> values,
        Pane pane,
        boolean retraction,
        List<TimeWindow> replaced) {

    /** Copies the lists. */
    public ExpectedPane {
        values = List.copyOf(values);
        replaced = List.copyOf(replaced);
    }

    /** A pane that replaces no other session. */
    public ExpectedPane(int step, @Nullable K key, TimeWindow window, List<V> values, Pane pane) {
        this(step, key, window, values, pane, false, List.of());
    }

    /** What takes this pane back at a later step. */
    public ExpectedPane<K, V> retractedAt(int laterStep) {
        return new ExpectedPane<>(laterStep, key, window, values, pane, true, List.of());
    }
}
