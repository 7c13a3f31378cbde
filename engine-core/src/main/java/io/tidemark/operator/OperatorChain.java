package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.SteppedWatermark;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.FollowingWindows;
import io.tidemark.window.SessionWindows;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowArithmetic;
import io.tidemark.window.WindowResult;
import java.util.ArrayList;
import java.util.List;

/**
 * All streams of windows of one shard behind one watermark: rows in, panes out. It has no clock, no lock and no thread, and can be
 * driven by a loop of the user's own.
 *
 * <p>A batch is cut at exactly those rows where order matters: after a row that lifts the watermark to the next deadline (the
 * windows close there, with that row already added), and around a row that touches something closed (it is handled alone, in
 * all streams). Between two cuts the streams work through whole columns. Sessions that end may wait for the end of a block, but rows
 * behind their end find them closed. So the panes, and their order, do not depend on how the rows were batched.
 *
 * <p>The panes of one watermark step come in the order of window end, then start, then streams as added, then keys; those of streams on
 * the results of others after all of these, and in the same order again. Only what a trigger gives for a single result comes when that
 * result is handed on: at the end of the step, or in its midst, between two windows, once a few hundred wait.
 *
 * <p>Threads: belongs to one thread. Errors: what user code throws goes to the {@link FailureHandler}. Cost: no allocation in the
 * steady state with long keys.
 */
public final class OperatorChain {
    private final WatermarkTracker tracker;
    private final FailureHandler failures;
    private final OperatorGroup streams = new OperatorGroup();
    private final List<OperatorStage> stages = new ArrayList<>();
    /** Those whose windows the clock may fire. */
    private final List<PerWindowOperator<?, ?, ?>> clocked = new ArrayList<>();

    private final WatermarkCourse course = new WatermarkCourse();

    /** Whether the rows that a stream gets are copies. */
    private boolean selects;

    private int reached;
    private long passed = Timestamps.NONE;
    private long heldPassed = Timestamps.NONE;
    /** Whether rows were taken, or something passed, since the clocks acted last: something may be due that was not then. */
    private boolean touched;

    /** A chain without streams, on the watermark of {@code tracker}. */
    public OperatorChain(WatermarkTracker tracker, FailureHandler failures) {
        this.tracker = tracker;
        this.failures = failures;
    }

    /** Adds a stream of windows; before the first row. */
    public <E, K, R> StreamCounters add(WindowSpec<E, K, R> spec) {
        return new StreamCounters(add(streams, operatorFor(spec, spec.windows())), null);
    }

    /**
     * Adds a stream of windows on the results of another; before the first row.
     *
     * @param input the listener of a stream that was added before
     */
    public <L, S, K, R> StreamCounters add(WindowSpec<WindowResult<L, S>, K, R> spec, ResultFeed<L, S> input) {
        return new StreamCounters(add(input.streams, operatorFor(spec, spec.windows())), input.stream());
    }

    private WindowOperator<?, ?, ?> add(OperatorGroup group, WindowOperator<?, ?, ?> operator) {
        group.add(operator);
        if (group.depth() == stages.size()) {
            stages.add(new OperatorStage());
        }
        stages.get(group.depth()).add(group, operator);
        if (operator instanceof PerWindowOperator<?, ?, ?> perWindow) {
            clocked.add(perWindow);
        }
        streams.chooseRuns();
        return operator;
    }

    /**
     * What makes events of the results of a stream: its listener.
     *
     * @param stream the stream's name
     * @param longStride longs per row, the timestamp first
     * @param objectStride references per row
     * @param eventLane which of a row's references is the result itself, as a copy; -1 if rows do not carry it
     */
    public <K, R> ResultFeed<K, R> feed(
            String stream, int longStride, int objectStride, int eventLane, ResultProjection<K, R> projection) {
        return new ResultFeed<>(stream, longStride, objectStride, eventLane, projection, failures);
    }

    /**
     * Of several shards, lets each row come only to the streams of the source's rows that it is meant for: those whose bit is set in
     * one of its columns.
     *
     * @param column the column
     * @param bits for each stream on the source's rows, in the order in which they were added, its bit
     */
    public void selectBy(int column, long[] bits) {
        streams.selectBy(new RowSelections(column, bits));
        selects = true;
    }

    /** Takes all streams out again; before the first row. */
    public void clear() {
        streams.clear();
        stages.clear();
        clocked.clear();
        selects = false;
    }

    private <E, K, R> WindowOperator<E, K, R> operatorFor(WindowSpec<E, K, R> spec, WindowArithmetic windows) {
        if (windows instanceof SlicedWindows sliced && spec.rules().allowSlices()) {
            return new SlicedWindowOperator<>(spec, sliced, failures);
        }
        if (windows instanceof SessionWindows sessions) {
            return new SessionWindowOperator<>(spec, sessions, course, failures);
        }
        if (windows instanceof FollowingWindows following) {
            return new FollowingWindowOperator<>(spec, following, failures);
        }
        return new AssignedWindowOperator<>(spec, failures);
    }

    /**
     * Takes rows {@code from} to {@code to} of a source, in its order, each followed by the watermark that it causes.
     *
     * @param source the watermark of the source, which is brought forward
     */
    public void process(RowBatch rows, int from, int to, SourceWatermark source) {
        for (int row = from; row < to; row += WindowOperator.RUN) {
            int end = Math.min(to, row + WindowOperator.RUN);
            rows.measure(row, end);
            processMeasured(rows, row, end, source);
        }
    }

    /**
     * As {@link #process}, of just the rows that {@link RowBatch#measure} has looked at last: the timestamp of another row, such as one that
     * must not come in, would move the watermark too.
     */
    public void processMeasured(RowBatch rows, int from, int to, SourceWatermark source) {
        reached = from;
        long ceiling = tracker.enter(source);
        apply(tracker.update(source), deadline()); // another source may have closed, and no longer hold the watermark
        int row = from;
        boolean hasLate = false;
        while (row < to) {
            long deadline = deadline();
            long low = streams.lowBound();
            long cut = source.movesByEvent() ? cut(deadline) : deadline;
            // if the other sources hold the watermark below the cut, no row of this one can reach it
            long target = ceiling < cut ? Long.MAX_VALUE : cut;
            int taken = to - row;
            if (hasLate || rows.earliest() < low) {
                // one late row must not make all rows around it look as if they belonged to several windows
                hasLate = true;
                taken = rows.narrow(row, to, low, source.newest(), source.timestampFor(target));
            }
            // in nearly every block no row lifts the watermark so far that something is to be done
            if (taken > 0 && !source.takeBelow(target, rows.latest())) {
                taken = source.scan(rows.longs, rows.row(row), rows.longStride, taken, target);
            }
            if (taken > 0) {
                long after = Math.min(source.watermark(), ceiling);
                if (cut > deadline && after >= deadline) {
                    course.enter(row, source, after);
                }
                take(rows, row, row + taken);
                course.leave();
                row += taken;
                apply(tracker.update(source), deadline);
            }
            if (row < to && rows.timestamp(row) < streams.lowBound()) {
                reached = row + 1;
                hasLate = true;
                takeBehind(rows, row, source.name());
                source.observe(rows.longs, rows.row(row));
                row++;
                apply(tracker.update(source), deadline());
            }
        }
    }

    /**
     * Takes rows {@code from} to {@code to} of a source, in its order, each behind the steps of the watermark that come before it.
     *
     * @param source the watermark of the source as this shard sees it, which is brought forward
     */
    public void process(RowBatch rows, int from, int to, SteppedWatermark source) {
        reached = from;
        long ceiling = tracker.enter(source.watermark());
        apply(tracker.update(source.watermark()), deadline());
        int row = from;
        while (row < to) {
            follow(source, source.positionOf(rows.longs, rows.row(row)), ceiling);
            long deadline = deadline();
            long target = ceiling < deadline ? Long.MAX_VALUE : deadline;
            int most = Math.min(to - row, WindowOperator.RUN);
            int taken = source.scan(rows.longs, rows.row(row), rows.longStride, most, target, streams.lowBound());
            if (taken > 0) {
                rows.measure(row, row + taken);
                take(rows, row, row + taken);
                row += taken;
                apply(tracker.update(source.watermark()), deadline);
            } else { // its watermark is reached, so it is stamped too low
                reached = row + 1;
                takeBehind(rows, row, source.watermark().name());
                row++;
            }
        }
    }

    /** Lets a source that was heard of count, and brings its watermark forward along its steps, up to the given one. */
    public void follow(SteppedWatermark source, long until) {
        long ceiling = tracker.enter(source.watermark());
        apply(tracker.update(source.watermark()), deadline());
        follow(source, until, ceiling);
    }

    private void follow(SteppedWatermark source, long until, long ceiling) {
        while (source.position() < until) {
            long deadline = deadline();
            source.advance(until, ceiling < deadline ? Long.MAX_VALUE : deadline);
            apply(tracker.update(source.watermark()), deadline);
        }
    }

    /** Hands on rows between two cuts. */
    private void take(RowBatch rows, int from, int to) {
        for (int row = from; row < to; row = reached) {
            reached = streams.endOfRun(row, to);
            try {
                streams.process(rows, row, reached);
            } catch (Throwable ending) {
                course.leave();
                streams.giveUp();
                throw ending;
            }
        }
    }

    private void takeBehind(RowBatch rows, int row, String source) {
        try {
            streams.processBehind(rows, row, source);
        } catch (Throwable ending) {
            streams.giveUp();
            throw ending;
        }
    }

    /** How far the last {@link #process} came: all its rows, unless user code ended it in their midst. */
    public int reached() {
        return reached;
    }

    /** Moves the watermark of a source by hand; false if that would not take it forward. */
    public boolean advanceTo(SourceWatermark source, long watermark) {
        tracker.enter(source);
        apply(tracker.update(source), deadline()); // as before rows: the source may be waking
        boolean moved = source.advanceTo(watermark);
        apply(tracker.update(source), deadline());
        return moved;
    }

    /** Notes what the monotonic clock shows to the rows that follow; {@link #onClock} then acts on it. */
    public void readClock(long nowNanos) {
        for (int i = 0; i < clocked.size(); i++) {
            clocked.get(i).readClock(nowNanos);
        }
    }

    /** Lets the clocks act: on the watermark by idleness, wall-clock frequencies and FOLLOW; on windows by their triggers. */
    public void onClock(long nowNanos, long nowUnits) {
        readClock(nowNanos);
        long watermark = tracker.onClock(nowNanos, nowUnits);
        boolean due = isClockDue() || (touched && watermark >= deadline());
        touched = false;
        // a loop that finds nothing comes here all the time, and then there is nothing to pass on
        if (due || watermark != passed || tracker.heldWatermark() != heldPassed) {
            pass(watermark, due || watermark >= deadline());
        }
    }

    private boolean isClockDue() {
        boolean due = false;
        for (int i = 0; i < clocked.size(); i++) {
            due |= clocked.get(i).isClockDue();
        }
        return due;
    }

    /** End of input: every window that is still open closes. */
    public void finish() {
        tracker.finish();
        pass(Timestamps.END_OF_TIME, true);
    }

    /** The smallest watermark at which something may have to be done in any stage. */
    private long deadline() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < stages.size(); i++) {
            deadline = Math.min(deadline, stages.get(i).deadline());
        }
        return deadline;
    }

    /**
     * The smallest watermark at which rows have to be cut. Closing may wait where nobody can tell; results for a further stage have to
     * enter it step by step.
     */
    private long cut(long deadline) {
        return stages.size() == 1 && !selects ? stages.get(0).cut() : deadline;
    }

    /** Brings all streams to a watermark, which closes and frees something if it reaches the deadline. */
    private void apply(long watermark, long deadline) {
        pass(watermark, watermark >= deadline);
    }

    /** One stage after the other: the results of each enter the next before the watermark passes there. */
    private void pass(long watermark, boolean due) {
        touched = true;
        passed = watermark;
        heldPassed = tracker.heldWatermark();
        try {
            for (int i = 0; i < stages.size(); i++) {
                stages.get(i).apply(watermark, heldPassed, due);
            }
        } catch (Throwable ending) {
            streams.giveUp();
            throw ending;
        }
    }
}
