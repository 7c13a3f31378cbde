package io.tidemark.bench.workload;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The receiving side of a hand-off, on a thread of its own: takes what is there and adds up its values, as patient as told.
 *
 * <p>Threads: {@link #take} runs on the receiving thread; everything else belongs to the sending one.
 */
public abstract class Receiver {
    private static final int BATCH = 1_024;

    /** Longs around what the receiving thread writes all the time, so that the sender's cache lines stay its own. */
    private static final int PAD = 16;

    private static final int RECEIVED = PAD;
    private static final int TOTAL = PAD + 1;

    private final int patience;
    private final Thread thread = new Thread(this::run, "receiver");
    private final AtomicLongArray cells = new AtomicLongArray(2 * PAD + 2);
    private volatile boolean stopped;
    private long sent;

    /** One that spins {@code patience} times after it found less than a full batch, so that batches form. */
    protected Receiver(int patience) {
        this.patience = patience;
        thread.setDaemon(true);
    }

    /** Takes up to {@code max} events and {@linkplain #add adds} what is in them; how many there were. */
    protected abstract int take(int max);

    /** For {@link #take}: the sum of the values received. */
    protected final void add(long values) {
        cells.setPlain(TOTAL, cells.getPlain(TOTAL) + values);
    }

    private void run() {
        while (!stopped) {
            int taken = take(BATCH);
            if (taken > 0) {
                cells.setRelease(RECEIVED, cells.getPlain(RECEIVED) + taken);
            }
            if (taken < BATCH) {
                for (int spin = 0; spin < patience; spin++) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Begins to receive. */
    public final void start() {
        thread.start();
    }

    /**
     * Waits a moment for room.
     *
     * @throws IllegalStateException if there will never be any, because the receiving thread died
     */
    protected final void awaitRoom() {
        if (!thread.isAlive()) {
            throw new IllegalStateException("the receiving thread died");
        }
        Thread.onSpinWait();
    }

    /** Waits until everything was received, {@code events} more than the last time. */
    protected final void awaitReceived(int events) {
        sent += events;
        while (cells.getAcquire(RECEIVED) < sent) {
            awaitRoom();
        }
    }

    /** Ends the thread; the sum of all values received. */
    public final long stop() throws InterruptedException {
        stopped = true;
        thread.join();
        return cells.get(TOTAL);
    }
}
