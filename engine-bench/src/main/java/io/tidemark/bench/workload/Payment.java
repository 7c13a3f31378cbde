package io.tidemark.bench.workload;

/**
 * An event as an object, for contenders that pass objects on. Threads: immutable.
 *
 * @param timestamp milliseconds
 * @param key whose it is
 * @param value how much
 */
public record Payment(long timestamp, long key, long value) {

    /** The event that a row of an {@link EventStream} describes, freshly made. */
    public static Payment of(long[] rows, int row) {
        return new Payment(
                rows[row + EventStream.TIMESTAMP], rows[row + EventStream.KEY], rows[row + EventStream.VALUE]);
    }
}
