package io.tidemark.operator;

import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The live slices in the order of time, which is also the order of their last window ends. Only slices that hold events exist,
 * so a jump in time costs nothing. Tables of freed slices are used again.
 */
final class SliceList {
    /** Tables kept for reuse; more would only hold memory after a burst. */
    private static final int SPARE = 64;

    /** Keys looked at to see whether keys come again. */
    private static final int SAMPLE = 64;

    private final SlicedWindows windows;
    private final Supplier<KeyTable> newTable;
    private final List<Slice> slices = new ArrayList<>();
    private final Deque<KeyTable> spare = new ArrayDeque<>();
    /** So many of the slices next in time follow the leader; one far ahead may have but an event, and not need so much room. */
    private static final int NEAR = 8;

    /** Where keys lie in the tables of slices to come; null for where they happen to. */
    private @Nullable KeyTable leader;
    /** The first of these slices starts then or later. */
    private long from;

    private final WindowCursor cursor = new WindowCursor();

    SliceList(SlicedWindows windows, Supplier<KeyTable> newTable) {
        this.windows = windows;
        this.newTable = newTable;
    }

    int size() {
        return slices.size();
    }

    Slice get(int index) {
        return slices.get(index);
    }

    /** Index of the first slice that starts at or after {@code start}. */
    int firstFrom(long start) {
        // most often one of the last is looked for
        int high = slices.size();
        int low = high;
        for (int step = 1; low > 0 && slices.get(low - 1).start >= start; step *= 2) {
            high = low - 1;
            low = Math.max(0, high - step);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slices.get(middle).start < start) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the first slice some window of which ends after {@code watermark}. */
    int firstNotClosed(long watermark) {
        int low = 0;
        int high = slices.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (slices.get(middle).lastEnd <= watermark) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The slice for a timestamp, made if it does not exist; null if no window contains the timestamp. */
    @Nullable
    Slice claim(long timestamp) {
        long start = windows.sliceStart(timestamp);
        int index = firstFrom(start);
        if (index < slices.size() && slices.get(index).start == start) {
            return slices.get(index);
        }
        if (!windows.lastWindow(timestamp, cursor)) {
            return null;
        }
        KeyTable table = spare.isEmpty() ? newTable.get() : spare.pop();
        table.follow(isNear(start, index) ? leader : null);
        Slice slice = new Slice(start, windows.sliceEnd(timestamp), cursor.end(), table);
        slices.add(index, slice);
        return slice;
    }

    private boolean isNear(long start, int index) {
        return start >= from && (index < NEAR || slices.get(index - NEAR).start < from);
    }

    /**
     * From now on keys lie in the tables of new slices where they lie in this one; null for where they happen to.
     *
     * @param time slices before it are left out
     */
    @SuppressWarnings("ReferenceEquality") // it is the table, not what it holds
    void follow(@Nullable KeyTable newLeader, long time) {
        if (leader != newLeader) {
            for (KeyTable table : spare) {
                table.follow(null); // else it would keep the old one in memory
            }
        }
        leader = newLeader;
        from = time;
    }

    @Nullable
    KeyTable leader() {
        return leader;
    }

    /**
     * Frees the first {@code count} slices.
     *
     * @param keepKeys whether a table may keep its keys for the next slice that uses it, if the first that stays shows that they come again
     */
    void removeFirst(int count, boolean keepKeys) {
        for (int i = 0; i < count; i++) {
            KeyTable table = slices.get(i).table;
            if (keepKeys && count < slices.size() && comeAgain(table, slices.get(count).table)) {
                table.clearContents();
            } else {
                table.clear();
            }
            if (leader == null || !table.follows(leader) || spare.size() == SPARE) {
                table.follow(null);
            }
            if (spare.size() < SPARE) {
                spare.push(table);
            }
        }
        slices.subList(0, count).clear();
    }

    /** Whether nearly all of a sample of the keys with events of a table are in an earlier one. */
    static boolean comeAgain(KeyTable earlier, KeyTable later) {
        int step = Math.max(1, later.size() / SAMPLE) * later.step();
        int sampled = 0;
        int missing = 0;
        for (int position = later.first(); position < later.limit(); position += step) {
            if (later.isOccupied(position)) {
                sampled++;
                missing += earlier.knows(later.key(position)) ? 0 : 1;
            }
        }
        return missing < sampled / KeyTable.RARE;
    }

    /** Entries of all slices. */
    long entries() {
        long entries = 0;
        for (Slice slice : slices) {
            entries += slice.table.knownKeys();
        }
        return entries;
    }
}
