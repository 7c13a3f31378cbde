package io.tidemark.bench.workload;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends the rows of a stream from two threads, every other row each. Neither gets far ahead of the other, so that with a watermark
 * delayed by {@link #DELAY} no event is late, whatever the scheduler does.
 *
 * <p>Threads: belongs to one thread, which is one of the two senders. Units: milliseconds.
 */
public final class TwoProducers {
    /** The jitter, and how far the two may be apart in a stream of 1,000 events per millisecond, with room to spare. */
    public static final long DELAY = 150;

    /** Events between two looks at the other sender. */
    private static final int LOOK = 1_024;

    private static final int FARTHEST = 16 * LOOK;

    /** Longs around what each sender writes, so that their cache lines stay apart. */
    private static final int PAD = 16;

    private final RowSender sender;

    /** Sends with {@code sender}, from both threads. */
    public TwoProducers(RowSender sender) {
        this.sender = sender;
    }

    /** Sends one row. Threads: any. */
    @FunctionalInterface
    public interface RowSender {

        /** Sends the row that begins at this index. */
        void send(long[] rows, int row);
    }

    /** Sends all rows; returns when both senders have sent theirs. */
    public void send(long[] rows) {
        AtomicLongArray sent = new AtomicLongArray(4 * PAD);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread second = new Thread(() -> sendHalf(rows, 1, sent), "second-producer");
        second.setUncaughtExceptionHandler((thread, cause) -> thrown.set(cause));
        second.start();
        sendHalf(rows, 0, sent);
        try {
            second.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("interrupted while waiting for the second producer", interrupted);
        }
        if (thrown.get() != null) {
            throw new IllegalStateException("the second producer failed", thrown.get());
        }
    }

    private void sendHalf(long[] rows, int half, AtomicLongArray sent) {
        int mine = (1 + 2 * half) * PAD;
        int other = (3 - 2 * half) * PAD;
        long count = 0;
        try {
            for (int row = half * EventStream.STRIDE; row < rows.length; row += 2 * EventStream.STRIDE) {
                sender.send(rows, row);
                if (++count % LOOK == 0) {
                    sent.setRelease(mine, count);
                    awaitOther(sent, other, count - FARTHEST);
                }
            }
        } finally {
            sent.setRelease(mine, Long.MAX_VALUE);
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // three threads may share two cores
    private static void awaitOther(AtomicLongArray sent, int other, long least) {
        while (sent.getAcquire(other) < least) {
            Thread.yield();
        }
    }
}
