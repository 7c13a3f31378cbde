package io.tidemark.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is known exactly about a stage's durations: how many, the shortest, the longest, and the negative ones apart.
 *
 * <p>Threads: one writer, any reader. An extreme is stored before the count that includes it, and a reader reads the
 * count first: the extremes that it sees cover at least the durations counted. Cost: a compare for each extreme, an
 * ordered store for a count.
 */
final class Tally {

    private static final VarHandle MIN;
    private static final VarHandle MAX;
    private static final VarHandle MOST_NEGATIVE;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            MIN = lookup.findVarHandle(Tally.class, "min", long.class);
            MAX = lookup.findVarHandle(Tally.class, "max", long.class);
            MOST_NEGATIVE = lookup.findVarHandle(Tally.class, "mostNegative", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Counter count = new Counter();
    private final Counter negatives = new Counter();
    private long min = Long.MAX_VALUE;
    private long max;
    private long mostNegative;

    /** Writer: {@code n} durations that are not negative, the shortest and the longest of them. */
    void add(long n, long shortest, long longest) {
        if (shortest < min) {
            MIN.setOpaque(this, shortest);
        }
        if (longest > max) {
            MAX.setOpaque(this, longest);
        }
        count.add(n);
    }

    /** Writer: {@code n} durations below zero and the lowest of them. */
    void addNegatives(long n, long lowest) {
        if (lowest < mostNegative) {
            MOST_NEGATIVE.setOpaque(this, lowest);
        }
        negatives.add(n);
    }

    /** Durations that were not negative. To be read before {@link #min} and {@link #max}. */
    long count() {
        return count.value();
    }

    /** The shortest; {@link Long#MAX_VALUE} if there is none. */
    long min() {
        return (long) MIN.getOpaque(this);
    }

    /** The longest; 0 if there is none. */
    long max() {
        return (long) MAX.getOpaque(this);
    }

    /** Durations below zero. To be read before {@link #mostNegative}. */
    long negatives() {
        return negatives.value();
    }

    /** The lowest; 0 if none was below zero. */
    long mostNegative() {
        return (long) MOST_NEGATIVE.getOpaque(this);
    }
}
