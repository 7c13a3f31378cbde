package io.tidemark;

import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The results of a stream of windows as events of further windows; see {@link ResultStage#results}. Several streams may be declared
 * on it.
 *
 * <pre>{@code
 * payments.window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .aggregate(Aggregators.sumExact(Payment::amountMinor))
 *         .dropLate()
 *         .results() // a sum for each merchant and minute
 *         .window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .aggregate(Aggregators.top(2, WindowResult::longValue, WindowResult::longKey)) // the best two
 *         .dropLate()
 *         .onResult(report::add);
 * }</pre>
 *
 * <p>A result is an event stamped with its window's last instant: {@code end - 1} unit. All results that one step of the watermark
 * gives come before that step, so a second window of the same size closes in the same step as the first. EARLY and LATE panes are
 * events like others, each in addition to the panes before it, and so are retractions: an aggregate that must not count a window
 * twice looks at {@link WindowResult#pane} and {@link WindowResult#isRetraction}:
 *
 * <pre>{@code
 * .trigger(Trigger.afterWatermark().lateEvery(2)) // a correction is two events: the old sum, the new one
 * .aggregate(Aggregators.sumExact(sum -> sum.isRetraction() ? -sum.longValue() : sum.longValue()))
 * }</pre>
 *
 * <p>A LATE pane is judged by the allowed lateness of the
 * windows that it enters; the audit of one that comes too late names the first stream as its source.
 *
 * <p>Threads: belongs to the thread that declares. What is said here is read from a view of the result by the engine thread: a key
 * function must not give the view itself, nor keep it; aggregators over objects get a copy. What it throws goes to the error policy, and
 * the result counts as failed.
 *
 * @param <K> key of the results
 * @param <R> value of the results
 */
public final class ResultStream<K, R> {
    private final ResultInput<K, R> input;

    ResultStream(ResultInput<K, R> input) {
        this.input = input;
    }

    /** Results by a key that is an object. */
    public <L> KeyedStream<WindowResult<K, R>, L> keyBy(Function<? super WindowResult<K, R>, ? extends L> key) {
        return input.keyBy(key);
    }

    /** Results by a key that is a long; never boxed on the way if {@link WindowResult#longKey} or {@code longValue} is read. */
    public KeyedStream<WindowResult<K, R>, Long> keyByLong(ToLongFunction<? super WindowResult<K, R>> key) {
        return input.keyByLong(key);
    }

    /** Windows over all results, without a key. */
    public WindowedStream<WindowResult<K, R>, Void> window(WindowAssigner<? super WindowResult<K, R>> windows) {
        return input.window(windows);
    }
}
