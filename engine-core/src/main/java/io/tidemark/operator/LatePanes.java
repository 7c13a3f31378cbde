package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import java.util.Map;
import java.util.TreeMap;

/**
 * Pane numbers of windows that got late panes: for each such window, how many panes each of its keys has had. Windows without
 * late events, the usual ones, take no room here.
 */
final class LatePanes {
    private final long allowedLateness;
    /** By end, then start; a window's counts are in a table whose event count is the number of panes. */
    private final TreeMap<Long, TreeMap<Long, KeyTable>> byEnd = new TreeMap<>();

    private final AggregateColumns<?, ?> noState;

    LatePanes(long allowedLateness, AggregateColumns<?, ?> noState) {
        this.allowedLateness = allowedLateness;
        this.noState = noState;
    }

    /**
     * The number for a late pane.
     *
     * @param hadOnTimePane whether the key had events in this window before it closed; asked for at its first late pane only
     */
    long next(long start, long end, long key, boolean hadOnTimePane) {
        KeyTable counts = byEnd.computeIfAbsent(end, e -> new TreeMap<>())
                .computeIfAbsent(start, s -> new KeyTable(noState, null, false));
        int position = counts.claim(key, 0);
        long before = counts.longs[position + Entries.COUNT];
        if (before == 0 && hadOnTimePane) {
            before = 1;
        }
        counts.longs[position + Entries.COUNT] = before + 1;
        return before;
    }

    /** When the first of these windows expires. */
    long firstExpiry() {
        return byEnd.isEmpty() ? Long.MAX_VALUE : Timestamps.add(byEnd.firstKey(), allowedLateness);
    }

    /** Forgets windows that have expired. */
    void expire(long watermark) {
        while (!byEnd.isEmpty() && firstExpiry() <= watermark) {
            byEnd.pollFirstEntry();
        }
    }

    /** Keys with counts. */
    long entries() {
        long entries = 0;
        for (Map<Long, KeyTable> windows : byEnd.values()) {
            for (KeyTable counts : windows.values()) {
                entries += counts.size();
            }
        }
        return entries;
    }
}
