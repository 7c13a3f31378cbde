package io.tidemark.bench.workload;

/** Time that adds up until it is taken. Threads: belongs to one thread. Units: nanoseconds. */
public final class SpentTime {
    private long nanos;

    /** No time yet. */
    public SpentTime() {}

    /** Adds the time since a reading of {@link System#nanoTime}; the reading now. */
    public long addSince(long start) {
        long now = System.nanoTime();
        nanos += now - start;
        return now;
    }

    /** What was added since the last call. */
    public long take() {
        long taken = nanos;
        nanos = 0;
        return taken;
    }
}
