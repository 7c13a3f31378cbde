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
    private final RowProjection<LongRow> projection;
    private final int given;
    private final int longStride;
    private final int objectStride;
    private final boolean plain;
    private int copied;

    ColumnSource(
            EventTimeEngine<LongRow> engine,
            RingLane lane,
            RowProjection<LongRow> projection,
            RowLayout<LongRow> layout) {
        super(engine, lane, projection, layout);
        this.engine = engine;
        this.projection = projection;
        this.given = layout.givenColumns();
        this.longStride = layout.longStride();
        this.objectStride = layout.objectStride();
        this.plain = layout.isPlain();
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
        if (done < count && !ring.isClosed()) {
            lane.shed.add(count - done);
        }
        return done;
    }

    /** As {@link #offer(long[], int, int)}, waiting for room up to the engine's {@code publishTimeout} each time the ring is full. */
    @CheckReturnValue
    public int publish(long[] rows, int offset, int count) {
        int done = offerSome(rows, offset, count);
        while (done < count && !ring.isClosed()) {
            int from = done;
            int[] more = new int[1];
            OfferResult result = engine.awaitRoom(
                    () -> {
                        more[0] = offerSome(rows, offset + from * given, count - from);
                        return more[0] > 0
                                ? OfferResult.ACCEPTED
                                : ring.isClosed() ? OfferResult.CLOSED : OfferResult.FULL;
                    },
                    () -> lane.shed.add(count - from));
            done += more[0];
            if (result != OfferResult.ACCEPTED) {
                break;
            }
        }
        return done;
    }

    private int offerSome(long[] rows, int offset, int count) {
        Objects.checkFromIndexSize(offset, (long) count * given, rows.length);
        int done = 0;
        while (done < count) {
            int run = ring.claim(count - done);
            if (run == 0) {
                break;
            }
            boolean whole = copy(rows, offset + done * given, ring.nextSlot(), run);
            if (!ring.publish(copied)) {
                break;
            }
            done += whole ? run : copied + 1; // the row whose extractor threw is accounted for
        }
        return done;
    }

    /** Copies rows into the ring, as many as {@link #copied} says; false if an extractor threw on the next one. */
    private boolean copy(long[] rows, int from, int slot, int run) {
        long[] target = ring.longs();
        if (plain) {
            System.arraycopy(rows, from, target, slot * longStride, run * longStride);
            copied = run;
            return true;
        }
        for (copied = 0; copied < run; copied++) {
            int row = (slot + copied) * longStride;
            System.arraycopy(rows, from + copied * given, target, row, given);
            try {
                projection.complete(target, row, ring.objects(), (slot + copied) * objectStride);
            } catch (RuntimeException thrown) {
                lane.failed.increment();
                engine.extractorFailed(name(), thrown);
                return false;
            }
        }
        return true;
    }
}
