package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Windows that follow each other without gap or overlap, between edges that lie on no fixed grid: a slice is a window. Time before
 * the first edge within {@code long} is the window {@code [Long.MIN_VALUE, first edge)}, and likewise at the other end.
 *
 * <p>Edges may be costly to find, so the last two windows found are remembered: while the watermark moves inside one and the events
 * fall into the next, nothing is computed and nothing allocated.
 *
 * <p>Threads: safe from any thread. What is remembered is one immutable object in a plain field: a thread that does not see the newest
 * one only computes again.
 */
abstract class EdgeWindows extends SlicedWindows {
    private static final Instant LAST_INSTANT = Instant.MAX.minusNanos(1);

    private final TimeUnit unit;
    private final long longest;
    private Recent recent = Recent.NONE;

    /** One window. */
    private record Span(long start, long end) {
        boolean contains(long timestamp) {
            return timestamp >= start && timestamp < end;
        }
    }

    private record Recent(Span last, Span before) {
        static final Recent NONE = new Recent(new Span(0, 0), new Span(0, 0));
    }

    /**
     * For the windows of one engine.
     *
     * @param longestInDays how many days of 24 hours a window has at most
     * @throws IllegalArgumentException if the unit is coarser than a second
     */
    EdgeWindows(TimeUnit unit, long longestInDays) {
        this.unit = unit;
        this.longest = Timestamps.multiply(longestInDays, Timestamps.units(Duration.ofDays(1), unit, "a day"));
    }

    /**
     * The last edge at or before an instant, {@link Instant#MIN} if there is none.
     *
     * @param instant any but {@link Instant#MAX}
     */
    abstract Instant edgeAtOrBefore(Instant instant);

    /**
     * The first edge after an instant, {@link Instant#MAX} if there is none.
     *
     * @param instant any but {@link Instant#MAX}
     */
    abstract Instant edgeAfter(Instant instant);

    private Span spanOf(long timestamp) {
        Recent known = recent;
        if (known.last.contains(timestamp)) {
            return known.last;
        }
        if (known.before.contains(timestamp)) {
            return known.before;
        }
        Instant instant = Timestamps.toInstant(timestamp, unit);
        if (instant.equals(Instant.MAX)) {
            instant = LAST_INSTANT;
        }
        Instant start = edgeAtOrBefore(instant);
        Instant end = edgeAfter(instant);
        Span found = new Span(
                start.equals(Instant.MIN) ? Long.MIN_VALUE : Timestamps.fromInstant(start, unit),
                end.equals(Instant.MAX) ? Long.MAX_VALUE : Timestamps.fromInstant(end, unit));
        recent = new Recent(found, known.last);
        return found;
    }

    @Override
    public final long sliceStart(long timestamp) {
        return spanOf(timestamp).start;
    }

    @Override
    public final long sliceEnd(long timestamp) {
        return spanOf(timestamp).end;
    }

    @Override
    public final boolean coversAllTime() {
        return true;
    }

    @Override
    public final boolean firstWindow(long timestamp, long after, WindowCursor cursor) {
        Span span = spanOf(timestamp);
        return span.end > after && moveTo(span, cursor);
    }

    @Override
    public final boolean lastWindow(long timestamp, WindowCursor cursor) {
        return moveTo(spanOf(timestamp), cursor);
    }

    @Override
    public final boolean nextWindow(WindowCursor cursor) {
        long start = cursor.end();
        return start < Long.MAX_VALUE && moveTo(spanOf(start), cursor);
    }

    @Override
    public final boolean lastEndedWindow(long timestamp, long watermark, WindowCursor cursor) {
        Span span = spanOf(timestamp);
        return span.end <= watermark && moveTo(span, cursor);
    }

    private static boolean moveTo(Span span, WindowCursor cursor) {
        cursor.set(span.start, span.end);
        return true;
    }

    @Override
    public final long windowsEndedBy(long timestamp, long watermark) {
        return spanOf(timestamp).end <= watermark ? 1 : 0;
    }

    @Override
    public final long nextEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? watermark : spanOf(watermark).end;
    }

    @Override
    public final long previousEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? watermark : spanOf(watermark).start;
    }

    @Override
    public final long longestWindow() {
        return longest;
    }
}
