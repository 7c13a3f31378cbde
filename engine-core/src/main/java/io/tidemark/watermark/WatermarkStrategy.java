package io.tidemark.watermark;

import java.time.Duration;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a source's watermark follows from its events, how often it is brought up to date, and when a silent source stops holding
 * the others back. One strategy may serve many sources; each has a watermark of its own.
 *
 * <pre>{@code
 * WatermarkStrategy.<Payment>boundedOutOfOrderness(Duration.ofSeconds(10)).withIdleTimeout(Duration.ofSeconds(30))
 * }</pre>
 *
 * <p>Threads: immutable. Units: durations at the border; a duration that is no whole number of the engine's unit is refused with
 * an {@link IllegalArgumentException} when the engine is built.
 *
 * @param <E> event
 */
public final class WatermarkStrategy<E> {

    /** What moves the watermark. */
    enum Kind {
        BOUNDED,
        PUNCTUATED,
        MANUAL
    }

    /** When the watermark is brought up to date with the events seen. */
    enum Update {
        EVENTS,
        STEP,
        INTERVAL
    }

    final Kind kind;
    final Duration delay;
    final @Nullable ToLongFunction<? super E> punctuation;
    final @Nullable Duration idleTimeout;
    final Update update;
    final int events;
    final Duration step;

    private WatermarkStrategy(
            Kind kind,
            Duration delay,
            @Nullable ToLongFunction<? super E> punctuation,
            @Nullable Duration idleTimeout,
            Update update,
            int events,
            Duration step) {
        this.kind = kind;
        this.delay = delay;
        this.punctuation = punctuation;
        this.idleTimeout = idleTimeout;
        this.update = update;
        this.events = events;
        this.step = step;
    }

    private static <E> WatermarkStrategy<E> of(
            Kind kind, Duration delay, @Nullable ToLongFunction<? super E> punctuation) {
        return new WatermarkStrategy<>(kind, delay, punctuation, null, Update.EVENTS, 1, Duration.ZERO);
    }

    /**
     * Events come at most {@code delay} behind the newest one seen: {@code W = maxTimestamp - delay}. Events further behind are
     * not lost, they are late.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    public static <E> WatermarkStrategy<E> boundedOutOfOrderness(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative, got " + delay);
        }
        return of(Kind.BOUNDED, delay, null);
    }

    /** Timestamps never go back: {@code W = maxTimestamp}. Events with equal timestamps are fine. */
    public static <E> WatermarkStrategy<E> ascending() {
        return of(Kind.BOUNDED, Duration.ZERO, null);
    }

    /**
     * The event says it: {@code watermark} reads W from an event, or {@link Long#MIN_VALUE} if that one says nothing. The event
     * itself is added before the watermark that it carries. A value that would take W back is ignored.
     */
    public static <E> WatermarkStrategy<E> punctuated(ToLongFunction<? super E> watermark) {
        return of(Kind.PUNCTUATED, Duration.ZERO, Objects.requireNonNull(watermark, "watermark"));
    }

    /** By hand: only {@code advanceTo} moves the watermark. (With every strategy {@code advanceTo} works besides.) */
    public static <E> WatermarkStrategy<E> manual() {
        return of(Kind.MANUAL, Duration.ZERO, null);
    }

    /**
     * A source that sent nothing for this long no longer holds the engine's watermark, until it sends again. Measured on the
     * monotonic clock from its last event (from the start if it never sent), and never while events of it wait in the ring.
     */
    public WatermarkStrategy<E> withIdleTimeout(Duration timeout) {
        requirePositive(timeout, "idle timeout");
        return new WatermarkStrategy<>(kind, delay, punctuation, timeout, update, events, step);
    }

    /** Brings the watermark up to date after every {@code n}-th event of the source instead of after each. */
    public WatermarkStrategy<E> everyEvents(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("update the watermark every 1 or more events, got " + n);
        }
        return new WatermarkStrategy<>(kind, delay, punctuation, idleTimeout, Update.EVENTS, n, Duration.ZERO);
    }

    /** Brings the watermark up to date whenever the newest timestamp has grown by {@code eventTime} since it last moved. */
    public WatermarkStrategy<E> everyStep(Duration eventTime) {
        requirePositive(eventTime, "watermark step");
        return new WatermarkStrategy<>(kind, delay, punctuation, idleTimeout, Update.STEP, 1, eventTime);
    }

    /**
     * Brings the watermark up to date once per interval of the monotonic clock. The only frequency whose results depend on a
     * clock: a replay with a real clock may differ.
     */
    public WatermarkStrategy<E> everyInterval(Duration interval) {
        requirePositive(interval, "watermark interval");
        return new WatermarkStrategy<>(kind, delay, punctuation, idleTimeout, Update.INTERVAL, 1, interval);
    }

    /** Whether the watermark is brought up to date by a clock. For the engine. */
    public boolean followsClock() {
        return update == Update.INTERVAL;
    }

    /** What reads the watermark from an event; null unless {@link #punctuated}. For the engine. */
    public @Nullable ToLongFunction<? super E> punctuation() {
        return punctuation;
    }

    private static void requirePositive(Duration duration, String what) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, got " + duration);
        }
    }

    @Override
    public String toString() {
        String base = switch (kind) {
            case BOUNDED -> "bounded out-of-orderness " + delay;
            case PUNCTUATED -> "punctuated";
            case MANUAL -> "by hand";
        };
        String frequency = switch (update) {
            case EVENTS -> events == 1 ? "" : " every " + events + " events";
            case STEP -> " every " + step + " of event time";
            case INTERVAL -> " every " + step;
        };
        return base + frequency + (idleTimeout == null ? "" : ", idle after " + idleTimeout);
    }
}
