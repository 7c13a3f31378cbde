package io.tidemark.bench.peers;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;

/**
 * Spins; with patience it spins a while longer when it finds little, so that batches form, as the engine's own consumer does.
 *
 * <p>Threads: called by the consumer.
 */
final class PatientWait implements WaitStrategy {
    /** Fewer events than this are little; what the engine takes at once. */
    private static final int BATCH = 1_024;

    private final int patience;

    PatientWait(int patience) {
        this.patience = patience;
    }

    @Override
    public long waitFor(long sequence, Sequence cursor, Sequence dependent, SequenceBarrier barrier)
            throws AlertException {
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            Thread.onSpinWait();
            available = dependent.get();
        }
        if (patience > 0 && available - sequence < BATCH) {
            for (int spin = 0; spin < patience; spin++) {
                Thread.onSpinWait();
            }
            available = dependent.get();
        }
        return available;
    }

    @Override
    public void signalAllWhenBlocking() {
        // nobody blocks
    }
}
