package io.tidemark.testing;

import io.tidemark.time.EpochClock;
import io.tidemark.time.Ticker;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * A clock that stands still until it is moved: monotonic ticker and wall clock in one.
 *
 * <p>{@link #advance(Duration)} moves both. {@link #setWallClock(Instant)} moves the wall clock alone, as a time server does on
 * a real machine, forwards or backwards.
 *
 * <p>The ticker begins just below {@link Long#MAX_VALUE} and wraps within the first second, because code that compares two
 * readings instead of subtracting them should fail in the test.
 *
 * <p>Threads: safe from any thread. Range of the wall clock: the years 1677 to 2262. Errors: leaving it, or advancing by a
 * negative duration, is an {@link IllegalArgumentException} and moves nothing.
 */
public final class VirtualClock implements Ticker, EpochClock {
    private static final long FIRST_TICK = Long.MAX_VALUE - 500_000_000L;

    private long ticks = FIRST_TICK;
    private long epochNanos;

    /** Stands at {@code start}. */
    public VirtualClock(Instant start) {
        epochNanos = nanos(start);
    }

    /** Stands at 2026-01-01T00:00:00Z. */
    public VirtualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Override
    public synchronized long nanoTime() {
        return ticks;
    }

    @Override
    public synchronized long epochNanos() {
        return epochNanos;
    }

    /** The wall clock's reading. */
    public Instant instant() {
        return Instant.EPOCH.plusNanos(epochNanos());
    }

    /** Lets time pass on both clocks. */
    public synchronized void advance(Duration elapsed) {
        if (elapsed.isNegative()) {
            throw new IllegalArgumentException(
                    "time does not run backwards: " + elapsed + "; use setWallClock to turn the wall clock back");
        }
        Instant moved;
        try {
            moved = Instant.EPOCH.plusNanos(epochNanos).plus(elapsed);
        } catch (DateTimeException | ArithmeticException beyondInstant) {
            throw new IllegalArgumentException(
                    "advancing by " + elapsed + " leaves the range of the clock", beyondInstant);
        }
        // both or neither: the wall clock is checked before the ticker moves
        epochNanos = nanos(moved);
        ticks += elapsed.toNanos();
    }

    /** Sets the wall clock; the ticker does not notice. */
    public synchronized void setWallClock(Instant time) {
        epochNanos = nanos(time);
    }

    private static long nanos(Instant time) {
        try {
            return Duration.between(Instant.EPOCH, time).toNanos();
        } catch (ArithmeticException outOfRange) {
            throw new IllegalArgumentException(
                    "a clock in nanoseconds reads the years 1677 to 2262 only, got " + time, outOfRange);
        }
    }
}
