package io.tidemark.bench;

import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Receiver;
import io.tidemark.ring.RowRing;
import io.tidemark.time.Ticker;

/** Rows from one thread to another through the engine's ring. */
final class RowHandOff extends Receiver {
    private final RowRing ring;

    RowHandOff(int capacity, int patience) {
        super(patience);
        ring = new RowRing(capacity, EventStream.STRIDE, 0, 0, Ticker.system());
    }

    @Override
    protected int take(int max) {
        int taken = ring.available(max);
        long[] longs = ring.longs();
        int row = ring.readSlot() * EventStream.STRIDE;
        long sum = 0;
        for (int i = 0; i < taken; i++, row += EventStream.STRIDE) {
            sum += longs[row + EventStream.VALUE];
        }
        add(sum);
        ring.release(taken);
        return taken;
    }

    /** Sends each row by itself; returns when all are received. */
    void sendOneByOne(long[] rows) {
        long[] longs = ring.longs();
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            int slot = ring.claim();
            while (slot < 0) {
                awaitRoom();
                slot = ring.claim();
            }
            int at = slot * EventStream.STRIDE;
            longs[at + EventStream.TIMESTAMP] = rows[row + EventStream.TIMESTAMP];
            longs[at + EventStream.KEY] = rows[row + EventStream.KEY];
            longs[at + EventStream.VALUE] = rows[row + EventStream.VALUE];
            publish(1);
        }
        awaitReceived(rows.length / EventStream.STRIDE);
    }

    /** Sends up to {@code batch} rows at once; returns when all are received. */
    void sendBatches(long[] rows, int batch) {
        int events = rows.length / EventStream.STRIDE;
        int sent = 0;
        while (sent < events) {
            int granted = ring.claim(Math.min(batch, events - sent));
            if (granted == 0) {
                awaitRoom();
                continue;
            }
            System.arraycopy(
                    rows,
                    sent * EventStream.STRIDE,
                    ring.longs(),
                    ring.nextSlot() * EventStream.STRIDE,
                    granted * EventStream.STRIDE);
            publish(granted);
            sent += granted;
        }
        awaitReceived(events);
    }

    private void publish(int rows) {
        if (!ring.publish(rows)) {
            throw new IllegalStateException("the ring is closed");
        }
    }
}
