package io.tidemark.operator;

import io.tidemark.window.WindowProgress;

/** What a firing condition sees: a view on one window, moved from event to event. */
final class ProgressView extends WindowProgress {
    private final WindowArena windows;
    private final AggregateColumns<?, ?> columns;
    private final String stream;
    private int window;
    private long watermark;

    ProgressView(WindowArena windows, AggregateColumns<?, ?> columns, String stream) {
        this.windows = windows;
        this.columns = columns;
        this.stream = stream;
    }

    void show(int newWindow, long newWatermark) {
        window = newWindow;
        watermark = newWatermark;
    }

    @Override
    public long start() {
        return windows.start(window);
    }

    @Override
    public long end() {
        return windows.end(window);
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public long fresh() {
        return windows.fresh(window);
    }

    @Override
    public long count() {
        return windows.count(window);
    }

    @Override
    public long longValue() {
        if (columns.isComposite()) {
            throw new UnsupportedOperationException(
                    "the value of " + stream + " has several parts; a firing condition reads a single long");
        }
        return columns.exportLongPart(0, windows, window);
    }
}
