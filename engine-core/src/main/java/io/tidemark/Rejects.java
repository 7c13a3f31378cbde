package io.tidemark;

import io.tidemark.operator.FailureHandler;
import io.tidemark.operator.RowBatch;
import io.tidemark.time.Timestamps;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the future guard kept out: counted by reason, told to the user's handler, and said in the log now and then.
 *
 * <p>Threads: the engine thread.
 */
final class Rejects {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final EngineConfig<?> config;
    private final @Nullable Consumer<RejectedEvent<Object>> handler;
    private final int processingColumn;
    private final Failures failures;
    private long nextLogNanos;

    @SuppressWarnings("unchecked") // the handler gets events of the engine's own type
    Rejects(EngineConfig<?> config, int processingColumn, Failures failures) {
        this.config = config;
        this.handler = (Consumer<RejectedEvent<Object>>) (Consumer<?>) config.rejectedHandler();
        this.processingColumn = processingColumn;
        this.failures = failures;
        this.nextLogNanos = config.ticker().nanoTime();
    }

    void reject(Lane lane, RowBatch rows, int row, long clock) {
        long timestamp = rows.timestamp(row);
        boolean valid = Timestamps.isValid(timestamp);
        (valid ? lane.future : lane.invalid).increment();
        RejectedEvent.Reason reason = valid ? RejectedEvent.Reason.FUTURE : RejectedEvent.Reason.INVALID;
        logNowAndThen(lane, reason);
        if (handler == null) {
            return;
        }
        long processingTime = processingColumn < 0 ? clock : rows.longs()[rows.row(row) + processingColumn];
        Object event = config.keepEvents() ? rows.event(row) : null;
        try {
            handler.accept(new RejectedEvent<>(lane.name, timestamp, processingTime, reason, event));
        } catch (RuntimeException thrown) {
            failures.failed(FailureHandler.Stage.REJECTED_HANDLER, lane.name, thrown);
        }
    }

    private void logNowAndThen(Lane lane, RejectedEvent.Reason reason) {
        long now = config.ticker().nanoTime();
        if (now - nextLogNanos >= 0) {
            nextLogNanos = now + QUIET_NANOS;
            LOG.warn(
                    "Engine {}: source {} sent an event with a timestamp that is {}; {} invalid and {} future ones so far",
                    config.name(),
                    lane.name,
                    reason,
                    lane.invalid.value(),
                    lane.future.value());
        }
    }
}
