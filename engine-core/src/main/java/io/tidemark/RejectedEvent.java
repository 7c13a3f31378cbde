package io.tidemark;

import org.jspecify.annotations.Nullable;

/**
 * An event that was kept away from watermark and windows, with the reason.
 *
 * <p>Threads: immutable. Units: the engine's time unit. {@link #toString()} does not show the event.
 *
 * @param source the source it came from
 * @param timestamp its event time
 * @param processingTime what the clock, or in a replay the event, said when it was taken
 * @param reason why
 * @param event the event itself with {@code keepEvents()}, else null
 * @param <E> event
 */
public record RejectedEvent<E>(
        String source,
        long timestamp,
        long processingTime,
        Reason reason,
        @Nullable E event) {

    /** Why an event was kept out. */
    public enum Reason {
        /** {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE}, which are not timestamps. */
        INVALID,
        /** Further ahead of processing time than {@code maxFutureSkew} allows. */
        FUTURE
    }

    @Override
    public String toString() {
        return "RejectedEvent[from " + source + ", " + reason + ", timestamp " + timestamp + ", processing time "
                + processingTime + "]";
    }
}
