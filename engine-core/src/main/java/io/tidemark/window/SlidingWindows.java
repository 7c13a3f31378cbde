package io.tidemark.window;

import io.tidemark.time.Timestamps;

/**
 * Windows {@code [k * slide + offset, k * slide + offset + size)} for every whole {@code k}; tumbling windows are those with
 * {@code slide == size}. Size need not be a multiple of slide: then slices alternate between two lengths. With
 * {@code slide > size} the time between two windows belongs to none.
 *
 * <p>Everything is computed from the position inside the period, {@code phase = (timestamp - offset) mod slide}, because that
 * difference is small: the edges themselves may lie outside the range of {@code long} and are only then saturated.
 */
final class SlidingWindows extends SlicedWindows {
    private final long size;
    private final long slide;
    private final long anchor;
    /** Position of the window ends inside a period; 0 if they fall onto the starts. */
    private final long endPhase;

    SlidingWindows(long size, long slide, long offset) {
        this.size = size;
        this.slide = slide;
        this.anchor = Math.floorMod(offset, slide);
        this.endPhase = size < slide ? size : size % slide;
    }

    private long phase(long timestamp) {
        long phase = Math.floorMod(timestamp, slide) - anchor;
        return phase < 0 ? phase + slide : phase;
    }

    @Override
    public long sliceStart(long timestamp) {
        long phase = phase(timestamp);
        return Timestamps.subtract(timestamp, phase < endPhase ? phase : phase - endPhase);
    }

    @Override
    public long sliceEnd(long timestamp) {
        long phase = phase(timestamp);
        return Timestamps.add(timestamp, (phase < endPhase ? endPhase : slide) - phase);
    }

    @Override
    public boolean coversAllTime() {
        return size >= slide;
    }

    @Override
    public boolean divides(SlicedWindows other) {
        return other instanceof SlidingWindows coarser
                && coarser.slide % slide == 0
                && coarser.size % slide == 0
                && phase(coarser.anchor) == endPhase;
    }

    @Override
    public long mostWindows() {
        return stepsBack(0) + 1;
    }

    /** How many slides the first window over a position inside the period begins before the last one. */
    private long stepsBack(long phase) {
        return (size - phase - 1) / slide;
    }

    private long start(long timestamp, long phase, long stepsBack) {
        return Timestamps.subtract(timestamp, phase + stepsBack * slide);
    }

    private long end(long timestamp, long phase, long stepsBack) {
        return Timestamps.add(timestamp, size - phase - stepsBack * slide);
    }

    @Override
    public boolean firstWindow(long timestamp, long after, WindowCursor cursor) {
        long phase = phase(timestamp);
        if (phase >= size) {
            return false;
        }
        long stepsBack = stepsBack(phase);
        long end = end(timestamp, phase, stepsBack);
        if (end <= after) {
            long stepsEnded = Timestamps.subtract(after, end) / slide;
            if (stepsEnded >= stepsBack) {
                return false;
            }
            stepsBack -= stepsEnded + 1;
            end = end(timestamp, phase, stepsBack);
            if (end <= after) {
                return false; // both at the end of time
            }
        }
        cursor.set(start(timestamp, phase, stepsBack), end);
        return true;
    }

    @Override
    public boolean lastWindow(long timestamp, WindowCursor cursor) {
        long phase = phase(timestamp);
        if (phase >= size) {
            return false;
        }
        cursor.set(start(timestamp, phase, 0), end(timestamp, phase, 0));
        return true;
    }

    @Override
    public boolean lastEndedWindow(long timestamp, long watermark, WindowCursor cursor) {
        long ended = windowsEndedBy(timestamp, watermark);
        if (ended == 0) {
            return false;
        }
        long phase = phase(timestamp);
        long stepsBack = stepsBack(phase) - (ended - 1);
        cursor.set(start(timestamp, phase, stepsBack), end(timestamp, phase, stepsBack));
        return true;
    }

    @Override
    public boolean nextWindow(WindowCursor cursor) {
        // at the low end several windows share the held start, at the high end the held end: step from the exact edge
        long end = Timestamps.add(cursor.end(), slide);
        long start = end < Long.MAX_VALUE ? Timestamps.subtract(end, size) : Timestamps.add(cursor.start(), slide);
        if (start == Long.MAX_VALUE) {
            return false;
        }
        cursor.set(start, end);
        return true;
    }

    @Override
    public long windowsEndedBy(long timestamp, long watermark) {
        long phase = phase(timestamp);
        if (phase >= size) {
            return 0;
        }
        long stepsBack = stepsBack(phase);
        long firstEnd = end(timestamp, phase, stepsBack);
        if (firstEnd > watermark) {
            return 0;
        }
        if (watermark == Long.MAX_VALUE) {
            return stepsBack + 1; // held ends tell no steps
        }
        return Math.min(Timestamps.subtract(watermark, firstEnd) / slide, stepsBack) + 1;
    }

    @Override
    public long nextEnd(long watermark) {
        return Timestamps.add(watermark, slide - endsSince(watermark));
    }

    @Override
    public long previousEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? watermark : Timestamps.subtract(watermark, endsSince(watermark));
    }

    /** How far the last window end lies behind {@code watermark}. */
    private long endsSince(long watermark) {
        long since = phase(watermark) - endPhase;
        return since < 0 ? since + slide : since;
    }

    @Override
    public long longestWindow() {
        return size;
    }
}
