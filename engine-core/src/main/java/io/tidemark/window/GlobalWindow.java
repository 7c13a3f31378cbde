package io.tidemark.window;

/** One window over all time: one slice that never ends before the input does. */
final class GlobalWindow extends SlicedWindows {

    @Override
    public long sliceStart(long timestamp) {
        return Long.MIN_VALUE;
    }

    @Override
    public long sliceEnd(long timestamp) {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean coversAllTime() {
        return true;
    }

    @Override
    public boolean firstWindow(long timestamp, long after, WindowCursor cursor) {
        return after < Long.MAX_VALUE && lastWindow(timestamp, cursor);
    }

    @Override
    public boolean lastWindow(long timestamp, WindowCursor cursor) {
        cursor.set(Long.MIN_VALUE, Long.MAX_VALUE);
        return true;
    }

    @Override
    public boolean nextWindow(WindowCursor cursor) {
        return false;
    }

    @Override
    public boolean lastEndedWindow(long timestamp, long watermark, WindowCursor cursor) {
        return watermark == Long.MAX_VALUE && lastWindow(timestamp, cursor);
    }

    @Override
    public long windowsEndedBy(long timestamp, long watermark) {
        return watermark == Long.MAX_VALUE ? 1 : 0;
    }

    @Override
    public long nextEnd(long watermark) {
        return Long.MAX_VALUE;
    }

    @Override
    public long previousEnd(long watermark) {
        return watermark == Long.MAX_VALUE ? Long.MAX_VALUE : Long.MIN_VALUE;
    }

    @Override
    public long longestWindow() {
        return 0; // never expires, so lateness cannot overflow it
    }
}
