package io.tidemark.ring;

/**
 * What became of an event that was offered. A result that is not looked at is an event that may be lost without notice, so a
 * caller must never drop it: act on {@link #FULL} and {@link #CLOSED}, even if only by counting.
 *
 * <p>Threads: immutable. It is a return code and no exception, because a full ring is an ordinary state under load.
 */
public enum OfferResult {

    /** The engine has the event and will handle it. */
    ACCEPTED,

    /** There was no room; the engine does not have the event. Offer it again later, or shed and count it. */
    FULL,

    /** The entrance is closed for good; the engine does not have the event and a repetition cannot succeed. */
    CLOSED
}
