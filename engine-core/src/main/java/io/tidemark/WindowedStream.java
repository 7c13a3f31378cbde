package io.tidemark;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.operator.KeyLocation;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
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

    WindowedStream(StreamInput<E> input, KeyLocation key, WindowAssigner<? super E> windows) {
        declaration = input.declare(key, windows);
    }

    /** Names these windows in results, metrics and explanations; otherwise they are "windows-1", "windows-2" and so on. */
    public WindowedStream<E, K> named(String name) {
        declaration.open().name = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * How long after its end a window still takes corrections; zero unless said. An event is too late for a window when
     * {@code end + allowedLateness <= W}. Every late event that is taken gives a LATE pane for each closed window over it, so
     * with sliding windows one event may give size / slide of them. They are put together in one walk: a look-up for each slice, a few
     * combines for each pane. What costs is the panes themselves; {@link Trigger#lateEvery} gives fewer.
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

    /**
     * When panes are given; {@link Trigger#afterWatermark()} unless said. Anything but panes at the end and after it makes every event
     * update each of its windows by itself: cost grows with size / slide, and every step of the watermark cuts the batches of the whole
     * engine.
     *
     * @throws IllegalStateException if these windows are what they are by their own trigger, as {@code Windows.count}
     */
    public WindowedStream<E, K> trigger(Trigger trigger) {
        declaration.open().trigger(Objects.requireNonNull(trigger, "trigger"));
        return this;
    }

    /**
     * A later pane holds only what is new since the pane before it, instead of everything so far.
     *
     * <pre>{@code
     * .allowedLateness(Duration.ofMinutes(5))
     * .discarding() // 5, then late 6: ON_TIME 5, LATE 6
     * }</pre>
     */
    public WindowedStream<E, K> discarding() {
        declaration.open().accumulation(Accumulation.DISCARDING);
        return this;
    }

    /**
     * Before each pane that replaces another, that other one is given again as a retraction; see {@link WindowResult#isRetraction}.
     * Keeps the contents of the last pane of each window until it expires.
     *
     * <pre>{@code
     * .allowedLateness(Duration.ofMinutes(5))
     * .retracting() // 5, then late 6: ON_TIME 5; retraction of that, LATE 11
     * }</pre>
     */
    public WindowedStream<E, K> retracting() {
        declaration.open().accumulation(Accumulation.RETRACTING);
        return this;
    }

    /** Whether a window that expires gives a last pane; if something is new unless said, and not with {@link Trigger#never()}. */
    public WindowedStream<E, K> closing(ClosingBehavior closing) {
        declaration.open().closing = Objects.requireNonNull(closing, "closing behavior");
        return this;
    }

    /** Whether a window's end gives a pane if nothing came since an EARLY one; always unless said. */
    public WindowedStream<E, K> onTime(OnTimeBehavior onTime) {
        declaration.open().onTime = Objects.requireNonNull(onTime, "on-time behavior");
        return this;
    }

    /**
     * Leaves out EARLY and LATE panes whose value equals that of the window's pane before; they take no number. ON_TIME panes are always
     * given. Not with discarding panes.
     *
     * <pre>{@code
     * .trigger(Trigger.afterWatermark().early(Firing.everyEvents(1)))
     * .suppressUnchanged()
     * .aggregate(Aggregators.max(Payment::amountMinor)) // 9, 5 and 12: EARLY 9, EARLY 12, ON_TIME 12
     * }</pre>
     */
    public WindowedStream<E, K> suppressUnchanged() {
        declaration.open().suppressUnchanged = true;
        return this;
    }

    /**
     * Gives results of windows into which no event of a key came: an ON_TIME pane with count 0 and the value that the aggregate has
     * without events. Only for a key that is known, which it is from its first window on until no window that holds an event of it
     * ended within {@code horizon} before the empty window's end; then it is forgotten. A late event that the window still takes gives a
     * LATE pane after the empty one.
     *
     * <pre>{@code
     * payments.window(Windows.tumbling(Duration.ofMinutes(1)))
     *         .emptyWindows(Duration.ofMinutes(2)) // after a payment: two zeros, then silence
     * }</pre>
     *
     * <p>For windows whose edges depend on time alone, with panes at their end and after it: not with early or repeated firings,
     * retracting panes or {@code onUpdate}, {@code suppressUnchanged}, or {@code closing(FIRE_ALWAYS)}. The end of input closes the windows
     * within the horizon too, as any step of the watermark does. Costs a look at each known key whenever a
     * window closes.
     *
     * @throws IllegalArgumentException if the horizon is not positive, or no whole number of the engine's unit; at the start, if
     *     these windows cannot give results of empty ones
     */
    public WindowedStream<E, K> emptyWindows(Duration horizon) {
        declaration.open().emptyWindows(horizon);
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
     * <p>Several windows of one keyed stream that get the same aggregator object (or {@code all} of the same ones) share their slices: an
     * event is added once, to the finest of them, and coarser windows are put together from finer ones. So each further window costs
     * next to nothing per event.
     *
     * <pre>{@code
     * var revenue = Aggregators.sumExact(Payment::amountMinor);
     * payments.window(Windows.tumbling(Duration.ofSeconds(10)))
     *         .aggregate(revenue)
     *         .dropLate()
     *         .onResult(report::add);
     * payments.window(Windows.sliding(Duration.ofMinutes(1), Duration.ofSeconds(20)))
     *         .aggregate(revenue)
     *         .dropLate()
     *         .onResult(report::add);
     * }</pre>
     *
     * <p>It is so for tumbling and sliding windows of which one's ends are all the edges of the other, by long key or without one, not
     * {@link #ordered}, over a {@link LongAggregator}; {@code engine.explain()} says which stream's slices are used. The results are the
     * same as apart, by the laws of an aggregator; those of doubles may differ in the last bit, as the order of additions does. What an
     * aggregator throws while it adds an event is reported once.
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
