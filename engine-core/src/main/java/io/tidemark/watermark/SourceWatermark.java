package io.tidemark.watermark;

import io.tidemark.time.Timestamps;
import java.util.concurrent.TimeUnit;

/**
 * The watermark of one source, brought forward row by row in the source's order.
 *
 * <p>Threads: belongs to the engine thread, with several shards to the producer. Units: the engine's time unit; clock readings in nanoseconds. Cost: {@link #scan} is
 * one comparison and one maximum per row.
 */
public final class SourceWatermark {
    /** Long.MAX_VALUE is the end of input: no event says that. */
    private static final long LARGEST_FROM_EVENTS = Long.MAX_VALUE - 1;

    private final String name;
    private final WatermarkStrategy.Kind kind;
    private final WatermarkStrategy.Update update;
    private final long delay;
    private final int every;
    private final long step;
    private final long intervalNanos;
    private final long idleTimeoutNanos;
    private final int punctuationColumn;

    /** The most that the rows seen would allow; W is brought up to it as the update frequency says. */
    private long candidate = Timestamps.NONE;

    private long watermark = Timestamps.NONE;
    private int eventsSinceUpdate;
    private long lastUpdateNanos;

    // kept by the tracker
    boolean counts;
    boolean idle;
    boolean everSent;
    long lastActiveNanos;

    /**
     * A watermark that has not moved yet.
     *
     * @param punctuationColumn where a row carries the watermark of a punctuated strategy, else ignored
     * @param nowNanos the monotonic clock's reading
     */
    public SourceWatermark(
            String name, WatermarkStrategy<?> strategy, TimeUnit unit, int punctuationColumn, long nowNanos) {
        this.name = name;
        this.kind = strategy.kind;
        this.update = strategy.update;
        this.delay = Timestamps.units(strategy.delay, unit, "delay");
        this.every = strategy.events;
        boolean byClock = update == WatermarkStrategy.Update.INTERVAL;
        this.step = byClock ? 0 : Timestamps.units(strategy.step, unit, "watermark step");
        this.intervalNanos = byClock ? Timestamps.nanos(strategy.step) : 0;
        this.idleTimeoutNanos = strategy.idleTimeout == null ? Long.MAX_VALUE : Timestamps.nanos(strategy.idleTimeout);
        this.punctuationColumn = punctuationColumn;
        this.lastUpdateNanos = nowNanos;
        this.lastActiveNanos = nowNanos;
    }

    /** The source's name. */
    public String name() {
        return name;
    }

    /** Every event of this source with {@code timestamp < watermark()} is expected to have been seen. */
    public long watermark() {
        return watermark;
    }

    /** Whether it was silent for its timeout and so does not hold the engine's watermark. */
    public boolean isIdle() {
        return idle;
    }

    /** Whether an event, or a command, ever came from it. */
    public boolean hasSent() {
        return everSent;
    }

    /** Whether it keeps the engine's watermark below {@code watermark} now: it counts, is not idle, and is not that far. */
    public boolean holdsBelow(long newWatermark) {
        return counts && !idle && watermark < newWatermark;
    }

    /** Whether its watermark is the newest timestamp less the delay. */
    public boolean followsEvents() {
        return kind == WatermarkStrategy.Kind.BOUNDED;
    }

    /** Whether its watermark is, behind each row, the newest timestamp less the delay. */
    public boolean movesByEvent() {
        return kind == WatermarkStrategy.Kind.BOUNDED && update == WatermarkStrategy.Update.EVENTS && every == 1;
    }

    /** How far behind the newest timestamp its watermark is held. */
    public long delay() {
        return delay;
    }

    /**
     * Takes a block of rows at once, in whatever order, if that comes to the same as {@link #scan}: with the usual strategy the newest
     * timestamp says it all.
     *
     * @param latest the largest timestamp of the block, or of the block and rows taken before
     * @return false, and nothing is taken, if a row may lift this watermark to {@code target}, or the rows matter one by one
     */
    public boolean takeBelow(long target, long latest) {
        if (!movesByEvent()) {
            return false;
        }
        long reached = Timestamps.subtract(latest, delay);
        if (reached >= target) {
            return false;
        }
        candidate = Math.max(candidate, reached);
        watermark = Math.max(watermark, candidate);
        return true;
    }

    /**
     * Takes rows in order until one lifts this watermark to {@code target}; that row is taken.
     *
     * @param longs rows, the timestamp first in each
     * @param at index of the first row's timestamp
     * @param stride distance between rows
     * @param count how many rows there are, at least one
     * @param target above this watermark
     * @return how many rows were taken, 1 to {@code count}
     */
    public int scan(long[] longs, int at, int stride, int count, long target) {
        if (movesByEvent()) {
            return scanEveryEvent(longs, at, stride, count, target);
        }
        int taken = 0;
        while (taken < count) {
            observe(longs, at + taken * stride);
            taken++;
            if (watermark >= target) {
                break;
            }
        }
        return taken;
    }

    /** The usual strategy, its state in locals: the watermark reaches {@code target} at the first stamp {@code >= target + delay}. */
    private int scanEveryEvent(long[] longs, int at, int stride, int count, long target) {
        long enough = timestampFor(target);
        long newest = Timestamps.NONE;
        int taken = 0;
        int row = at;
        while (taken < count) {
            long timestamp = longs[row];
            newest = Math.max(newest, timestamp);
            taken++;
            row += stride;
            if (timestamp >= enough) {
                break;
            }
        }
        candidate = Math.max(candidate, Timestamps.subtract(newest, delay));
        watermark = Math.max(watermark, candidate);
        return taken;
    }

    /**
     * The newest timestamp that the watermark stands for: only a larger one moves it, if it {@linkplain #movesByEvent moves by event};
     * otherwise, or before any has come, no more than {@link Timestamps#NONE} is promised.
     */
    public long newest() {
        return movesByEvent() ? Timestamps.add(watermark, delay) : Timestamps.NONE;
    }

    /** The smallest timestamp that lifts the watermark to {@code target}; {@link Long#MAX_VALUE} unless it {@linkplain #movesByEvent moves by event}. */
    public long timestampFor(long target) {
        return movesByEvent() ? Timestamps.add(target, delay) : Long.MAX_VALUE;
    }

    /** Rows stamped up to here may be left unobserved: they change nothing. {@link Timestamps#NONE} if every row may. */
    public long quietUpTo() {
        return switch (kind) {
            case BOUNDED -> newest();
            case PUNCTUATED -> Timestamps.NONE;
            case MANUAL -> Long.MAX_VALUE;
        };
    }

    /** Takes one row, whatever its timestamp. */
    public void observe(long[] longs, int row) {
        switch (kind) {
            case BOUNDED -> candidate = Math.max(candidate, Timestamps.subtract(longs[row], delay));
            case PUNCTUATED ->
                candidate = Math.max(candidate, Math.min(longs[row + punctuationColumn], LARGEST_FROM_EVENTS));
            case MANUAL -> {
                return;
            }
        }
        switch (update) {
            case EVENTS -> {
                if (++eventsSinceUpdate >= every) {
                    eventsSinceUpdate = 0;
                    watermark = Math.max(watermark, candidate);
                }
            }
            case STEP -> {
                if (watermark == Timestamps.NONE || Timestamps.subtract(candidate, watermark) >= step) {
                    watermark = Math.max(watermark, candidate);
                }
            }
            case INTERVAL -> {
                // moved by onClock alone
            }
        }
    }

    /**
     * Lets a wall-clock update frequency act.
     *
     * @return whether the watermark moved
     */
    boolean onClock(long nowNanos) {
        if (update != WatermarkStrategy.Update.INTERVAL || nowNanos - lastUpdateNanos < intervalNanos) {
            return false;
        }
        lastUpdateNanos = nowNanos;
        return advanceTo(candidate);
    }

    /** Whether it has now been silent for its timeout. */
    boolean isSilent(long nowNanos) {
        return idleTimeoutNanos != Long.MAX_VALUE && nowNanos - lastActiveNanos >= idleTimeoutNanos;
    }

    /**
     * Moves the watermark by hand.
     *
     * @return false, and nothing happens, if that would not take it forward
     */
    public boolean advanceTo(long newWatermark) {
        if (newWatermark <= watermark) {
            return false;
        }
        watermark = newWatermark;
        return true;
    }
}
