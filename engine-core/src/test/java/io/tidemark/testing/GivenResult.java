package io.tidemark.testing;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowResult;
import java.util.List;

/** A result as no engine might give it. */
final class GivenResult extends WindowResult<Object, Object> {
    private final Object key;
    private final TimeWindow window;
    private final Pane pane;
    private final Object value;
    private final boolean retraction;

    GivenResult(Object key, TimeWindow window, Pane pane, Object value, boolean retraction) {
        this.key = key;
        this.window = window;
        this.pane = pane;
        this.value = value;
        this.retraction = retraction;
    }

    @Override
    public String stream() {
        return "sums";
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public long longKey() {
        throw new IllegalStateException();
    }

    @Override
    public long start() {
        return window.start();
    }

    @Override
    public long end() {
        return window.end();
    }

    @Override
    public Pane pane() {
        return pane;
    }

    @Override
    public boolean isRetraction() {
        return retraction;
    }

    @Override
    public List<TimeWindow> replaced() {
        return List.of();
    }

    @Override
    public long count() {
        return 3;
    }

    @Override
    public Object value() {
        return value;
    }

    @Override
    public long longValue() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean overflowed() {
        return false;
    }

    @Override
    public boolean incomplete() {
        return false;
    }

    @Override
    public WindowResult<Object, Object> copy() {
        return this;
    }
}
