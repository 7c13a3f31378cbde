package io.tidemark.bench.compare;

import io.tidemark.bench.workload.EventSink;
import io.tidemark.bench.workload.Paced;

/**
 * {@link Paced}'s windows as one would write them by hand: of one key, events in their order, a sum. Frozen.
 *
 * <p>Threads: belongs to one thread at a time. Units: milliseconds.
 */
public final class MilliWindows implements EventSink {
    private final Paced.Listener listener;
    private long end = Long.MIN_VALUE;
    private long sum;

    /** Gives its windows to {@code listener}. */
    public MilliWindows(Paced.Listener listener) {
        this.listener = listener;
    }

    @Override
    public void add(long timestamp, long key, long value) {
        if (timestamp >= end) {
            if (end != Long.MIN_VALUE) {
                listener.onWindow(end, sum);
                sum = 0;
            }
            end = timestamp + Paced.WINDOW;
        }
        sum += value;
    }

    /** End of input: gives the open window. */
    public void finish() {
        if (end != Long.MIN_VALUE) {
            listener.onWindow(end, sum);
        }
    }
}
