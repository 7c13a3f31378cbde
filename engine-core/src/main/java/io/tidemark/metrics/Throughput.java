package io.tidemark.metrics;

/**
 * How many events passed in how much time. Immutable, safe from any thread.
 *
 * @param events number of events, not negative
 * @param nanos the time they took, in nanoseconds of the monotonic clock, not negative
 */
public record Throughput(long events, long nanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Checks the two.
     *
     * @throws IllegalArgumentException if one of them is negative
     */
    public Throughput {
        if (events < 0 || nanos < 0) {
            throw new IllegalArgumentException("a throughput needs events >= 0 and nanos >= 0, not " + events + " in "
                    + nanos + " ns; take the later reading minus the earlier one");
        }
    }

    /** Events per second; 0 while no time has passed. */
    public double perSecond() {
        return nanos == 0 ? 0.0 : events * (NANOS_PER_SECOND / nanos);
    }
}
