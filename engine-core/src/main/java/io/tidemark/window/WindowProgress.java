package io.tidemark.window;

/**
 * A window and key as a {@link FiringCondition} sees it: what it holds, right after an event came in.
 *
 * <p>Threads: the engine thread's, during the call only. Units: the engine's time unit.
 */
public abstract class WindowProgress {

    /** For the engine. */
    protected WindowProgress() {}

    /** Start of the window, inclusive; of a session, as it is now. */
    public abstract long start();

    /** End of the window, exclusive; of a session, as it is now. */
    public abstract long end();

    /** The watermark before this event; {@link Long#MIN_VALUE} if there is none yet. */
    public abstract long watermark();

    /** Events since the window's last pane, this one included. */
    public abstract long fresh();

    /** Events in what a pane given now would hold. */
    public abstract long count();

    /**
     * The aggregate that a pane given now would hold.
     *
     * @throws ArithmeticException if it does not fit
     * @throws UnsupportedOperationException if it is no single long
     */
    public abstract long longValue();
}
