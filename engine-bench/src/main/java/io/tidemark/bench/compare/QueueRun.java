package io.tidemark.bench.compare;

import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventSink;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Paced;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Payment;
import io.tidemark.bench.workload.Receiver;
import io.tidemark.bench.workload.TwoProducers;
import io.tidemark.bench.workload.Workload;
import java.util.function.Supplier;
import org.jctools.queues.MessagePassingQueue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * Freshly made objects through a JCTools queue into whatever takes them, as {@link QueueTumbling} into its tables: with late events, from two
 * threads, or each when it is due.
 *
 * <p>Threads: belongs to the sending thread.
 */
public final class QueueRun extends Receiver {
    private final MessagePassingQueue<Payment> queue;
    private final EventSink sink;

    private QueueRun(MessagePassingQueue<Payment> queue, EventSink sink, int patience) {
        super(patience);
        this.queue = queue;
        this.sink = sink;
        start();
    }

    /** W1 with late events, one producer. */
    public static Contender late(int capacity, int keys, int patience) {
        LateTumblingTables tables = new LateTumblingTables(keys, Workload.TUMBLING_SIZE, EventStream.JITTER);
        QueueRun run = new QueueRun(new SpscVarHandleArrayQueue<>(capacity), tables, patience);
        return run.contender(run::sendAll, tables::finish);
    }

    /** W1 from two producers. */
    public static Contender twoProducers(int capacity, int keys, int patience) {
        TumblingTables tables = new TumblingTables(keys, Workload.TUMBLING_SIZE, TwoProducers.DELAY);
        QueueRun run = new QueueRun(new MpscVarHandleArrayQueue<>(capacity), tables::add, patience);
        TwoProducers producers = new TwoProducers((rows, row) -> run.send(Payment.of(rows, row)));
        return run.contender(producers::send, tables::finish);
    }

    /** Paced, through a queue for one producer. */
    public static Paced pacedOneProducer(int capacity, int patience, Paced.Listener listener) {
        return paced(new SpscVarHandleArrayQueue<>(capacity), patience, listener);
    }

    /** Paced, through a queue for many producers, of which there is one. */
    public static Paced pacedManyProducers(int capacity, int patience, Paced.Listener listener) {
        return paced(new MpscVarHandleArrayQueue<>(capacity), patience, listener);
    }

    private static Paced paced(MessagePassingQueue<Payment> queue, int patience, Paced.Listener listener) {
        MilliWindows windows = new MilliWindows(listener);
        QueueRun run = new QueueRun(queue, windows, patience);
        return new Paced() {
            private int sent;

            @Override
            public void publish(long timestamp, long value) {
                run.send(new Payment(timestamp, 0, value));
                sent++;
            }

            @Override
            public void finish() {
                run.awaitReceived(sent);
                run.end();
                windows.finish();
            }
        };
    }

    private interface Sending {
        void send(long[] rows);
    }

    private Contender contender(Sending sending, Supplier<PaneTally.Summary> panes) {
        return new Contender() {
            @Override
            public void process(long[] rows) {
                sending.send(rows);
                awaitReceived(rows.length / EventStream.STRIDE);
            }

            @Override
            public PaneTally.Summary finish() {
                end();
                return panes.get();
            }
        };
    }

    @Override
    protected int take(int max) {
        int taken = 0;
        while (taken < max) {
            Payment payment = queue.relaxedPoll();
            if (payment == null) {
                break;
            }
            sink.add(payment.timestamp(), payment.key(), payment.value());
            taken++;
        }
        return taken;
    }

    private void sendAll(long[] rows) {
        for (int row = 0; row < rows.length; row += EventStream.STRIDE) {
            send(Payment.of(rows, row));
        }
    }

    private void send(Payment payment) {
        while (!queue.relaxedOffer(payment)) {
            awaitRoom();
        }
    }

    private void end() {
        try {
            stop();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while waiting for the receiving thread", interrupted);
        }
    }
}
