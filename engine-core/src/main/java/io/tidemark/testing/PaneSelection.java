package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the observed results a test speaks of.
 *
 * <p>Threads: immutable.
 *
 * @param stream name of the keyed windows; null for any
 * @param key null for any
 * @param window null for any
 * @param step null for any
 * @param retractions whether it is about retractions instead of panes
 */
record PaneSelection(
        @Nullable String stream,
        @Nullable Object key,
        @Nullable TimeWindow window,
        @Nullable Integer step,
        boolean retractions) {

    static final PaneSelection ALL_PANES = new PaneSelection(null, null, null, null, false);

    PaneSelection ofStream(String newStream) {
        return new PaneSelection(newStream, key, window, step, retractions);
    }

    PaneSelection ofKey(Object newKey) {
        return new PaneSelection(stream, newKey, window, step, retractions);
    }

    PaneSelection inWindow(TimeWindow newWindow) {
        return new PaneSelection(stream, key, newWindow, step, retractions);
    }

    PaneSelection atStep(int newStep) {
        return new PaneSelection(stream, key, window, newStep, retractions);
    }

    PaneSelection retracted() {
        return new PaneSelection(stream, key, window, step, true);
    }

    List<Observed<WindowResult<?, ?>>> from(List<Observed<WindowResult<?, ?>>> results) {
        return results.stream().filter(this::takes).toList();
    }

    private boolean takes(Observed<WindowResult<?, ?>> observed) {
        WindowResult<?, ?> result = observed.what();
        return result.isRetraction() == retractions
                && (stream == null || stream.equals(result.stream()))
                && (key == null || Likeness.alike(key, keyOf(result)))
                && (window == null || window.equals(result.window()))
                && (step == null || step == observed.step());
    }

    static @Nullable Object keyOf(WindowResult<?, ?> result) {
        try {
            return result.key();
        } catch (IllegalStateException noKey) {
            return null;
        }
    }

    /** The selection in words; the key as the test wrote it, for it came from there. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(retractions ? "retractions" : "panes");
        if (stream != null) {
            text.append(" of ").append(stream);
        }
        if (key != null) {
            text.append(" of key ").append(key);
        }
        if (window != null) {
            text.append(" in ").append(window);
        }
        if (step != null) {
            text.append(" at step ").append(step);
        }
        return text.toString();
    }
}
