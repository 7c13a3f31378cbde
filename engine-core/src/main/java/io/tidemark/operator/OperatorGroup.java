package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams of windows that get the same rows behind the same watermark: those on the events of the sources, or those on the results of one
 * stream. The results of some of them may feed further groups.
 *
 * <p>Threads: belongs to the engine thread.
 */
final class OperatorGroup {
    private final List<WindowOperator<?, ?, ?>> operators = new ArrayList<>();
    private final List<SlicedWindowOperator<?, ?, ?>> sliced = new ArrayList<>();
    private final List<ResultFeed<?, ?>> feeds = new ArrayList<>();
    private int depth;
    private @Nullable RowSelections selections;
    private boolean rowByRow;
    private int taken;
    private long applied = Timestamps.NONE;
    private long appliedHeld = Timestamps.NONE;

    void add(WindowOperator<?, ?, ?> operator) {
        operators.add(operator);
        if (operator instanceof SlicedWindowOperator<?, ?, ?> stream) {
            sliced.add(stream);
            sliced.forEach(each -> each.chooseFiner(sliced));
        }
        if (operator.spec.listener() instanceof ResultFeed<?, ?> feed) {
            feeds.add(feed);
            feed.streams.depth = depth + 1;
        }
    }

    void clear() {
        operators.clear();
        sliced.clear();
        feeds.clear();
        selections = null;
        rowByRow = false;
    }

    /** Lets each row come only to the streams that it is meant for. */
    void selectBy(RowSelections newSelections) {
        selections = newSelections;
    }

    /** How many streams lie between this group and the sources. */
    int depth() {
        return depth;
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

    /** Adds a run of rows, all stamped at or above {@link #lowBound}, which are or are among those that were measured last. */
    void process(RowBatch rows, int from, int to) {
        RowSelections selected = selections;
        if (selected != null) {
            process(selected, rows, from, to);
            return;
        }
        int next = 0;
        try {
            while (next < operators.size()) {
                operators.get(next++).process(rows, from, to);
            }
        } catch (Throwable ending) {
            countFailed(next, to - from); // user code ended the run before they came to the streams that follow
            throw ending;
        }
        flushFeeds();
    }

    /** As {@link #process(RowBatch, int, int)}, where each stream has rows of its own. */
    private void process(RowSelections selected, RowBatch rows, int from, int to) {
        selected.select(rows, from, to);
        int next = 0;
        try {
            while (next < operators.size()) {
                int stream = next++;
                if (selected.count(stream) > 0) {
                    operators.get(stream).process(selected.rows(stream), 0, selected.count(stream));
                }
            }
        } catch (Throwable ending) {
            for (; next < operators.size(); next++) {
                operators.get(next).countFailed(selected.count(next));
            }
            throw ending;
        } finally {
            selected.clear();
        }
        flushFeeds();
    }

    /** Adds a row that is stamped below {@link #lowBound}. It comes alone, so it need not be measured. */
    void processBehind(RowBatch rows, int row, String source) {
        RowSelections selected = selections;
        if (selected != null) {
            processBehind(selected, rows, row, source);
            return;
        }
        int next = 0;
        try {
            while (next < operators.size()) {
                operators.get(next++).processBehind(rows, row, source, applied, appliedHeld);
            }
        } catch (Throwable ending) {
            countFailed(next, 1);
            throw ending;
        }
        flushFeeds();
    }

    private void processBehind(RowSelections selected, RowBatch rows, int row, String source) {
        int next = 0;
        try {
            while (next < operators.size()) {
                int stream = next++;
                if (selected.isFor(stream, rows, row)) {
                    operators.get(stream).processBehind(rows, row, source, applied, appliedHeld);
                }
            }
        } catch (Throwable ending) {
            for (; next < operators.size(); next++) {
                operators.get(next).countFailed(selected.isFor(next, rows, row) ? 1 : 0);
            }
            throw ending;
        }
        flushFeeds();
    }

    /** Adds rows wherever they are stamped; none of them moves the watermark. */
    void take(RowBatch rows, int count, String source) {
        taken = 0;
        int row = 0;
        while (row < count) {
            long low = lowBound();
            int until = row;
            while (until < count && rows.timestamp(until) >= low) {
                until++;
            }
            while (row < until) {
                int end = endOfRun(row, until);
                taken = end;
                rows.measure(row, end);
                process(rows, row, end);
                row = end;
            }
            if (row < count) {
                taken = row + 1;
                processBehind(rows, row, source);
                row++;
            }
        }
    }

    /** How many rows the last {@link #take} came to: all, unless user code ended it in their midst. */
    int taken() {
        return taken;
    }

    /** Notes rows that could not be made or handed on: they count as failed everywhere. */
    void countFailed(int count) {
        countFailed(0, count);
    }

    private void countFailed(int first, int count) {
        for (int i = first; i < operators.size(); i++) {
            operators.get(i).countFailed(count);
        }
    }

    /** User code has ended the run: results that wait to be handed on keep their place in the books. */
    void giveUp() {
        for (ResultFeed<?, ?> feed : feeds) {
            feed.giveUp();
            feed.streams.giveUp();
        }
    }

    /** Rows stamped below it may touch what is closed, and come alone. */
    long lowBound() {
        long bound = Timestamps.NONE;
        for (int i = 0; i < operators.size(); i++) {
            bound = Math.max(bound, operators.get(i).lowBound(applied));
        }
        return bound;
    }

    /** Lets the watermark pass, and then hands on the results that it caused, to groups that it has not passed yet. */
    void pass(long watermark, long held) {
        applied = watermark;
        appliedHeld = held;
        flushFeeds();
    }

    private void flushFeeds() {
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).flush();
        }
    }

    /** Hands on results of which there are many, in the midst of a step. */
    void flushFullFeeds() {
        for (int i = 0; i < feeds.size(); i++) {
            if (feeds.get(i).isFull()) {
                feeds.get(i).flush();
            }
        }
    }
}
