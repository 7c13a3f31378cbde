package io.tidemark.bench.peers;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.tidemark.bench.compare.TumblingTables;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;

/**
 * Disruptor with one producer into the tables of the loop by hand, which belong to the consumer. Its events are
 * made beforehand and written over, as it recommends.
 *
 * <p>Threads: belongs to the publishing thread.
 */
final class DisruptorTumbling implements Contender {
    /** As many events as a source's ring holds. */
    private static final int CAPACITY = 1 << 14;

    private final int batch;
    private final TumblingTables tables;
    private final Disruptor<Event> disruptor;
    private final RingBuffer<Event> ring;

    /** What lies in the ring. */
    private static final class Event {
        long timestamp;
        long key;
        long value;
    }

    DisruptorTumbling(int keys, int batch, int patience) {
        this.batch = batch;
        tables = new TumblingTables(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        disruptor = new Disruptor<>(
                Event::new, CAPACITY, DaemonThreadFactory.INSTANCE, ProducerType.SINGLE, new PatientWait(patience));
        disruptor.handleEventsWith(
                (event, sequence, endOfBatch) -> tables.add(event.timestamp, event.key, event.value));
        ring = disruptor.start();
    }

    @Override
    public void process(long[] rows) {
        if (batch == 1) {
            publishOneByOne(rows);
        } else {
            publishBatches(rows);
        }
        while (ring.getMinimumGatingSequence() < ring.getCursor()) {
            Thread.onSpinWait();
        }
    }

    private void publishOneByOne(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            long sequence = ring.next();
            write(rows, row, sequence);
            ring.publish(sequence);
        }
    }

    private void publishBatches(long[] rows) {
        int row = 0;
        while (row < rows.length) {
            int count = Math.min(batch, (rows.length - row) / EventStream.STRIDE);
            long last = ring.next(count);
            for (long sequence = last - count + 1; sequence <= last; sequence++, row += EventStream.STRIDE) {
                write(rows, row, sequence);
            }
            ring.publish(last - count + 1, last);
        }
    }

    private void write(long[] rows, int row, long sequence) {
        Event event = ring.get(sequence);
        event.timestamp = rows[row + EventStream.TIMESTAMP];
        event.key = rows[row + EventStream.KEY];
        event.value = rows[row + EventStream.VALUE];
    }

    @Override
    public PaneTally.Summary finish() {
        disruptor.shutdown();
        return tables.finish();
    }
}
