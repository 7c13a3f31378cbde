package io.tidemark.watermark;

import io.tidemark.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The engine's watermark: the minimum over the sources that count, which never goes back.
 *
 * <p>A source counts from when it is opened (or, if asked, from its first event) until it is closed, except while idle. One that
 * joins or wakes up behind the watermark holds it, and never lowers it.
 *
 * <p>Beside it runs {@link #heldWatermark()}: what the watermark would be if silence never let a source be passed over. An event
 * that is late by the one and not by the other is late because of silence.
 *
 * <p>Threads: belongs to the engine thread. Cost: {@link #enter} and {@link #onClock} are linear in the sources, {@link #update} is
 * constant; all three run once per batch.
 */
public final class WatermarkTracker {
    private final IdlePolicy idlePolicy;
    private final long nanosPerUnit;
    private final List<SourceWatermark> sources = new ArrayList<>();
    private long watermark = Timestamps.NONE;
    private long held = Timestamps.NONE;
    private long ceiling = Long.MAX_VALUE;
    private long heldCeiling = Long.MAX_VALUE;
    private boolean anyIdle;
    private boolean following;
    private long followSinceNanos;
    private long followFrom;

    /** A tracker without sources. */
    public WatermarkTracker(IdlePolicy idlePolicy, TimeUnit unit) {
        this.idlePolicy = idlePolicy;
        this.nanosPerUnit = unit.toNanos(1);
    }

    /** The engine's W: every event with {@code timestamp < watermark()} is expected to have been seen. */
    public long watermark() {
        return watermark;
    }

    /** What W would be had no idle source been passed over. */
    public long heldWatermark() {
        return held;
    }

    /** Adds a source; it counts at once unless {@code fromFirstEvent}. */
    public void open(SourceWatermark source, boolean fromFirstEvent, long nowNanos) {
        source.counts = !fromFirstEvent;
        source.lastActiveNanos = nowNanos;
        sources.add(source);
    }

    /** Takes a source out: it sends no more. */
    public void close(SourceWatermark source) {
        sources.remove(source);
        source.counts = false;
    }

    /** Starts the idle timeouts: silence is measured from here for sources that never sent. */
    public void start(long nowNanos) {
        for (SourceWatermark source : sources) {
            source.lastActiveNanos = nowNanos;
        }
    }

    /** Puts off all idle timeouts: the engine itself was held up for so long. */
    public void forgive(long nanos) {
        for (SourceWatermark source : sources) {
            source.lastActiveNanos += nanos;
        }
    }

    /** Notes that a source is heard from (or that its ring holds events), which wakes it. */
    public void active(SourceWatermark source, long nowNanos) {
        source.lastActiveNanos = nowNanos;
        source.everSent = true;
        source.counts = true;
        source.idle = false;
        following = false;
    }

    /** Whether a source was idle when the clocks acted last. */
    public boolean hasIdle() {
        return anyIdle;
    }

    /**
     * Prepares for rows of {@code source}: what the other sources allow is computed once, since only this one moves now.
     *
     * @return the highest W that the others allow
     */
    public long enter(SourceWatermark source) {
        ceiling = Long.MAX_VALUE;
        heldCeiling = Long.MAX_VALUE;
        for (int i = 0; i < sources.size(); i++) { // by index: an iterator would be garbage once a batch
            SourceWatermark other = sources.get(i);
            if (other != source && other.counts) {
                heldCeiling = Math.min(heldCeiling, other.watermark());
                if (!other.idle) {
                    ceiling = Math.min(ceiling, other.watermark());
                }
            }
        }
        return ceiling;
    }

    /** Brings W up to date after rows of the source that was {@linkplain #enter entered}; the new W. */
    public long update(SourceWatermark source) {
        watermark = Math.max(watermark, Math.min(source.watermark(), ceiling));
        held = Math.max(held, Math.min(source.watermark(), heldCeiling));
        return watermark;
    }

    /**
     * Lets the clocks act: idle timeouts, wall-clock update frequencies, and FOLLOW while all sources are idle.
     *
     * @param nowNanos the monotonic clock
     * @param nowUnits the wall clock in the engine's unit
     * @return the new W
     */
    public long onClock(long nowNanos, long nowUnits) {
        long lowest = Long.MAX_VALUE;
        long lowestHeld = Long.MAX_VALUE;
        boolean anyCounts = false;
        boolean anyAwake = false;
        anyIdle = false;
        for (int i = 0; i < sources.size(); i++) {
            SourceWatermark source = sources.get(i);
            source.onClock(nowNanos);
            if (!source.counts) {
                continue;
            }
            source.idle = source.isSilent(nowNanos);
            anyCounts = true;
            lowestHeld = Math.min(lowestHeld, source.watermark());
            if (source.idle) {
                anyIdle = true;
            } else {
                anyAwake = true;
                lowest = Math.min(lowest, source.watermark());
            }
        }
        if (anyCounts) {
            held = Math.max(held, lowestHeld);
        }
        if (anyAwake) {
            following = false;
            watermark = Math.max(watermark, lowest);
        } else if (anyCounts && idlePolicy == IdlePolicy.FOLLOW && watermark != Timestamps.NONE) {
            follow(nowNanos, nowUnits);
        }
        return watermark;
    }

    private void follow(long nowNanos, long nowUnits) {
        if (!following) {
            following = true;
            followSinceNanos = nowNanos;
            followFrom = watermark;
        }
        long delay = 0;
        for (SourceWatermark source : sources) {
            delay = Math.max(delay, source.delay());
        }
        long paced = Timestamps.add(followFrom, (nowNanos - followSinceNanos) / nanosPerUnit);
        watermark = Math.max(watermark, Math.min(paced, Timestamps.subtract(nowUnits, delay)));
    }

    /** End of input: nothing will follow from any source. */
    public void finish() {
        watermark = Timestamps.END_OF_TIME;
        held = Timestamps.END_OF_TIME;
    }

    /** The source that holds W back, the only or the lowest of those that count; null if none does. */
    public @Nullable SourceWatermark holder() {
        SourceWatermark lowest = null;
        for (SourceWatermark source : sources) {
            if (source.counts && !source.idle && (lowest == null || source.watermark() < lowest.watermark())) {
                lowest = source;
            }
        }
        return lowest;
    }

    /** Whether another source that counts is ahead of {@code holder}. */
    public boolean holdsOthersBack(SourceWatermark holder) {
        for (SourceWatermark source : sources) {
            if (source.counts && source.watermark() > holder.watermark()) {
                return true;
            }
        }
        return false;
    }
}
