package io.tidemark;

import io.tidemark.ring.CheckReturnValue;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One ordered input with a ring and a watermark of its own: a partition, a connection, a class of devices. The fast way in.
 *
 * <p>Threads: a source belongs to one thread at a time; hand it over with a happens-before edge. Cost: the extractors run here, on the
 * publishing thread; then one store into the ring. No lock, no compare-and-set, no allocation.
 *
 * <p>An event whose extractor throws is accepted and counted as failed, and the error policy is told; a null event is refused with a
 * {@link NullPointerException}.
 *
 * @param <E> event
 */
public class Source<E> implements AutoCloseable {
    private final EventTimeEngine<E> engine;
    private final Projection<E> projection;
    private final int longStride;
    private final int objectStride;
    private final long[] longs;
    private final @Nullable Object[] objects;
    final RingLane lane;
    final RowRing ring;

    Source(EventTimeEngine<E> engine, RingLane lane, Projection<E> projection, RowLayout<E> layout) {
        this.engine = engine;
        this.lane = lane;
        this.ring = lane.ring;
        this.projection = projection;
        this.longStride = layout.longStride();
        this.objectStride = layout.objectStride();
        this.longs = ring.longs();
        this.objects = ring.objects();
    }

    /** The name it was opened with. */
    public final String name() {
        return lane.name;
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
            lane.shed.increment();
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
        return result == OfferResult.FULL ? engine.awaitRoom(() -> tryOffer(event), lane.shed::increment) : result;
    }

    private OfferResult tryOffer(E event) {
        Objects.requireNonNull(event, "event is null; publish real events only");
        int slot = ring.claim();
        if (slot < 0) {
            return ring.isClosed() ? OfferResult.CLOSED : OfferResult.FULL;
        }
        try {
            projection.write(event, longs, slot * longStride, objects, slot * objectStride);
        } catch (RuntimeException thrown) {
            if (ring.isClosed()) {
                return OfferResult.CLOSED;
            }
            lane.failed.increment();
            engine.extractorFailed(lane.name, thrown);
            return OfferResult.ACCEPTED;
        }
        return ring.publish(1) ? OfferResult.ACCEPTED : OfferResult.CLOSED;
    }

    /**
     * Moves this source's watermark by hand, behind the events published so far: no event stamped below {@code watermark} follows.
     * {@link Long#MAX_VALUE} says that none follows at all. One that would take it back is ignored and counted.
     *
     * @param watermark in the engine's time unit
     * @return ACCEPTED, FULL if too many such calls wait, or CLOSED
     */
    public final OfferResult advanceTo(long watermark) {
        OfferResult result = lane.offer(watermark);
        return result == OfferResult.FULL ? engine.awaitRoom(() -> lane.offer(watermark), () -> {}) : result;
    }

    /** No more from this source: what it published is processed, then its watermark holds nobody back. */
    @Override
    public final void close() {
        ring.close();
    }
}
