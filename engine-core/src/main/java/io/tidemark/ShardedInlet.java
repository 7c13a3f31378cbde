package io.tidemark;

import io.tidemark.ring.OfferResult;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Into the rings of several shards: an event is projected first, because its key says where it goes. */
class ShardedInlet<E> implements Inlet<E> {
    final EventTimeEngine<E> engine;
    final ShardRouter router;
    final long[] longs;
    final @Nullable Object[] objects;
    private final Projection<E> projection;

    ShardedInlet(EventTimeEngine<E> engine, ShardRouter router, Projection<E> projection) {
        this.engine = engine;
        this.router = router;
        this.projection = projection;
        this.longs = new long[router.longStride];
        this.objects = new Object[router.objectStride];
    }

    @Override
    public final String name() {
        return router.name;
    }

    @Override
    public final OfferResult offer(E event) {
        if (router.isClosed()) {
            return OfferResult.CLOSED;
        }
        try {
            projection.write(event, longs, 0, objects, 0);
        } catch (RuntimeException thrown) {
            if (router.isClosed()) {
                return OfferResult.CLOSED;
            }
            extractorFailed(thrown);
            return OfferResult.ACCEPTED;
        }
        try {
            if (router.route(longs, 0, objects, 0, 1) == 0) {
                return router.isClosed() ? OfferResult.CLOSED : OfferResult.FULL;
            }
            return router.publish() ? OfferResult.ACCEPTED : OfferResult.CLOSED;
        } finally {
            forget();
        }
    }

    final void extractorFailed(RuntimeException thrown) {
        router.failed.increment();
        engine.extractorFailed(router.name, thrown);
    }

    /** Keeps no object alive. */
    final void forget() {
        Arrays.fill(objects, null);
    }

    @Override
    public final OfferResult advanceTo(long watermark) {
        return router.advanceTo(watermark);
    }

    @Override
    public final void shed(int events) {
        router.shed.add(events);
    }

    @Override
    public final boolean isClosed() {
        return router.isClosed();
    }

    @Override
    public final void close() {
        router.close();
    }
}
