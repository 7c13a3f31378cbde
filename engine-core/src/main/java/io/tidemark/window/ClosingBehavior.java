package io.tidemark.window;

/** Whether a window that expires gives a last pane. Threads: immutable. */
public enum ClosingBehavior {
    /** If something came since its last pane: no event is lost. The default, but for {@link Trigger#never()}. */
    FIRE_IF_NON_EMPTY,
    /**
     * In any case, so that every window ends with a pane whose {@link Pane#last()} is true.
     *
     * <pre>{@code
     * .allowedLateness(Duration.ofMinutes(5))
     * .closing(ClosingBehavior.FIRE_ALWAYS) // a last pane even if nothing came late
     * }</pre>
     */
    FIRE_ALWAYS,
    /**
     * Never: what no pane has shown by then is dropped.
     *
     * <pre>{@code
     * .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
     * .closing(ClosingBehavior.DISCARD) // 5, 6 and 7: 11, and the third is dropped
     * }</pre>
     */
    DISCARD
}
