package io.tidemark.operator;

import java.util.Arrays;

/** The windows for which something is to be done in one step, each once, in the order of end, start and number. */
final class DueWindows {
    /** So many are sorted by insertion whatever their order. */
    private static final int FEW = 24;

    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private final WindowArena windows;
    private int[] positions = new int[FEW];
    private int count;
    private int next;
    private long[] keys = new long[FEW];
    private long[] sorted = new long[FEW];
    private final int[] starts = new int[DIGITS];
    private final DeadlineHeap heap = new DeadlineHeap();

    /** None yet. */
    DueWindows(WindowArena windows) {
        this.windows = windows;
    }

    /** Makes room for so many more. */
    void reserve(int more) {
        if (count + more > positions.length) {
            positions = Arrays.copyOf(positions, Math.max(2 * positions.length, count + more));
        }
    }

    /** Adds a window if it is due; there must be room. Without a branch, since it is hard to foresee which are. */
    void addIf(boolean isDue, int window) {
        positions[count] = window;
        count += isDue ? 1 : 0;
    }

    /** Adds a window. */
    void add(int window) {
        reserve(1);
        positions[count++] = window;
    }

    /** The first; NONE if there is none. */
    int first() {
        return next < count ? positions[next] : WindowArena.NONE;
    }

    int size() {
        return count - next;
    }

    /** The window at this place, in their order. */
    int get(int index) {
        return positions[next + index];
    }

    /** Takes the first away, however often it was added. */
    void removeFirst() {
        int first = positions[next];
        do {
            next++;
        } while (next < count && positions[next] == first);
        if (next == count) {
            next = 0;
            count = 0;
        }
    }

    /** Puts them in order. Where a stretch of the wheel is one unit of time they come by end, and few are out of place. */
    void sort() {
        if (!sortByInsertion() && !sortByKeys()) {
            sortByHeap();
        }
    }

    /** Moves back what comes too late; false, and some have been moved, if that is too many. */
    private boolean sortByInsertion() {
        int budget = FEW * FEW + 2 * (count - next);
        int[] all = positions;
        for (int i = next + 1; i < count; i++) {
            int window = all[i];
            int at = i;
            while (at > next && isBefore(window, all[at - 1])) {
                all[at] = all[at - 1];
                at--;
            }
            all[at] = window;
            budget -= i - at;
            if (budget < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isBefore(int one, int other) {
        if (windows.end(one) != windows.end(other)) {
            return windows.end(one) < windows.end(other);
        }
        if (windows.start(one) != windows.start(other)) {
            return windows.start(one) < windows.start(other);
        }
        return windows.number(one) < windows.number(other);
    }

    /** Sorts numbers that hold end, start, number and place; false if all that does not fit into one. */
    private boolean sortByKeys() {
        long firstEnd = Long.MAX_VALUE;
        long lastEnd = Long.MIN_VALUE;
        long firstStart = Long.MAX_VALUE;
        long lastStart = Long.MIN_VALUE;
        long firstNumber = Long.MAX_VALUE;
        long lastNumber = Long.MIN_VALUE;
        for (int i = next; i < count; i++) {
            int window = positions[i];
            firstEnd = Math.min(firstEnd, windows.end(window));
            lastEnd = Math.max(lastEnd, windows.end(window));
            firstStart = Math.min(firstStart, windows.start(window));
            lastStart = Math.max(lastStart, windows.start(window));
            firstNumber = Math.min(firstNumber, windows.number(window));
            lastNumber = Math.max(lastNumber, windows.number(window));
        }
        int placeBits = bits(count);
        int numberBits = bits(lastNumber - firstNumber);
        int startBits = bits(lastStart - firstStart);
        int endBits = bits(lastEnd - firstEnd);
        if (placeBits + numberBits + startBits + endBits >= Long.SIZE) {
            return false;
        }
        if (keys.length < count) {
            keys = new long[positions.length];
            sorted = new long[positions.length];
        }
        for (int i = next; i < count; i++) {
            int window = positions[i];
            long key = windows.end(window) - firstEnd;
            key = (key << startBits) | (windows.start(window) - firstStart);
            key = (key << numberBits) | (windows.number(window) - firstNumber);
            keys[i] = (key << placeBits) | i;
        }
        int keyBits = numberBits + startBits + endBits;
        for (int bit = placeBits; bit < placeBits + keyBits; bit += DIGIT_BITS) {
            sortByDigit(bit);
        }
        int placeMask = (1 << placeBits) - 1;
        for (int i = next; i < count; i++) {
            keys[i] = positions[(int) keys[i] & placeMask];
        }
        for (int i = next; i < count; i++) {
            positions[i] = (int) keys[i];
        }
        return true;
    }

    /** Sorts the keys by a few bits from {@code bit} on; those that are equal there keep their order. */
    private void sortByDigit(int bit) {
        Arrays.fill(starts, 0);
        for (int i = next; i < count; i++) {
            starts[(int) (keys[i] >>> bit) & (DIGITS - 1)]++;
        }
        int start = next;
        for (int digit = 0; digit < DIGITS; digit++) {
            int equal = starts[digit];
            starts[digit] = start;
            start += equal;
        }
        for (int i = next; i < count; i++) {
            sorted[starts[(int) (keys[i] >>> bit) & (DIGITS - 1)]++] = keys[i];
        }
        long[] unsorted = keys;
        keys = sorted;
        sorted = unsorted;
    }

    /** How many bits a number has that is not negative; as many as there are if it is, which a distance becomes by overflow. */
    private static int bits(long number) {
        return Long.SIZE - Long.numberOfLeadingZeros(number);
    }

    private void sortByHeap() {
        for (int i = next; i < count; i++) {
            int window = positions[i];
            heap.add(windows.end(window), windows.start(window), windows.number(window), window);
        }
        for (int i = next; i < count; i++) {
            positions[i] = heap.firstPosition();
            heap.removeFirst();
        }
    }
}
