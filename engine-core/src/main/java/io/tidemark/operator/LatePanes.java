package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The closed windows that got late events, by (end, start), until they expire. Windows without late events, the usual ones, take no
 * room here. Tables of expired windows are used again.
 */
final class LatePanes {
    /** Tables kept for reuse; more would only hold memory after a burst. */
    private static final int SPARE = 64;

    private final long allowedLateness;
    private final Supplier<KeyTable> newTable;
    private final List<LateWindow> windows = new ArrayList<>();
    private final Deque<KeyTable> spare = new ArrayDeque<>();
    /** Index behind the window claimed last: a late event asks for windows in their order. */
    private int next;
    /** All windows before it have given their remainders. */
    private int given;

    /**
     * No windows yet.
     *
     * @param newTable makes tables with one extra long
     */
    LatePanes(long allowedLateness, Supplier<KeyTable> newTable) {
        this.allowedLateness = allowedLateness;
        this.newTable = newTable;
    }

    /** The window with these bounds, made if it is not there. */
    LateWindow claim(long start, long end) {
        int index = next < windows.size() && compare(windows.get(next), start, end) == 0 ? next : search(start, end);
        next = index + 1;
        if (index < windows.size() && compare(windows.get(index), start, end) == 0) {
            return windows.get(index);
        }
        LateWindow window = new LateWindow(start, end, spare.isEmpty() ? newTable.get() : spare.pop());
        windows.add(index, window);
        return window;
    }

    private int search(long start, long end) {
        int low = 0;
        int high = windows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(windows.get(middle), start, end) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(LateWindow window, long start, long end) {
        return window.end != end ? Long.compare(window.end, end) : Long.compare(window.start, start);
    }

    /** Remembers that the keys a closing window had no events of got their panes. */
    void addOnTime(long start, long end, Contents given) {
        LateWindow window = null;
        for (int position = given.first(); position < given.limit(); position += given.step()) {
            if (given.isOccupied(position)) {
                window = window == null ? claim(start, end) : window;
                window.addOnTime(given.keyAt(position));
            }
        }
    }

    /** When the first of these windows expires. */
    long firstExpiry() {
        return windows.isEmpty() ? Long.MAX_VALUE : expiry(0);
    }

    private long expiry(int index) {
        return Timestamps.add(windows.get(index).end, allowedLateness);
    }

    /** The first window that {@code watermark} lets expire with late events that no pane has shown; null if there is none. */
    @Nullable
    LateWindow firstRemainder(long watermark) {
        while (given < windows.size() && expiry(given) <= watermark) {
            if (windows.get(given).remainders() > 0) {
                return windows.get(given);
            }
            given++;
        }
        return null;
    }

    /** The {@link #firstRemainder} has been given. */
    void removeRemainder() {
        given++;
    }

    /** Forgets windows that have expired. */
    void expire(long watermark) {
        int expired = 0;
        while (expired < windows.size() && expiry(expired) <= watermark) {
            KeyTable table = windows.get(expired).keys;
            table.clear();
            if (spare.size() < SPARE) {
                spare.push(table);
            }
            expired++;
        }
        if (expired > 0) {
            windows.subList(0, expired).clear();
        }
        next = 0;
        given = 0;
    }

    /** Keys known of all windows. */
    long entries() {
        long entries = 0;
        for (LateWindow window : windows) {
            entries += window.keys.size();
        }
        return entries;
    }
}
