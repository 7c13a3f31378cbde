package io.tidemark.window;

/** Whether a window whose end is reached gives its ON_TIME pane. Threads: immutable. */
public enum OnTimeBehavior {
    /** In any case, also if nothing came since an EARLY pane. */
    FIRE_ALWAYS,
    /**
     * Only if something came since the last EARLY pane; if not, the window has no ON_TIME pane at all.
     *
     * <pre>{@code
     * .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
     * .onTime(OnTimeBehavior.FIRE_IF_NON_EMPTY) // 5 and 6: EARLY 11, and no second 11 at the end
     * }</pre>
     */
    FIRE_IF_NON_EMPTY
}
