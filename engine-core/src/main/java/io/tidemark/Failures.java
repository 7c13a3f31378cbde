package io.tidemark;

import io.tidemark.operator.FailureHandler;
import io.tidemark.time.Ticker;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures of user code, asks the policy, and says a few of them in the log: stage, class and place, never a message, which could
 * hold what a customer typed. Each kind is said at once and then every ten seconds at most, so that one that goes on does not hide another.
 *
 * <p>Threads: safe from any thread.
 */
final class Failures implements FailureHandler {
    private static final Logger LOG = LoggerFactory.getLogger(EventTimeEngine.class);
    private static final long QUIET_NANOS = 10_000_000_000L;

    /** Code that throws at ever new places is not remembered without end. */
    private static final int KINDS = 32;

    private static final Kind OTHER = new Kind(Stage.EXTRACTOR, "", "", "");

    private final String engine;
    private final ErrorPolicy policy;
    private final Ticker ticker;
    private final LongAdder count = new LongAdder();
    private final ConcurrentMap<Kind, Long> nextLog = new ConcurrentHashMap<>();

    /** Failures that are likely to have the same cause: the place is the first in code that is not the JDK's. */
    private record Kind(Stage stage, String name, String thrown, String place) {
        static Kind of(Stage stage, String name, RuntimeException cause) {
            String place = Arrays.stream(cause.getStackTrace())
                    .filter(frame -> !frame.getClassName().startsWith("java."))
                    .map(StackTraceElement::toString)
                    .findFirst()
                    .orElse("an unknown place");
            return new Kind(stage, name, cause.getClass().getName(), place);
        }
    }

    Failures(String engine, ErrorPolicy policy, Ticker ticker) {
        this.engine = engine;
        this.policy = policy;
        this.ticker = ticker;
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
        Kind kind = Kind.of(stage, name, cause);
        if (isDue(nextLog.containsKey(kind) || nextLog.size() < KINDS ? kind : OTHER)) {
            LOG.warn(
                    "Engine {}: {} of {} threw {} at {}; {} failures so far",
                    engine,
                    stage,
                    name,
                    kind.thrown,
                    kind.place,
                    count());
        }
    }

    private boolean isDue(Kind kind) {
        long now = ticker.nanoTime();
        Long due = nextLog.putIfAbsent(kind, now + QUIET_NANOS);
        return due == null || (now - due >= 0 && nextLog.replace(kind, due, now + QUIET_NANOS));
    }

    /** Unwinds to the engine loop when the policy says stop. */
    static final class StopException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StopException(RuntimeException cause) {
            super("the error policy said stop", cause, false, false);
        }
    }
}
