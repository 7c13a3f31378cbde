package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Receiver;
import io.tidemark.bench.workload.Workload;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Freshly made objects through a JCTools queue into {@link TumblingTables}, which belong to the receiving thread. Frozen.
 *
 * <p>Threads: belongs to the sending thread.
 */
public final class QueueTumbling extends Receiver implements Contender {
    private final MessagePassingQueue<Payment> queue;
    private final TumblingTables tables;

    private QueueTumbling(MessagePassingQueue<Payment> queue, int keys, int patience) {
        super(patience);
        this.queue = queue;
        tables = new TumblingTables(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        start();
    }

    /** Through a queue for one producer. */
    public static QueueTumbling oneProducer(int capacity, int keys, int patience) {
        return new QueueTumbling(new SpscVarHandleArrayQueue<>(capacity), keys, patience);
    }

    /** Through a queue for many producers, of which there is one. */
    public static QueueTumbling manyProducers(int capacity, int keys, int patience) {
        return new QueueTumbling(new MpscVarHandleArrayQueue<>(capacity), keys, patience);
    }

    @Override
    protected int take(int max) {
        int taken = 0;
        while (taken < max) {
            Payment payment = queue.relaxedPoll();
            if (payment == null) {
                break;
            }
            tables.add(payment.timestamp(), payment.key(), payment.value());
            taken++;
        }
        return taken;
    }

    @Override
    public void process(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            Payment payment = Payment.of(rows, row);
            while (!queue.relaxedOffer(payment)) {
                awaitRoom();
            }
        }
        awaitReceived(rows.length / EventStream.STRIDE);
    }

    @Override
    public PaneTally.Summary finish() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while waiting for the receiving thread", interrupted);
        }
        return tables.finish();
    }
}
