package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.WindowCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * Streams of windows that get the same rows behind the same watermark: those on the events of the sources, or those on the results of one
 * stream. The results of some of them may feed further groups, whose watermark follows this one's: all results of a step enter
 * them under the watermark before the step, and then it passes.
 *
 * <p>Threads: belongs to the engine thread.
 */
final class OperatorGroup {
    private final List<WindowOperator<?, ?, ?>> operators = new ArrayList<>();
    private final List<WindowCursor> cursors = new ArrayList<>();
    private final List<ResultFeed<?, ?>> feeds = new ArrayList<>();
    private boolean[] closing = new boolean[0];
    private boolean rowByRow;
    private long applied = Timestamps.NONE;
    private long appliedHeld = Timestamps.NONE;

    void add(WindowOperator<?, ?, ?> operator) {
        operators.add(operator);
        cursors.add(new WindowCursor());
        closing = new boolean[operators.size()];
        if (operator.spec.listener() instanceof ResultFeed<?, ?> feed) {
            feeds.add(feed);
        }
        chooseRuns();
    }

    void clear() {
        operators.clear();
        cursors.clear();
        feeds.clear();
        closing = new boolean[0];
    }

    /**
     * Whether rows are handed on in runs or one by one. Two streams that both call back in the midst of a run would do so in an order
     * that depends on where the run ends.
     */
    void chooseRuns() {
        for (ResultFeed<?, ?> feed : feeds) {
            feed.streams.chooseRuns();
        }
        rowByRow = operators.stream().filter(OperatorGroup::speaksAtEvents).count() > 1;
    }

    private static boolean speaksAtEvents(WindowOperator<?, ?, ?> operator) {
        return operator.firesAtEvents()
                && (!(operator.spec.listener() instanceof ResultFeed<?, ?> feed) || feed.streams.speaksAtEvents());
    }

    private boolean speaksAtEvents() {
        return operators.stream().anyMatch(OperatorGroup::speaksAtEvents);
    }

    /** How far a run that begins at {@code row} may go. */
    int endOfRun(int row, int to) {
        return rowByRow ? row + 1 : to;
    }

    /** Adds a run of rows, all stamped at or above {@link #lowBound}. */
    void process(RowBatch rows, int from, int to) {
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).process(rows, from, to);
        }
        flushFeeds();
    }

    /** Adds a row that is stamped below {@link #lowBound}. */
    void processBehind(RowBatch rows, int row, String source) {
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).processBehind(rows, row, source, applied, appliedHeld);
        }
        flushFeeds();
    }

    /** Adds rows wherever they are stamped; none of them moves the watermark. */
    void take(RowBatch rows, int count, String source) {
        int row = 0;
        while (row < count) {
            long low = lowBound();
            int until = row;
            while (until < count && rows.timestamp(until) >= low) {
                until++;
            }
            while (row < until) {
                int end = endOfRun(row, until);
                process(rows, row, end);
                row = end;
            }
            if (row < count) {
                processBehind(rows, row, source);
                row++;
            }
        }
    }

    /** Notes a row that could not be made: it counts as failed everywhere. */
    void countFailed() {
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).handedOn.increment();
            operators.get(i).failed.increment();
        }
    }

    /** Takes a reading of the monotonic clock; whether it makes something due, here or in a group that is fed from here. */
    boolean readClock(long nanos) {
        boolean due = false;
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).readClock(nanos);
            due |= operators.get(i).isClockDue();
        }
        for (int i = 0; i < feeds.size(); i++) {
            due |= feeds.get(i).streams.readClock(nanos);
        }
        return due;
    }

    /** The smallest watermark at which something may have to be done, here or in a group that is fed from here. */
    long deadline() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < operators.size(); i++) {
            deadline = Math.min(deadline, operators.get(i).deadline(applied));
        }
        for (int i = 0; i < feeds.size(); i++) {
            deadline = Math.min(deadline, feeds.get(i).streams.deadline());
        }
        return deadline;
    }

    /** Rows stamped below it may touch what is closed, and come alone. */
    long lowBound() {
        long bound = Timestamps.NONE;
        for (int i = 0; i < operators.size(); i++) {
            bound = Math.max(bound, operators.get(i).lowBound(applied));
        }
        return bound;
    }

    /**
     * Brings this group and those that it feeds to a watermark.
     *
     * @param held what the watermark would be had no idle source been passed over
     * @param due whether something may have to be closed or freed
     */
    void apply(long watermark, long held, boolean due) {
        if (due) {
            close(watermark);
        }
        applied = watermark;
        appliedHeld = held;
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).flush();
            feeds.get(i).streams.apply(watermark, held, due);
        }
    }

    /** Closes and frees what a watermark reaches. */
    private void close(long watermark) {
        for (int i = 0; i < operators.size(); i++) {
            closing[i] = operators.get(i).firstClosing(watermark, cursors.get(i));
        }
        for (int first = firstClosing(); first >= 0; first = firstClosing()) {
            closing[first] = operators.get(first).close(watermark, cursors.get(first));
            flushFullFeeds();
        }
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).expire(watermark);
        }
    }

    private void flushFeeds() {
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).flush();
        }
    }

    private void flushFullFeeds() {
        for (int i = 0; i < feeds.size(); i++) {
            if (feeds.get(i).isFull()) {
                feeds.get(i).flush();
            }
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
