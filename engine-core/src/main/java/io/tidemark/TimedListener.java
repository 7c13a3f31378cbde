package io.tidemark;

import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;

/**
 * Around a user's listener of results.
 *
 * <p>Threads: the engine thread.
 */
final class TimedListener<K, R> implements WindowListener<K, R> {
    private final WindowListener<K, R> listener;
    private final CallbackTimer timer;

    TimedListener(WindowListener<K, R> listener, CallbackTimer timer) {
        this.listener = listener;
        this.timer = timer;
    }

    @Override
    public void onResult(WindowResult<K, R> result) {
        timer.enter(result.stream());
        try {
            listener.onResult(result);
        } finally {
            timer.leave();
        }
    }
}
