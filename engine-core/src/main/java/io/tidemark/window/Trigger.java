package io.tidemark.window;

/**
 * When a window gives a pane.
 *
 * <p>Threads: immutable.
 */
public final class Trigger {
    private static final Trigger AFTER_WATERMARK = new Trigger("afterWatermark");
    private static final Trigger NEVER = new Trigger("never");

    private final String name;

    private Trigger(String name) {
        this.name = name;
    }

    /**
     * The default: one ON_TIME pane when the watermark reaches the window's end, then one LATE pane for every late event that
     * the allowed lateness still takes. On the global window that is one pane at the end of input.
     */
    public static Trigger afterWatermark() {
        return AFTER_WATERMARK;
    }

    /** No pane at all; contents are dropped when the window expires. For streams that are watched by their counters alone. */
    public static Trigger never() {
        return NEVER;
    }

    @Override
    public String toString() {
        return name;
    }
}
