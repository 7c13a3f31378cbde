package io.tidemark;

import io.tidemark.ring.OfferResult;

/**
 * What a source puts its events into: its ring, or with several shards their rings.
 *
 * <p>Threads: belongs to the source's producer thread, but for {@link #close}, {@link #isClosed} and {@link #shed}.
 */
interface Inlet<E> {
    /** The name of the source. */
    String name();

    /** Puts an event in, or says why not; not counted as shed. */
    OfferResult offer(E event);

    /** Moves the watermark by hand, behind what was put in before. */
    OfferResult advanceTo(long watermark);

    /** Counts events that were not put in for want of room. */
    void shed(int events);

    boolean isClosed();

    /** No more comes in. */
    void close();

    /** Where rows come many at once. */
    interface OfRows extends Inlet<LongRow> {
        /**
         * Puts rows of the given columns in that lie one behind the other.
         *
         * @return how many are in; fewer than {@code count} if there is no room or it is closed
         */
        int offer(long[] rows, int offset, int count);
    }
}
