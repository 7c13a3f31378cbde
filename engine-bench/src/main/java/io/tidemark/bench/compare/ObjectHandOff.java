package io.tidemark.bench.compare;

import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Receiver;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Events as objects from one thread to another through JCTools' queue for one producer and one consumer: what one would take
 * for the hand-off if rows were not flat. Frozen.
 *
 * <p>Threads: belongs to the sending thread.
 */
public final class ObjectHandOff extends Receiver {
    private final SpscVarHandleArrayQueue<Payment> queue;

    /** A queue for {@code capacity} events, and a receiver with this patience. */
    public ObjectHandOff(int capacity, int patience) {
        super(patience);
        queue = new SpscVarHandleArrayQueue<>(capacity);
    }

    @Override
    protected int take(int max) {
        int taken = 0;
        long sum = 0;
        while (taken < max) {
            Payment payment = queue.relaxedPoll();
            if (payment == null) {
                break;
            }
            sum += payment.value();
            taken++;
        }
        add(sum);
        return taken;
    }

    /** Sends each row as an object made for it; returns when all are received. */
    public void send(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            send(Payment.of(rows, row));
        }
        awaitReceived(rows.length / EventStream.STRIDE);
    }

    /** Sends objects that exist; returns when all are received. */
    public void send(Payment[] payments) {
        for (Payment payment : payments) {
            send(payment);
        }
        awaitReceived(payments.length);
    }

    private void send(Payment payment) {
        while (!queue.relaxedOffer(payment)) {
            awaitRoom();
        }
    }
}
