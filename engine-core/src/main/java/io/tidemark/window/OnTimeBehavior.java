package io.tidemark.window;

/** Whether a window whose end is reached gives its ON_TIME pane. Threads: immutable. */
public enum OnTimeBehavior {
    /** In any case, also if nothing came since an EARLY pane. */
    FIRE_ALWAYS,
    /** Only if something came since the last EARLY pane; if not, the window has no ON_TIME pane at all. */
    FIRE_IF_NON_EMPTY
}
