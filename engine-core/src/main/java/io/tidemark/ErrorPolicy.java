package io.tidemark;

/**
 * What happens when user code throws: an extractor, a key's {@code equals}, an aggregator, a call-back. The event or pane
 * concerned is counted and put aside in any case; the policy is told and says whether the engine goes on.
 *
 * <p>What a policy throws itself is counted and taken for {@link Decision#GO_ON}. An {@link Error} never comes here: it
 * stops the engine with the cause kept.
 *
 * <p>Threads: called by the thread that ran the user code, so extractor failures come from producer threads.
 */
@FunctionalInterface
public interface ErrorPolicy {

    /** Whether the engine goes on. */
    enum Decision {
        /** Next event, next pane. */
        GO_ON,
        /** The engine ends as FAILED with this cause. */
        STOP
    }

    /** Told of a failure. */
    Decision onFailure(Failure failure);

    /** Goes on after every failure. The default; the engine's log names stage, class and place of each kind of failure, a few times a minute. */
    static ErrorPolicy goOn() {
        return failure -> Decision.GO_ON;
    }

    /** Stops at the first failure. */
    static ErrorPolicy stop() {
        return failure -> Decision.STOP;
    }
}
