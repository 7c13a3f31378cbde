package io.tidemark.aggregate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Values with their numbers of arrival, ascending. Two logs whose arrivals interleaved merge back into the order of arrival.
 * Eight bytes and a reference per value.
 */
final class ArrivalLog<V> {

    private static final int SMALLEST = 8;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private long[] arrivals = {};
    private Object[] values = {};
    private int size;

    /** @param arrival larger than any so far in this log */
    void append(long arrival, V value) {
        reserve(size + 1L);
        arrivals[size] = arrival;
        values[size] = value;
        size++;
    }

    /** Linear in {@code other} alone when all of it arrived later, in both otherwise. */
    void merge(ArrivalLog<V> other) {
        if (other.size == 0) {
            return;
        }
        reserve((long) size + other.size);
        if (size == 0 || arrivals[size - 1] < other.arrivals[0]) {
            System.arraycopy(other.arrivals, 0, arrivals, size, other.size);
            System.arraycopy(other.values, 0, values, size, other.size);
        } else {
            interleave(other);
        }
        size += other.size;
    }

    /** From the back, so that no value of this log is overwritten before it has moved. */
    private void interleave(ArrivalLog<V> other) {
        int mine = size - 1;
        int theirs = other.size - 1;
        for (int to = mine + theirs + 1; theirs >= 0; to--) {
            if (mine >= 0 && arrivals[mine] > other.arrivals[theirs]) {
                arrivals[to] = arrivals[mine];
                values[to] = values[mine];
                mine--;
            } else {
                arrivals[to] = other.arrivals[theirs];
                values[to] = other.values[theirs];
                theirs--;
            }
        }
    }

    /** An unmodifiable copy. */
    @SuppressWarnings("unchecked") // only a V is ever appended
    List<V> toList() {
        return (List<V>) Collections.unmodifiableList(Arrays.asList(Arrays.copyOf(values, size)));
    }

    @SuppressWarnings("unchecked") // only a V is ever appended
    void forEach(Consumer<? super V> action) {
        for (int i = 0; i < size; i++) {
            action.accept((V) values[i]);
        }
    }

    private void reserve(long needed) {
        if (needed <= values.length) {
            return;
        }
        if (needed > LARGEST) {
            throw new IllegalStateException("one window and key would keep " + needed + " values, more than " + LARGEST
                    + "; use a shorter window or an aggregator that does not keep them");
        }
        int capacity = (int) Math.min(LARGEST, Math.max(Math.max(needed, SMALLEST), 2L * values.length));
        arrivals = Arrays.copyOf(arrivals, capacity);
        values = Arrays.copyOf(values, capacity);
    }
}
