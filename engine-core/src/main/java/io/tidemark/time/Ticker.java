package io.tidemark.time;

/**
 * A monotonic clock in nanoseconds with an arbitrary origin. Idleness, timeouts and stage latencies are measured on it, never
 * on the wall clock, so setting the machine's time cannot close a window.
 *
 * <p>Threads: implementations are safe from any thread. Two readings are only ever subtracted, never compared, so the counter
 * may wrap. Cost: one call, no allocation.
 */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary, fixed origin. */
    long nanoTime();

    /** The machine's monotonic clock. */
    static Ticker system() {
        return System::nanoTime;
    }
}
