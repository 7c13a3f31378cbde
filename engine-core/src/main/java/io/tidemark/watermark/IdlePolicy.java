package io.tidemark.watermark;

/** What the engine's watermark does while every source is idle. Threads: immutable. */
public enum IdlePolicy {
    /** It stays where it is: open windows wait for the next event. */
    HOLD,
    /**
     * It goes on from its last value at the pace of the monotonic clock, but never past the wall clock less the largest delay, so that
     * windows close though traffic has stopped. An event that comes too late because of it is audited as {@code IDLE_CLOSED}.
     */
    FOLLOW
}
