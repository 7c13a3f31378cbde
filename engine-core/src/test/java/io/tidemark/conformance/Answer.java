package io.tidemark.conformance;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one keyed window of a trial gave. Panes are sorted as far as the contract leaves their order open: inside a step by window
 * and key.
 */
record Answer(
        List<Result> panes,
        List<Late> late,
        List<Integer> partlyLate,
        long windowsMissed,
        long unassigned,
        long failed) {

    record Result(
            int step,
            TimeWindow window,
            String key,
            @Nullable Object value,
            long count,
            Pane pane,
            boolean retraction,
            List<TimeWindow> replaced) {}

    record Late(int step, @Nullable TimeWindow missed, long watermark) {}

    /** The first difference from {@code actual}, or null. */
    @Nullable
    String difference(Answer actual) {
        String difference = first("pane", panes, actual.panes);
        difference = difference != null ? difference : first("late event", late, actual.late);
        difference = difference != null ? difference : first("partly late event", partlyLate, actual.partlyLate);
        difference = difference != null ? difference : unlike("windowsMissed", windowsMissed, actual.windowsMissed);
        difference = difference != null ? difference : unlike("unassigned", unassigned, actual.unassigned);
        return difference != null ? difference : unlike("failed", failed, actual.failed);
    }

    private static @Nullable String first(String what, List<?> expected, List<?> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            Object wanted = i < expected.size() ? expected.get(i) : "none";
            Object got = i < actual.size() ? actual.get(i) : "none";
            if (!wanted.equals(got)) {
                return what + " " + i + ": expected " + wanted + "\n    actual " + got;
            }
        }
        return null;
    }

    private static @Nullable String unlike(String what, Object expected, Object actual) {
        return Objects.equals(expected, actual) ? null : what + ": expected " + expected + " actual " + actual;
    }

    /** With no more order than the contract demands. */
    Answer inOpenOrder() {
        return new Answer(sorted(panes), late, partlyLate, windowsMissed, unassigned, failed);
    }

    static List<Result> sorted(List<Result> panes) {
        List<Result> sorted = new ArrayList<>(panes);
        sorted.sort((a, b) -> {
            int order = Integer.compare(a.step, b.step);
            order = order != 0 ? order : Long.compare(a.window.end(), b.window.end());
            order = order != 0 ? order : Long.compare(a.window.start(), b.window.start());
            return order != 0 ? order : a.key.compareTo(b.key);
        });
        return sorted;
    }
}
