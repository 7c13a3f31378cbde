package io.tidemark.operator;

import java.util.Arrays;

/**
 * Deadlines by (time, start, number), smallest first: a binary heap over flat arrays. Sessions change their bounds more often
 * than they end, so a changed deadline is not looked up here; it is found to be stale when it comes to the top.
 */
final class DeadlineHeap {
    private long[] times = new long[16];
    private long[] starts = new long[16];
    private long[] numbers = new long[16];
    private int[] positions = new int[16];
    private int size;

    /** Tells a deadline that is still wanted from one that is void. */
    interface Wanted {
        boolean test(long time, long number, int position);
    }

    int size() {
        return size;
    }

    /** Drops all that are void, in linear time but for putting the rest in order. */
    void retain(Wanted wanted) {
        int all = size;
        size = 0;
        for (int i = 0; i < all; i++) {
            // never ahead of i: what is added lies before what is still to be read
            if (wanted.test(times[i], numbers[i], positions[i])) {
                add(times[i], starts[i], numbers[i], positions[i]);
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    long firstStart() {
        return starts[0];
    }

    long firstNumber() {
        return numbers[0];
    }

    int firstPosition() {
        return positions[0];
    }

    void add(long time, long start, long number, int position) {
        if (size == times.length) {
            int larger = size * 2;
            times = Arrays.copyOf(times, larger);
            starts = Arrays.copyOf(starts, larger);
            numbers = Arrays.copyOf(numbers, larger);
            positions = Arrays.copyOf(positions, larger);
        }
        int index = size++;
        while (index > 0) {
            int parent = (index - 1) >>> 1;
            if (!isBefore(time, start, number, parent)) {
                break;
            }
            move(parent, index);
            index = parent;
        }
        set(index, time, start, number, position);
    }

    void removeFirst() {
        int last = --size;
        if (last > 0) {
            sink(times[last], starts[last], numbers[last], positions[last]);
        }
    }

    /** The same as {@link #removeFirst} and {@link #add}, in one way down. */
    void replaceFirst(long time, long start, long number, int position) {
        sink(time, start, number, position);
    }

    /** Places a deadline from the top down, over the one that stands there. */
    private void sink(long time, long start, long number, int position) {
        int index = 0;
        while (true) {
            int child = 2 * index + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(times[child + 1], starts[child + 1], numbers[child + 1], child)) {
                child++;
            }
            if (isBefore(time, start, number, child)) {
                break;
            }
            move(child, index);
            index = child;
        }
        set(index, time, start, number, position);
    }

    private boolean isBefore(long time, long start, long number, int other) {
        if (time != times[other]) {
            return time < times[other];
        }
        if (start != starts[other]) {
            return start < starts[other];
        }
        return number < numbers[other];
    }

    private void move(int from, int to) {
        set(to, times[from], starts[from], numbers[from], positions[from]);
    }

    private void set(int index, long time, long start, long number, int position) {
        times[index] = time;
        starts[index] = start;
        numbers[index] = number;
        positions[index] = position;
    }
}
