package io.tidemark;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.KeyLocation;
import io.tidemark.window.Accumulation;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collector;

/**
 * Windows on a keyed stream: first how they behave, then {@link #aggregate what is computed}.
 *
 * <p>Threads: belongs to the thread that declares. Errors: each call is refused with an {@link IllegalStateException} once a source
 * is open, as are those of the stages that follow.
 *
 * @param <E> event
 * @param <K> key; {@code Void} without one
 */
public final class WindowedStream<E, K> {
    private final StreamDeclaration<E, K, Object> declaration;

    WindowedStream(EventTimeEngine<E> engine, KeyLocation key, WindowAssigner windows) {
        declaration = engine.declare(key, windows);
    }

    /** Names these windows in results, metrics and explanations; otherwise they are "windows-1", "windows-2" and so on. */
    public WindowedStream<E, K> named(String name) {
        declaration.open().name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * How long after its end a window still takes corrections; zero unless said. An event is too late for a window when
     * {@code end + allowedLateness <= W}. Every late event that is taken gives a LATE pane for each closed window over it, so
     * with sliding windows one event may give size / slide of them, each put together from size / slide slices: give wide windows
     * with a fine slide little lateness, or none.
     *
     * @throws IllegalArgumentException if negative, no whole number of the engine's unit, or too long together with the window
     */
    public WindowedStream<E, K> allowedLateness(Duration lateness) {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("allowed lateness must not be negative, got " + lateness);
        }
        declaration.open().allowedLateness(lateness);
        return this;
    }

    /** When panes are given; {@link Trigger#afterWatermark()} unless said. */
    public WindowedStream<E, K> trigger(Trigger trigger) {
        declaration.open().trigger = Objects.requireNonNull(trigger, "trigger");
        return this;
    }

    /** A late pane holds only what is new since the pane before it, instead of everything so far. */
    public WindowedStream<E, K> discarding() {
        declaration.open().accumulation = Accumulation.DISCARDING;
        return this;
    }

    /**
     * The results of one window come in the order in which their keys first arrived in it. Without it they come in an order
     * that depends on the events only, but means nothing. Costs a long per key and a sort per window.
     */
    public WindowedStream<E, K> ordered() {
        declaration.open().ordered = true;
        return this;
    }

    /**
     * What is computed of each (key, window); see {@link Aggregators}, and {@link Aggregators#all} for several at once.
     *
     * @throws IllegalStateException if it has been said before
     */
    @SuppressWarnings("unchecked") // the declaration's value type is settled here
    public <R> AggregatedStream<E, K, R> aggregate(Aggregation<? super E, R> aggregation) {
        StreamDeclaration<E, K, R> typed = (StreamDeclaration<E, K, R>) declaration;
        typed.open().aggregation(Objects.requireNonNull(aggregation, "aggregation"));
        return new AggregatedStream<>(typed);
    }

    /**
     * Any collector of {@code java.util.stream}. The events of open windows are kept and collected anew for every pane; see
     * {@link Aggregators#collecting}.
     */
    public <A, R> AggregatedStream<E, K, R> collect(Collector<? super E, A, R> collector) {
        return aggregate(Aggregators.collecting(collector));
    }
}
