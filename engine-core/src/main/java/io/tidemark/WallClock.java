package io.tidemark;

import io.tidemark.time.EpochClock;
import io.tidemark.time.Timestamps;
import java.util.concurrent.TimeUnit;

/**
 * The wall clock in the engine's unit. The monotonic clock, which the engine thread has read anyway, may carry it on for a moment: to
 * read both would be a good part of a pass that finds one row.
 *
 * <p>Threads: belongs to one thread. Cost: the clock is read once in {@link #CARRIED_NANOS} at most, or each time.
 */
final class WallClock {
    static final long CARRIED_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final EpochClock clock;
    private final long nanosPerUnit;
    private final long carriedNanos;
    private long read;
    private long readAt;

    /**
     * A clock that {@link #start} must start.
     *
     * @param carried whether it goes on with the monotonic clock: not between two polls of a caller's, of which nobody knows what
     *     happened meanwhile, nor with a ticker of the user's own, which may stand still
     */
    WallClock(EpochClock clock, TimeUnit unit, boolean carried) {
        this.clock = clock;
        this.nanosPerUnit = unit.toNanos(1);
        this.carriedNanos = carried ? CARRIED_NANOS : 0;
    }

    /** Lets the next look read the clock. */
    void start(long nowNanos) {
        readAt = nowNanos - carriedNanos;
    }

    /** The wall clock at a reading of the monotonic one that is no earlier than the last. */
    long units(long nowNanos) {
        if (nowNanos - readAt >= carriedNanos) {
            read = clock.epochNanos();
            readAt = nowNanos;
        }
        return Math.floorDiv(Timestamps.add(read, nowNanos - readAt), nanosPerUnit);
    }
}
