package io.tidemark.window;

import java.util.List;

/**
 * One pane of one (key, window).
 *
 * <p>What a listener gets is a view that is valid during the call only; {@link #copy()} makes one to keep. {@link #longKey()} and
 * {@link #longValue()} read without boxing.
 *
 * <p>Threads: the view belongs to the thread of the call; a copy is immutable. Units: the engine's time unit. Cost: no
 * allocation but for {@link #window()}, {@link #copy()}, boxed keys and values, and panes numbered above 0.
 *
 * @param <K> key; {@code Void} for windows without a key
 * @param <R> value
 */
public abstract class WindowResult<K, R> {

    /** For the engine. */
    protected WindowResult() {}

    /** The name of the keyed windows that gave it. */
    public abstract String stream();

    /**
     * The key.
     *
     * @throws IllegalStateException on windows without a key
     */
    public abstract K key();

    /**
     * The key unboxed.
     *
     * @throws IllegalStateException unless declared with {@code keyByLong}
     */
    public abstract long longKey();

    /** Start of the window, inclusive. */
    public abstract long start();

    /** End of the window, exclusive. */
    public abstract long end();

    /** The window; for a session, its bounds as of this pane. */
    public final TimeWindow window() {
        return new TimeWindow(start(), end());
    }

    /** Timing, number and last-flag of this pane. */
    public abstract Pane pane();

    /**
     * Whether this takes back a result given before, whose window, pane and value it shows. Only with retracting panes; a retraction
     * comes directly before the pane that replaces what it takes back.
     *
     * <pre>{@code
     * .onResult(sum -> total[0] += sum.isRetraction() ? -sum.longValue() : sum.longValue());
     * }</pre>
     */
    public abstract boolean isRetraction();

    /**
     * The bounds of the sessions that had given results and have become this one, by (end, start); on its first pane only, otherwise
     * empty.
     *
     * <pre>{@code
     * .onResult(session -> {
     *     session.replaced().forEach(table::remove);
     *     table.put(session.window(), session.longValue());
     * });
     * }</pre>
     */
    public abstract List<TimeWindow> replaced();

    /** How many events are in this pane. */
    public abstract long count();

    /**
     * The aggregate.
     *
     * @throws ArithmeticException if {@link #overflowed()}
     */
    public abstract R value();

    /**
     * The aggregate unboxed.
     *
     * @throws ArithmeticException if {@link #overflowed()}
     * @throws UnsupportedOperationException if the aggregate is no single long
     */
    public abstract long longValue();

    /** Whether the true value does not fit its type. Nothing wraps: then {@link #value()} throws, and only this window is affected. */
    public abstract boolean overflowed();

    /** Whether a user's aggregator threw on one of the events in this pane, so that the value may lack it. */
    public abstract boolean incomplete();

    /** The same result, immutable and to keep. */
    public abstract WindowResult<K, R> copy();

    /**
     * Stream, window, pane and number of events. Neither key nor value, so that a result in a log or a message gives no personal data away:
     * print {@link #key()} and {@link #value()} where that is wanted.
     */
    @Override
    public String toString() {
        return "WindowResult[" + stream() + " " + window() + " " + pane() + ", " + count() + " events"
                + (isRetraction() ? ", taken back]" : "]");
    }
}
