package io.tidemark;

import io.tidemark.ring.OfferResult;

/** What {@code publish} puts events into. Threads: any, but for {@link #fix}. */
interface SharedInlet<E> {
    /** Makes room for rows, once it is known what they carry. */
    void fix(Projection<E> rowProjection);

    /** An event. */
    OfferResult offer(E event);

    /** A command, in order with the events that this thread offered before. */
    OfferResult offer(Command command);

    /** Counts an event that was not put in for want of room. */
    void countShed();
}
