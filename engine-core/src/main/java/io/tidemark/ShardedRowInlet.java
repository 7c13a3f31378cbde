package io.tidemark;

/** Into the rings of several shards: rows are made visible many at once. */
final class ShardedRowInlet extends ShardedInlet<LongRow> implements Inlet.OfRows {
    private final RowProjection<LongRow> projection;
    private final int given;
    private final boolean plain;

    ShardedRowInlet(
            EventTimeEngine<LongRow> engine,
            ShardRouter router,
            RowProjection<LongRow> projection,
            RowLayout<LongRow> layout) {
        super(engine, router, projection);
        this.projection = projection;
        this.given = layout.givenColumns();
        this.plain = layout.isPlain();
    }

    @Override
    public int offer(long[] rows, int offset, int count) {
        int done = 0;
        while (done < count && !router.isClosed()) {
            int chunk = Math.min(count - done, ShardRouter.CHUNK);
            int taken = offerChunk(rows, offset + done * given, chunk);
            if (taken == 0) {
                break;
            }
            done += taken;
        }
        return done;
    }

    /** Routes rows and publishes them; how many are in. */
    private int offerChunk(long[] rows, int from, int count) {
        int done = plain ? router.route(rows, from, objects, 0, count) : routeCompleted(rows, from, count);
        return router.publish() ? done : 0;
    }

    private int routeCompleted(long[] rows, int from, int count) {
        int done = 0;
        try {
            while (done < count
                    && (!complete(rows, from + done * given) || router.route(longs, 0, objects, 0, 1) == 1)) {
                done++; // a row whose extractor threw is accounted for
            }
        } finally {
            forget();
        }
        return done;
    }

    /** Computes what the given columns do not say; false if an extractor threw. */
    private boolean complete(long[] rows, int row) {
        System.arraycopy(rows, row, longs, 0, given);
        try {
            projection.complete(longs, 0, objects, 0);
            return true;
        } catch (RuntimeException thrown) {
            extractorFailed(thrown);
            return false;
        }
    }
}
