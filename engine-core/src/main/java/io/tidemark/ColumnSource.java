package io.tidemark;

import io.tidemark.ring.CheckReturnValue;
import io.tidemark.ring.OfferResult;
import java.util.Objects;

/**
 * A source of an engine without event objects: takes many rows at once from an array.
 *
 * <p>Threads: as {@link Source}. Cost: one copy and one store into the ring for each run of rows, no allocation.
 */
public final class ColumnSource extends Source<LongRow> {
    private final EventTimeEngine<LongRow> engine;
    private final Inlet.OfRows inlet;
    private final int given;

    ColumnSource(EventTimeEngine<LongRow> engine, Inlet.OfRows inlet, RowLayout<LongRow> layout) {
        super(engine, inlet);
        this.engine = engine;
        this.inlet = inlet;
        this.given = layout.givenColumns();
    }

    /**
     * Publishes rows that lie one behind the other: per row the timestamp, then a value per column.
     *
     * @param rows the array; copied, so it can be used again at once
     * @param offset where the first row starts
     * @param count how many rows
     * @return how many rows are in; fewer than {@code count} if the ring is full or closed, then publish the rest later
     * @throws IndexOutOfBoundsException if the rows do not lie in the array
     */
    @CheckReturnValue
    public int offer(long[] rows, int offset, int count) {
        int done = offerSome(rows, offset, count);
        if (done < count && !inlet.isClosed()) {
            inlet.shed(count - done);
        }
        return done;
    }

    /** As {@link #offer(long[], int, int)}, waiting for room up to the engine's {@code publishTimeout} each time the ring is full. */
    @CheckReturnValue
    public int publish(long[] rows, int offset, int count) {
        int done = offerSome(rows, offset, count);
        return done == count ? done : publishRest(rows, offset, count, done);
    }

    private int publishRest(long[] rows, int offset, int count, int published) {
        int done = published;
        while (done < count && !inlet.isClosed()) {
            int from = done;
            int[] more = new int[1];
            OfferResult result = engine.awaitRoom(
                    () -> {
                        more[0] = offerSome(rows, offset + from * given, count - from);
                        return more[0] > 0
                                ? OfferResult.ACCEPTED
                                : inlet.isClosed() ? OfferResult.CLOSED : OfferResult.FULL;
                    },
                    () -> inlet.shed(count - from));
            done += more[0];
            if (result != OfferResult.ACCEPTED) {
                break;
            }
        }
        return done;
    }

    private int offerSome(long[] rows, int offset, int count) {
        Objects.checkFromIndexSize(offset, (long) count * given, rows.length);
        return inlet.offer(rows, offset, count);
    }
}
