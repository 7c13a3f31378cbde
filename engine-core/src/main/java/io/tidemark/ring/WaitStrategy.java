package io.tidemark.ring;

/**
 * What the engine thread does when it finds nothing to do: it trades processor time against the time an event waits. Producers
 * never signal the consumer, so publishing costs the same with each of them.
 *
 * <p>Threads: called by the engine thread alone, so an implementation may keep state; of an engine of several shards by each of their
 * threads, so then it must keep none. It must not throw
 * and must return within a bounded time, since a stop is noticed between two calls. Cost: no allocation in those given here.
 *
 * <p>An interrupt is left pending: {@link #backoff()} then no longer parks, it spins until the interrupt is cleared.
 */
@FunctionalInterface
public interface WaitStrategy {

    /**
     * Called after a pass that found nothing.
     *
     * @param emptyPolls how many passes in a row found nothing: 1, 2, 3 ... since the last work, held at
     *     {@link Integer#MAX_VALUE}
     */
    void idle(int emptyPolls);

    /**
     * How many spins the consumer waits, when a source is in a hurry, before it drains less than a full batch, so that batches form: a
     * consumer that chases the producer row by row makes both wait for the same cache line. A source is in a hurry while it fills
     * batches or sends a row in four spins or fewer, which a wait of 16 spins finds out where rows come in two passes that follow closely. All other rows
     * are taken at once. 0: never waits.
     */
    default int patience() {
        return 0;
    }

    /**
     * This strategy with patience: highest throughput, at the price of the given spins for each batch that is not full while a source is in a
     * hurry.
     *
     * @param spins the {@link #patience()}; a few hundred let batches form under load, 0 for none
     * @throws IllegalArgumentException if {@code spins} is negative
     */
    default WaitStrategy withPatience(int spins) {
        return new Patient(this, spins);
    }

    /**
     * Spins. Lowest latency, also after a stall of the producer, when {@link #backoff()} would be asleep; a processor core is busy all the
     * time. For a core that is set apart.
     */
    static WaitStrategy busySpin() {
        return emptyPolls -> Thread.onSpinWait();
    }

    /** Spins 1,000 times, then yields the processor each time. Busy like {@link #busySpin()}, but kind to other threads. */
    @SuppressWarnings("ThreadPriorityCheck") // to yield is what was asked for
    static WaitStrategy yielding() {
        return emptyPolls -> {
            if (emptyPolls <= Backoff.SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        };
    }

    /**
     * Spins 1,000 times, which with the passes between takes some 50 microseconds, yields 100 times, then parks: 1 microsecond at first,
     * doubled each time up to 1 millisecond. A quiet engine costs next to nothing; the first event after a quiet time of a few milliseconds
     * may wait for a millisecond and the scheduler's slack.
     */
    static WaitStrategy backoff() {
        return new Backoff();
    }
}
