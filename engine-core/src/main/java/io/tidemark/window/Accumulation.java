package io.tidemark.window;

/** What a later pane of a window holds. Threads: immutable. */
public enum Accumulation {
    /** Everything so far: a later pane replaces the one before it. */
    ACCUMULATING,
    /** What is new since the last pane: panes add up. */
    DISCARDING,
    /** Everything so far, and before each pane that replaces another that other one again, as a retraction. */
    RETRACTING
}
