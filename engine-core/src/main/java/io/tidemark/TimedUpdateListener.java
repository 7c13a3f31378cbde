package io.tidemark;

import io.tidemark.window.UpdateListener;
import io.tidemark.window.WindowResult;
import org.jspecify.annotations.Nullable;

/**
 * Around a user's listener of updates.
 *
 * <p>Threads: the engine thread.
 */
final class TimedUpdateListener<K, R> implements UpdateListener<K, R> {
    private final UpdateListener<K, R> listener;
    private final String stream;
    private final CallbackTimer timer;

    TimedUpdateListener(UpdateListener<K, R> listener, String stream, CallbackTimer timer) {
        this.listener = listener;
        this.stream = stream;
        this.timer = timer;
    }

    @Override
    public void onUpdate(@Nullable WindowResult<K, R> before, @Nullable WindowResult<K, R> after) {
        timer.enter(stream);
        try {
            listener.onUpdate(before, after);
        } finally {
            timer.leave();
        }
    }
}
