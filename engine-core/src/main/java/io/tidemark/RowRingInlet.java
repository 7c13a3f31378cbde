package io.tidemark;

/** Into the ring of a source, on an engine of one shard: rows are copied many at once. */
final class RowRingInlet extends RingInlet<LongRow> implements Inlet.OfRows {
    /** So few longs are copied sooner by a loop than by the call of a routine that is made for many. */
    private static final int SHORT = 8;

    private final RowProjection<LongRow> projection;
    private final int given;
    private final boolean plain;

    RowRingInlet(
            EventTimeEngine<LongRow> engine,
            RingLane lane,
            RowProjection<LongRow> projection,
            RowLayout<LongRow> layout) {
        super(engine, lane, projection, layout);
        this.projection = projection;
        this.given = layout.givenColumns();
        this.plain = layout.isPlain();
    }

    @Override
    public int offer(long[] rows, int offset, int count) {
        int done = 0;
        int run = count;
        if (run > 0) {
            do { // most often just once, which the compiler sees if a loop is so written
                run = offerRun(rows, offset + done * given, count - done);
                done += run;
            } while (run > 0 && done < count);
        }
        return done;
    }

    /** Puts in what finds room in one piece; 0 if nothing does. */
    private int offerRun(long[] rows, int offset, int count) {
        int run = ring.claim(count);
        if (run == 0) {
            return 0;
        }
        int copied = copy(rows, offset, ring.nextSlot(), run);
        if (!ring.publish(copied)) {
            return 0;
        }
        return copied == run ? run : copied + 1; // the row whose extractor threw is accounted for
    }

    /** Copies rows into the ring: so many, and if they are not all, an extractor threw on the next one. */
    private int copy(long[] rows, int from, int slot, int run) {
        long[] target = ring.longs();
        if (plain) {
            copyLongs(rows, from, target, slot * longStride, run * longStride);
            return run;
        }
        for (int copied = 0; copied < run; copied++) {
            int row = (slot + copied) * longStride;
            copyLongs(rows, from + copied * given, target, row, given);
            try {
                projection.complete(target, row, ring.objects(), (slot + copied) * objectStride);
            } catch (RuntimeException thrown) {
                lane.failed.increment();
                engine.extractorFailed(lane.name, thrown);
                return copied;
            }
        }
        return run;
    }

    private static void copyLongs(long[] source, int from, long[] target, int to, int count) {
        if (count > SHORT) {
            System.arraycopy(source, from, target, to, count);
            return;
        }
        // a timestamp, a key and a value without a loop, which for so few costs more than they do
        target[to] = source[from];
        if (count > 1) {
            target[to + 1] = source[from + 1];
            if (count > 2) {
                target[to + 2] = source[from + 2];
                for (int i = 3; i < count; i++) {
                    target[to + i] = source[from + i];
                }
            }
        }
    }
}
