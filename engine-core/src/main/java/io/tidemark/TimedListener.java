package io.tidemark;

import io.tidemark.metrics.LatencyRecorder;
import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;

/**
 * Around a user's listener: says what is running, for explanations, and times the first results of a batch and then every 64th, because
 * two clock readings would cost more than a result.
 *
 * <p>Threads: the engine thread.
 */
final class TimedListener<K, R> implements WindowListener<K, R> {
    private static final int FIRST = 16;
    private static final int THEN_EVERY = 64;

    private final WindowListener<K, R> listener;
    private final EngineLoop loop;
    private final LatencyRecorder closeToCallback;
    private final LatencyRecorder callback;

    TimedListener(
            WindowListener<K, R> listener, EngineLoop loop, LatencyRecorder closeToCallback, LatencyRecorder callback) {
        this.listener = listener;
        this.loop = loop;
        this.closeToCallback = closeToCallback;
        this.callback = callback;
    }

    @Override
    public void onResult(WindowResult<K, R> result) {
        int given = loop.resultsInBatch++;
        boolean timed = given < FIRST || given % THEN_EVERY == 0;
        long before = 0;
        if (timed) {
            before = loop.readClock();
            closeToCallback.record(before - loop.batchNanos());
        }
        loop.enterCallback(result.stream());
        try {
            listener.onResult(result);
        } finally {
            loop.leaveCallback();
            if (timed) {
                callback.record(loop.readClock() - before);
            }
        }
    }
}
