package io.tidemark;

/**
 * Says which call-back is running, for explanations, and times the first of a batch and then every 64th, because two clock readings
 * would cost more than a result.
 *
 * <p>Threads: the engine thread. Each {@link #enter} is followed by a {@link #leave}.
 */
final class CallbackTimer {
    private static final int FIRST = 16;
    private static final int THEN_EVERY = 64;

    private final EngineLoop loop;
    private boolean timed;
    private long before;

    CallbackTimer(EngineLoop loop) {
        this.loop = loop;
    }

    void enter(String stream) {
        int given = loop.resultsInBatch++;
        timed = given < FIRST || given % THEN_EVERY == 0;
        if (timed) {
            before = loop.readClock();
        }
        loop.enterCallback(stream);
    }

    void leave() {
        loop.leaveCallback();
        if (timed) {
            long after = loop.readClock();
            loop.closeToCallback.record(before - loop.batchNanos()); // only now: the call-back did not wait for it
            loop.callback.record(after - before);
        }
    }
}
