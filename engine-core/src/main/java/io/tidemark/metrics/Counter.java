package io.tidemark.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count that one thread raises and any thread reads.
 *
 * <p>Threads: {@link #increment} and {@link #add} belong to one thread at a time (two would lose updates),
 * {@link #value} to all. A reader that sees a value also sees what the writer did before it reached that value.
 * Overflow: held at {@link Long#MAX_VALUE}. Cost: one load, one add and one ordered store; no atomic read-modify-write,
 * no allocation. Not padded: counters that share a cache line with another thread's should be raised once a batch.
 */
public final class Counter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** A count of zero. */
    public Counter() {}

    /** Adds one. Writer only. */
    public void increment() {
        add(1);
    }

    /**
     * Adds {@code n}. Writer only.
     *
     * @throws IllegalArgumentException if {@code n} is negative: a counter never goes back
     */
    public void add(long n) {
        if (n < 0) {
            throw new IllegalArgumentException("a counter never goes back: add(" + n + "); count the opposite apart");
        }
        // plain read: the only writer is this thread
        long sum = value + n;
        VALUE.setRelease(this, sum < 0 ? Long.MAX_VALUE : sum);
    }

    /** The count so far; {@link Long#MAX_VALUE} means "that or more". Any thread. */
    public long value() {
        return (long) VALUE.getAcquire(this);
    }

    /** The value as a decimal number. */
    @Override
    public String toString() {
        return Long.toString(value());
    }
}
