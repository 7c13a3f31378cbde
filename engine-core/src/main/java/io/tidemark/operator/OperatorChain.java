package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.FollowingWindows;
import io.tidemark.window.SessionWindows;
import io.tidemark.window.SlicedWindows;
import io.tidemark.window.WindowArithmetic;
import io.tidemark.window.WindowCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * All streams of windows of one shard behind one watermark: rows in, panes out. It has no clock, no lock and no thread, and can be
 * driven by a loop of the user's own.
 *
 * <p>A batch is cut at exactly those rows where order matters: after a row that lifts the watermark to the next deadline (the
 * windows close there, with that row already added), and around a row that touches something closed (it is handled alone, in
 * all streams). Between two cuts the streams work through whole columns. So the panes, and their order, do not depend on how
 * the rows were batched.
 *
 * <p>The panes of one watermark step come in the order of window end, then start, then streams as added, then keys.
 *
 * <p>Threads: belongs to one thread. Errors: what user code throws goes to the {@link FailureHandler}. Cost: no allocation in the
 * steady state with long keys.
 */
public final class OperatorChain {
    private final WatermarkTracker tracker;
    private final FailureHandler failures;
    private final List<WindowOperator<?, ?, ?>> operators = new ArrayList<>();
    private final List<WindowCursor> cursors = new ArrayList<>();
    private boolean[] closing = new boolean[0];
    private long applied = Timestamps.NONE;
    private int reached;

    /** A chain without streams, on the watermark of {@code tracker}. */
    public OperatorChain(WatermarkTracker tracker, FailureHandler failures) {
        this.tracker = tracker;
        this.failures = failures;
    }

    /** Adds a stream of windows; before the first row. */
    public <E, K, R> StreamCounters add(WindowSpec<E, K, R> spec) {
        WindowOperator<E, K, R> operator = operatorFor(spec, spec.windows());
        operators.add(operator);
        cursors.add(new WindowCursor());
        closing = new boolean[operators.size()];
        return new StreamCounters(operator);
    }

    private <E, K, R> WindowOperator<E, K, R> operatorFor(WindowSpec<E, K, R> spec, WindowArithmetic windows) {
        if (windows instanceof SlicedWindows sliced && spec.rules().allowSlices()) {
            return new SlicedWindowOperator<>(spec, sliced, failures);
        }
        if (windows instanceof SessionWindows sessions) {
            return new SessionWindowOperator<>(spec, sessions, failures);
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
        reached = from;
        long ceiling = tracker.enter(source);
        apply(tracker.update(source), deadline()); // another source may have closed, and no longer hold the watermark
        int row = from;
        while (row < to) {
            long deadline = deadline();
            long low = lowBound();
            // if the other sources hold the watermark below the deadline, no row of this one can reach it
            long target = ceiling < deadline ? Long.MAX_VALUE : deadline;
            int taken = source.scan(rows.longs, rows.row(row), rows.longStride, to - row, target, low);
            if (taken > 0) {
                reached = row + taken;
                for (int i = 0; i < operators.size(); i++) {
                    operators.get(i).process(rows, row, row + taken);
                }
                row += taken;
                apply(tracker.update(source), deadline);
            }
            if (row < to && rows.timestamp(row) < lowBound()) {
                reached = row + 1;
                for (int i = 0; i < operators.size(); i++) {
                    operators
                            .get(i)
                            .processBehind(rows, row, source.name(), tracker.watermark(), tracker.heldWatermark());
                }
                source.observe(rows.longs, rows.row(row));
                row++;
                apply(tracker.update(source), deadline());
            }
        }
    }

    /** How far the last {@link #process} came: all its rows, unless user code ended it in their midst. */
    public int reached() {
        return reached;
    }

    /** Moves the watermark of a source by hand; false if that would not take it forward. */
    public boolean advanceTo(SourceWatermark source, long watermark) {
        boolean moved = source.advanceTo(watermark);
        tracker.enter(source);
        apply(tracker.update(source), deadline());
        return moved;
    }

    /** Lets the clocks move the watermark: idleness, wall-clock frequencies, FOLLOW. */
    public void onClock(long nowNanos, long nowUnits) {
        apply(tracker.onClock(nowNanos, nowUnits), deadline());
    }

    /** End of input: every window that is still open closes. */
    public void finish() {
        tracker.finish();
        apply(Timestamps.END_OF_TIME, Timestamps.END_OF_TIME);
    }

    private long deadline() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < operators.size(); i++) {
            deadline = Math.min(deadline, operators.get(i).deadline(applied));
        }
        return deadline;
    }

    private long lowBound() {
        long bound = Timestamps.NONE;
        for (int i = 0; i < operators.size(); i++) {
            bound = Math.max(bound, operators.get(i).lowBound(applied));
        }
        return bound;
    }

    /** Closes and frees what a watermark reaches. */
    private void apply(long watermark, long deadline) {
        applied = Math.max(applied, watermark);
        if (applied < deadline) {
            return;
        }
        for (int i = 0; i < operators.size(); i++) {
            closing[i] = operators.get(i).firstClosing(applied, cursors.get(i));
        }
        for (int first = firstClosing(); first >= 0; first = firstClosing()) {
            closing[first] = operators.get(first).close(applied, cursors.get(first));
        }
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).expire(applied);
        }
    }

    /** The stream whose next closing window comes first by (end, start); -1 if none closes any more. */
    private int firstClosing() {
        int first = -1;
        for (int i = 0; i < closing.length; i++) {
            if (closing[i] && (first < 0 || isBefore(cursors.get(i), cursors.get(first)))) {
                first = i;
            }
        }
        return first;
    }

    private static boolean isBefore(WindowCursor one, WindowCursor other) {
        return one.end() != other.end() ? one.end() < other.end() : one.start() < other.start();
    }
}
