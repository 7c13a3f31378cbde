package io.tidemark;

import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import org.jspecify.annotations.Nullable;

/** Into the ring of a source, on an engine of one shard: events are projected in place. */
class RingInlet<E> implements Inlet<E> {
    final RingLane lane;
    final RowRing ring;
    final EventTimeEngine<E> engine;
    final int longStride;
    final int objectStride;
    private final Projection<E> projection;
    private final long[] longs;
    private final @Nullable Object[] objects;

    RingInlet(EventTimeEngine<E> engine, RingLane lane, Projection<E> projection, RowLayout<E> layout) {
        this.engine = engine;
        this.lane = lane;
        this.ring = lane.ring;
        this.projection = projection;
        this.longStride = layout.longStride();
        this.objectStride = layout.objectStride();
        this.longs = ring.longs();
        this.objects = ring.objects();
    }

    @Override
    public final String name() {
        return lane.name;
    }

    @Override
    public final OfferResult offer(E event) {
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

    @Override
    public final OfferResult advanceTo(long watermark) {
        return lane.offer(watermark);
    }

    @Override
    public final void shed(int events) {
        lane.shed.add(events);
    }

    @Override
    public final boolean isClosed() {
        return ring.isClosed();
    }

    @Override
    public final void close() {
        ring.close();
    }
}
