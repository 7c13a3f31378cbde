package io.tidemark;

import io.tidemark.ring.CheckReturnValue;
import io.tidemark.ring.OfferResult;
import java.util.Objects;

/**
 * One ordered input with a ring and a watermark of its own: a partition, a connection, a class of devices. The fast way in.
 *
 * <p>Threads: a source belongs to one thread at a time; hand it over with a happens-before edge. Cost: the extractors run here, on the
 * publishing thread; then one store into the ring (with several shards, a copy and one into that of each shard that needs the event). No lock,
 * no compare-and-set, no allocation.
 *
 * <p>An event whose extractor throws is accepted and counted as failed, and the error policy is told; a null event is refused with a
 * {@link NullPointerException}.
 *
 * @param <E> event
 */
public class Source<E> implements AutoCloseable {
    private final EventTimeEngine<E> engine;
    private final Inlet<E> inlet;

    Source(EventTimeEngine<E> engine, Inlet<E> inlet) {
        this.engine = engine;
        this.inlet = inlet;
    }

    /** The name it was opened with. */
    public final String name() {
        return inlet.name();
    }

    /**
     * Publishes an event, or says at once why not. The answer must be looked at: FULL means the event is not in.
     *
     * @return ACCEPTED, FULL, or CLOSED
     */
    @CheckReturnValue
    public final OfferResult offer(E event) {
        OfferResult result = tryOffer(event);
        if (result == OfferResult.FULL) {
            inlet.shed(1);
        }
        return result;
    }

    /**
     * Publishes an event, waiting for room up to the engine's {@code publishTimeout}. From a call-back it never waits, since only
     * the call-back's return can make room.
     *
     * @return ACCEPTED; FULL if there was no room in time, and the event is not in; CLOSED
     */
    @CheckReturnValue
    public final OfferResult publish(E event) {
        OfferResult result = tryOffer(event);
        return result == OfferResult.FULL ? engine.awaitRoom(() -> tryOffer(event), () -> inlet.shed(1)) : result;
    }

    private OfferResult tryOffer(E event) {
        return inlet.offer(Objects.requireNonNull(event, "event is null; publish real events only"));
    }

    /**
     * Moves this source's watermark by hand, behind the events published so far: no event stamped below {@code watermark} follows.
     * {@link Long#MAX_VALUE} says that none follows at all. One that would take it back is ignored and counted.
     *
     * @param watermark in the engine's time unit
     * @return ACCEPTED, FULL if too many such calls wait, or CLOSED
     */
    public final OfferResult advanceTo(long watermark) {
        OfferResult result = inlet.advanceTo(watermark);
        return result == OfferResult.FULL ? engine.awaitRoom(() -> inlet.advanceTo(watermark), () -> {}) : result;
    }

    /** No more from this source: what it published is processed, then its watermark holds nobody back. */
    @Override
    public final void close() {
        inlet.close();
    }
}
