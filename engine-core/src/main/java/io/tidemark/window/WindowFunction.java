package io.tidemark.window;

/**
 * A window assigner of the user's own: says which windows hold an event; see {@link Windows#custom}.
 *
 * <p>It must depend on its arguments alone. What it throws goes to the error policy, and the event counts as failed.
 *
 * <p>Threads: called by the engine thread, once per event.
 */
@FunctionalInterface
public interface WindowFunction {

    /**
     * Adds the windows of one event, in any order; none means that the event is unassigned.
     *
     * @param timestamp the event's, in the engine's unit
     * @param input what the assigner's extractor read from the event; 0 if it has none
     * @param windows gets the windows; each must contain the timestamp
     */
    void assign(long timestamp, long input, WindowCollector windows);
}
