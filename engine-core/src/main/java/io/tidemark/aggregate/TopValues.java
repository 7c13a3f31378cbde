package io.tidemark.aggregate;

import java.util.Arrays;
import java.util.List;

/**
 * The best of many values by score, of equals the earlier arrival: a binary heap in flat arrays with the worst of them at the root,
 * where the next better one replaces it. Grows as values come, to its limit and no further.
 */
final class TopValues<V> {

    private static final int SMALLEST = 8;

    private final int limit;
    private long[] scores = {};
    private long[] arrivals = {};
    private Object[] values = {};
    private int size;

    TopValues(int limit) {
        this.limit = limit;
    }

    /** Whether there is room, or it is better than the worst so far. */
    boolean admits(long score, long arrival) {
        return size < limit || isBetter(score, arrival, 0);
    }

    /** Adds one that {@link #admits} let in; the worst leaves if there is no room. */
    void add(long score, long arrival, V value) {
        if (size < limit) {
            reserve();
            size++;
            rise(score, arrival, value);
        } else {
            sink(score, arrival, value);
        }
    }

    void addAll(TopValues<V> other) {
        for (int i = 0; i < other.size; i++) {
            if (admits(other.scores[i], other.arrivals[i])) {
                add(other.scores[i], other.arrivals[i], other.value(i));
            }
        }
    }

    /** Best first; unmodifiable and detached. */
    List<Ranked<V>> toList() {
        TopValues<V> rest = copy();
        @SuppressWarnings("unchecked") // an array cannot be made of a parameterized type
        Ranked<V>[] ranked = (Ranked<V>[]) new Ranked<?>[size];
        for (int last = size - 1; last >= 0; last--) {
            ranked[last] = new Ranked<>(rest.scores[0], rest.value(0));
            rest.size = last;
            rest.sink(rest.scores[last], rest.arrivals[last], rest.values[last]);
        }
        return List.of(ranked);
    }

    @SuppressWarnings("unchecked") // only a V is ever added
    private V value(int at) {
        return (V) values[at];
    }

    private TopValues<V> copy() {
        TopValues<V> copy = new TopValues<>(limit);
        copy.scores = Arrays.copyOf(scores, size);
        copy.arrivals = Arrays.copyOf(arrivals, size);
        copy.values = Arrays.copyOf(values, size);
        copy.size = size;
        return copy;
    }

    /** From the last place towards the root, past all that are better. */
    private void rise(long score, long arrival, Object value) {
        int at = size - 1;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (isBetter(score, arrival, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, score, arrival, value);
    }

    /** From the root, whose value leaves, past all that are worse. */
    private void sink(long score, long arrival, Object value) {
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && isBetter(scores[child], arrivals[child], child + 1)) {
                child++;
            }
            if (!isBetter(score, arrival, child)) {
                break;
            }
            move(child, at);
            at = child;
            child = 2 * at + 1;
        }
        set(at, score, arrival, value);
    }

    private boolean isBetter(long score, long arrival, int than) {
        return score == scores[than] ? arrival < arrivals[than] : score > scores[than];
    }

    private void move(int from, int to) {
        set(to, scores[from], arrivals[from], values[from]);
    }

    private void set(int at, long score, long arrival, Object value) {
        scores[at] = score;
        arrivals[at] = arrival;
        values[at] = value;
    }

    private void reserve() {
        if (size == scores.length) {
            int capacity = Math.min(limit, Math.max(SMALLEST, 2 * size));
            scores = Arrays.copyOf(scores, capacity);
            arrivals = Arrays.copyOf(arrivals, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }
}
