package io.tidemark.window;

/**
 * A condition of the user's own for giving a pane. It is asked after every event that a window takes and can only say "now": timing,
 * number, contents and the end of the window stay the engine's, so no condition can lose an event or break the order of panes.
 *
 * <p>It must depend on its argument alone, or results depend on more than the events. What it throws goes to the error policy and means
 * "not now".
 *
 * <p>Threads: called by the engine thread (with several shards by each), once per event and window: keep it short.
 */
@FunctionalInterface
public interface FiringCondition {

    /** Whether a pane is due now. */
    boolean isDue(WindowProgress window);
}
