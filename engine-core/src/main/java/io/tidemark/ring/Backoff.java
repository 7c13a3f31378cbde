package io.tidemark.ring;

import java.util.concurrent.locks.LockSupport;

/** Spin, yield, then park for a growing time. Keeps no state of its own: the count of empty polls is all it needs. */
final class Backoff implements WaitStrategy {

    static final int SPINS = 1_000;
    static final int YIELDS = 100;
    private static final long SHORTEST_PARK_NANOS = 1_000;
    private static final long LONGEST_PARK_NANOS = 1_000_000;
    private static final int DOUBLINGS = 10;

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // to yield is what was asked for
    public void idle(int emptyPolls) {
        if (emptyPolls <= SPINS) {
            Thread.onSpinWait();
        } else if (emptyPolls <= SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(this, parkNanos(emptyPolls));
        }
    }

    /** How long the given empty poll parks; 0 while it still spins or yields. */
    static long parkNanos(int emptyPolls) {
        int parks = emptyPolls - SPINS - YIELDS;
        if (parks <= 0) {
            return 0;
        }
        return Math.min(SHORTEST_PARK_NANOS << Math.min(parks - 1, DOUBLINGS), LONGEST_PARK_NANOS);
    }
}
