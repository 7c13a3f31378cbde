package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which windows without events are to be reported of which keys. */
final class ReferenceEmptyWindows<K> {
    private final long horizon;
    /** Keys by first arrival; of each the ends of all its windows that closed with events in them. */
    private final Map<@Nullable K, TreeSet<Long>> ends = new LinkedHashMap<>();

    ReferenceEmptyWindows(long horizon) {
        if (horizon <= 0) {
            throw new IllegalArgumentException("horizon must be positive, got " + horizon);
        }
        this.horizon = horizon;
    }

    record EmptyWindow<K>(@Nullable K key, TimeWindow window) {}

    void arrived(@Nullable K key) {
        ends.computeIfAbsent(key, newKey -> new TreeSet<>());
    }

    /** A window of the key closed with events in it, or took one after it had closed. */
    void closed(@Nullable K key, TimeWindow window) {
        ends.computeIfAbsent(key, newKey -> new TreeSet<>()).add(window.end());
    }

    /** The windows that close as the watermark moves and lie within the horizon; the caller leaves out those with events. */
    List<EmptyWindow<K>> closing(ReferenceWindows windows, long before, long watermark) {
        List<EmptyWindow<K>> empty = new ArrayList<>();
        ends.forEach((key, closed) -> {
            TreeSet<TimeWindow> found = new TreeSet<>(ReferenceWindows.ORDER);
            for (long end : closed) {
                long upTo = Math.min(ReferenceWindows.sum(end, horizon), watermark);
                found.addAll(windows.endingBetween(Math.max(end, before), upTo));
            }
            found.removeIf(window -> window.end() == Long.MAX_VALUE); // not its own end, but the end of time
            found.forEach(window -> empty.add(new EmptyWindow<>(key, window)));
        });
        return empty;
    }
}
