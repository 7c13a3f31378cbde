package io.tidemark;

import io.tidemark.operator.FailureHandler;
import io.tidemark.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures of user code, asks the policy, and says a few of them in the log: stage and class, never a message, which could
 * hold what a customer typed.
 *
 * <p>Threads: safe from any thread.
 */
final class Failures implements FailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final String engine;
    private final ErrorPolicy policy;
    private final Ticker ticker;
    private final LongAdder count = new LongAdder();
    private final AtomicLong nextLog;

    Failures(String engine, ErrorPolicy policy, Ticker ticker) {
        this.engine = engine;
        this.policy = policy;
        this.ticker = ticker;
        this.nextLog = new AtomicLong(ticker.nanoTime());
    }

    long count() {
        return count.sum();
    }

    @Override
    public void failed(Stage stage, String name, RuntimeException cause) {
        count.increment();
        log(stage, name, cause);
        ErrorPolicy.Decision decision;
        try {
            decision = policy.onFailure(new Failure(stage, name, cause));
        } catch (RuntimeException thrownByPolicy) {
            count.increment();
            log(stage, name, thrownByPolicy);
            return;
        }
        if (decision == ErrorPolicy.Decision.STOP) {
            throw new StopException(cause);
        }
    }

    private void log(Stage stage, String name, RuntimeException cause) {
        long now = ticker.nanoTime();
        long due = nextLog.get();
        if (now - due >= 0 && nextLog.compareAndSet(due, now + QUIET_NANOS)) {
            StackTraceElement[] trace = cause.getStackTrace();
            LOG.warn(
                    "Engine {}: {} of {} threw {} at {}; {} failures so far",
                    engine,
                    stage,
                    name,
                    cause.getClass().getName(),
                    trace.length == 0 ? "an unknown place" : trace[0],
                    count());
        }
    }

    /** Unwinds to the engine loop when the policy says stop. */
    static final class StopException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StopException(RuntimeException cause) {
            super("the error policy said stop", cause, false, false);
        }
    }
}
