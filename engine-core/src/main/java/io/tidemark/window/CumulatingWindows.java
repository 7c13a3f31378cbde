package io.tidemark.window;

/**
 * Windows that grow within those of a base: {@code [start, start + k * step)} for every whole {@code k} up to the base window's end, and
 * the base window. The steps are the slices. A base window that is held at an end of {@code long} is one step: where it truly
 * starts is not known, or its end is out of reach.
 *
 * <p>Distances inside a base window are taken as unsigned: with edges on both sides of 1970 they may exceed {@link Long#MAX_VALUE}.
 *
 * <p>Threads: as the base.
 */
final class CumulatingWindows extends SlicedWindows {
    private final SlicedWindows base;
    private final long step;
    private final long usualSteps;

    /**
     * Divides the windows of {@code base}.
     *
     * @param base windows that follow each other: each is one slice
     * @param usualSteps how many steps a usual window of the base has
     */
    CumulatingWindows(SlicedWindows base, long step, long usualSteps) {
        this.base = base;
        this.step = step;
        this.usualSteps = usualSteps;
    }

    private static boolean isHeld(long start, long end) {
        return start == Long.MIN_VALUE || end == Long.MAX_VALUE;
    }

    /** How many whole steps lie between the start of a base window and a timestamp inside. */
    private long stepsSince(long start, long timestamp) {
        return Long.divideUnsigned(timestamp - start, step);
    }

    @Override
    public long sliceStart(long timestamp) {
        long start = base.sliceStart(timestamp);
        return isHeld(start, base.sliceEnd(timestamp)) ? start : start + stepsSince(start, timestamp) * step;
    }

    @Override
    public long sliceEnd(long timestamp) {
        long start = base.sliceStart(timestamp);
        long end = base.sliceEnd(timestamp);
        if (isHeld(start, end)) {
            return end;
        }
        long sliceStart = start + stepsSince(start, timestamp) * step;
        return Long.compareUnsigned(step, end - sliceStart) < 0 ? sliceStart + step : end;
    }

    @Override
    public long mostWindows() {
        return usualSteps;
    }

    @Override
    public boolean coversAllTime() {
        return true;
    }

    @Override
    public boolean firstWindow(long timestamp, long after, WindowCursor cursor) {
        if (base.sliceEnd(timestamp) <= after) {
            return false;
        }
        cursor.set(base.sliceStart(timestamp), sliceEnd(Math.max(timestamp, after)));
        return true;
    }

    @Override
    public boolean lastWindow(long timestamp, WindowCursor cursor) {
        return base.lastWindow(timestamp, cursor);
    }

    @Override
    public boolean nextWindow(WindowCursor cursor) {
        long end = cursor.end();
        if (end == Long.MAX_VALUE) {
            return false;
        }
        cursor.set(base.sliceStart(end), sliceEnd(end));
        return true;
    }

    @Override
    public boolean lastEndedWindow(long timestamp, long watermark, WindowCursor cursor) {
        if (sliceEnd(timestamp) > watermark) {
            return false;
        }
        long end = base.sliceEnd(timestamp);
        cursor.set(base.sliceStart(timestamp), end <= watermark ? end : sliceStart(watermark));
        return true;
    }

    @Override
    public long windowsEndedBy(long timestamp, long watermark) {
        if (sliceEnd(timestamp) > watermark) {
            return 0;
        }
        long start = base.sliceStart(timestamp);
        long end = base.sliceEnd(timestamp);
        if (isHeld(start, end)) {
            return 1;
        }
        long steps = end <= watermark ? stepsSince(start, end - 1) + 1 : stepsSince(start, watermark);
        return steps - stepsSince(start, timestamp);
    }

    @Override
    public long nextEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? watermark : sliceEnd(watermark);
    }

    @Override
    public long previousEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? watermark : sliceStart(watermark);
    }

    @Override
    public long longestWindow() {
        return base.longestWindow();
    }
}
