package io.tidemark.operator;

/**
 * Told when a user's code threw inside the operator. What it throws itself ends the run.
 *
 * <p>Threads: called by the engine thread.
 */
@FunctionalInterface
public interface FailureHandler {

    /** Whose code threw. */
    enum Stage {
        /** An extractor: timestamp, key, value, watermark, processing time. */
        EXTRACTOR,
        /** {@code equals} or {@code hashCode} of a key. */
        KEY,
        /** A window assigner of the user's own, or the gap or size that an event brings. */
        ASSIGNER,
        /** A firing condition. */
        CONDITION,
        /** An aggregator. */
        AGGREGATOR,
        /** A result listener. */
        RESULT_LISTENER,
        /** A handler of late or partly late events. */
        LATE_HANDLER,
        /** A handler of rejected events. */
        REJECTED_HANDLER
    }

    /**
     * One failure.
     *
     * @param stage whose code it was
     * @param name name of the windows or the source concerned
     */
    void failed(Stage stage, String name, RuntimeException cause);
}
