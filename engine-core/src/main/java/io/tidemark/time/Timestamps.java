package io.tidemark.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Arithmetic on timestamps: signed 64-bit counts of the engine's time unit since the epoch. Every operation saturates at the
 * ends of {@code long} instead of wrapping, and rounds towards the past, so times before 1970 fall into the right window.
 *
 * <p>{@link #NONE} and {@link #END_OF_TIME} are not timestamps: as a watermark they mean "none yet" and "end of input".
 *
 * <p>Threads: safe from any thread. Cost: constant, no allocation on the {@code long} methods.
 */
public final class Timestamps {

    /** As a watermark: nothing is known yet, so nothing is late. Never a valid timestamp. */
    public static final long NONE = Long.MIN_VALUE;

    /** As a watermark: no event will follow. Never a valid timestamp. */
    public static final long END_OF_TIME = Long.MAX_VALUE;

    private Timestamps() {}

    /** Whether {@code timestamp} may stand on an event: neither {@link #NONE} nor {@link #END_OF_TIME}. */
    public static boolean isValid(long timestamp) {
        return timestamp != NONE && timestamp != END_OF_TIME;
    }

    /** {@code a + b}, held at the ends of {@code long}. */
    public static long add(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** {@code a - b}, held at the ends of {@code long}. */
    public static long subtract(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return difference;
    }

    /**
     * The largest {@code k * step + offset} that is {@code <= timestamp}; {@link Long#MIN_VALUE} if that lies below the range.
     *
     * @param step positive distance between two points of the grid
     * @param offset where the grid is anchored, {@code |offset| < step}
     */
    public static long floor(long timestamp, long step, long offset) {
        // floorMod of each part: timestamp - offset itself could overflow
        long remainder = Math.floorMod(timestamp, step) - Math.floorMod(offset, step);
        return subtract(timestamp, remainder < 0 ? remainder + step : remainder);
    }

    /** The smallest {@code k * step + offset} that is {@code > timestamp}; {@link Long#MAX_VALUE} if that lies above the range. */
    public static long next(long timestamp, long step, long offset) {
        long remainder = Math.floorMod(timestamp, step) - Math.floorMod(offset, step);
        return add(timestamp, step - (remainder < 0 ? remainder + step : remainder));
    }

    /**
     * A duration as a whole number of units.
     *
     * @param what the setting's name, for the message
     * @throws IllegalArgumentException if it is no whole number of units or does not fit into a {@code long}; nothing is
     *     ever truncated
     */
    public static long units(Duration duration, TimeUnit unit, String what) {
        long perSecond = unit.convert(1, TimeUnit.SECONDS);
        if (perSecond == 0) {
            throw new IllegalArgumentException("time unit " + unit + " is coarser than a second; use SECONDS or finer");
        }
        long nanosPerUnit = 1_000_000_000L / perSecond;
        if (duration.getNano() % nanosPerUnit != 0) {
            throw new IllegalArgumentException(what + " " + duration + " is no whole number of " + unit
                    + "; choose a finer timeUnit on the builder or a rounder duration");
        }
        // the second's fraction counts upwards: below zero, the whole seconds alone may lie just outside of long
        long seconds = duration.getSeconds();
        long fraction = duration.getNano() / nanosPerUnit;
        if (seconds < 0 && fraction > 0) {
            seconds++;
            fraction -= perSecond;
        }
        try {
            return Math.addExact(Math.multiplyExact(seconds, perSecond), fraction);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(
                    what + " " + duration + " does not fit into 64 bits of " + unit, overflow);
        }
    }

    /** A duration in nanoseconds, held at the ends of {@code long}: some 292 years are as good as for ever. */
    public static long nanos(Duration duration) {
        return add(multiply(duration.getSeconds(), 1_000_000_000L), duration.getNano());
    }

    /** The instant in the engine's unit, rounded towards the past and held at the ends of {@code long}. */
    public static long fromInstant(Instant instant, TimeUnit unit) {
        long perSecond = unit.convert(1, TimeUnit.SECONDS);
        // the second's fraction counts upwards: below zero, add it before the product can be held at the lower end
        long seconds = instant.getEpochSecond();
        long fraction = instant.getNano() / (1_000_000_000L / perSecond);
        if (seconds < 0 && fraction > 0) {
            seconds++;
            fraction -= perSecond;
        }
        return add(multiply(seconds, perSecond), fraction);
    }

    /** The timestamp as an instant, for people to read. */
    public static Instant toInstant(long timestamp, TimeUnit unit) {
        long perSecond = unit.convert(1, TimeUnit.SECONDS);
        long seconds = Math.floorDiv(timestamp, perSecond);
        if (seconds < Instant.MIN.getEpochSecond()) {
            return Instant.MIN;
        }
        if (seconds > Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return Instant.ofEpochSecond(seconds, Math.floorMod(timestamp, perSecond) * (1_000_000_000L / perSecond));
    }

    /** {@code a * b}, held at the ends of {@code long}. */
    public static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
            return low;
        }
        return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
