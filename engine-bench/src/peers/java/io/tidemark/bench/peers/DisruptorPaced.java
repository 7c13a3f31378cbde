package io.tidemark.bench.peers;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.tidemark.bench.compare.MilliWindows;
import io.tidemark.bench.workload.Paced;

/**
 * Disruptor with one producer, each event published by itself, into windows written by hand, which belong to the consumer.
 *
 * <p>Threads: belongs to the publishing thread.
 */
final class DisruptorPaced implements Paced {
    /** As many events as a source's ring holds. */
    private static final int CAPACITY = 1 << 14;

    private final MilliWindows windows;
    private final Disruptor<Event> disruptor;
    private final RingBuffer<Event> ring;

    /** What lies in the ring. */
    private static final class Event {
        long timestamp;
        long value;
    }

    DisruptorPaced(int patience, Listener listener) {
        windows = new MilliWindows(listener);
        disruptor = new Disruptor<>(
                Event::new, CAPACITY, DaemonThreadFactory.INSTANCE, ProducerType.SINGLE, new PatientWait(patience));
        disruptor.handleEventsWith((event, sequence, endOfBatch) -> windows.add(event.timestamp, 0, event.value));
        ring = disruptor.start();
    }

    @Override
    public void publish(long timestamp, long value) {
        long sequence = ring.next();
        Event event = ring.get(sequence);
        event.timestamp = timestamp;
        event.value = value;
        ring.publish(sequence);
    }

    @Override
    public void finish() {
        disruptor.shutdown();
        windows.finish();
    }
}
