package io.tidemark.time;

import java.time.Instant;

/**
 * The wall clock, in nanoseconds since 1970-01-01T00:00:00Z. It is read for latency (processing time - event time), for the
 * future guard, and where silent sources let the watermark follow the clock.
 *
 * <p>Threads: implementations are safe from any thread. Range: the years 1677 to 2262. Cost: one call per batch
 * of events at most, and per pass where the watermark may follow it; an engine with a thread of its own lets the monotonic clock carry it on for 50 microseconds.
 */
@FunctionalInterface
public interface EpochClock {

    /** Nanoseconds since the epoch; negative before 1970. */
    long epochNanos();

    /** The machine's wall clock. */
    static EpochClock system() {
        return () -> {
            Instant now = Instant.now();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        };
    }
}
