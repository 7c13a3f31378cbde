package io.tidemark.operator;

import io.tidemark.time.Timestamps;
import io.tidemark.window.WindowCursor;
import java.util.ArrayList;
import java.util.List;

/**
 * The streams of windows that are equally far from the sources. Their windows close together, in one order; the results enter the next
 * stage under the watermark before the step, and then it passes there too.
 *
 * <p>Threads: belongs to the engine thread.
 */
final class OperatorStage {
    private final List<OperatorGroup> groups = new ArrayList<>();
    private final List<WindowOperator<?, ?, ?>> operators = new ArrayList<>();
    private final List<WindowCursor> cursors = new ArrayList<>();
    private boolean[] closing = new boolean[0];
    private boolean givesAtEndsAlone = true;
    private long applied = Timestamps.NONE;

    void add(OperatorGroup group, WindowOperator<?, ?, ?> operator) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
        operators.add(operator);
        cursors.add(new WindowCursor());
        closing = new boolean[operators.size()];
        givesAtEndsAlone &= operator.givesAtEndsAlone();
    }

    /** The smallest watermark at which something may have to be done. */
    long deadline() {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < operators.size(); i++) {
            deadline = Math.min(deadline, operators.get(i).deadline(applied));
        }
        return deadline;
    }

    /**
     * The smallest watermark that has to be applied before another row is added; above {@link #deadline} if what is due can wait: that is if all
     * panes come in the order of their ends, whatever the steps in which they come.
     */
    long cut() {
        if (!givesAtEndsAlone) {
            return deadline();
        }
        long cut = Long.MAX_VALUE;
        for (int i = 0; i < operators.size(); i++) {
            cut = Math.min(cut, operators.get(i).cut(applied));
        }
        return cut;
    }

    /**
     * Lets the watermark pass.
     *
     * @param held what the watermark would be had no idle source been passed over
     * @param due whether something may have to be closed or freed
     */
    void apply(long watermark, long held, boolean due) {
        if (due) {
            close(watermark);
        }
        applied = watermark;
        for (int i = 0; i < groups.size(); i++) {
            groups.get(i).pass(watermark, held);
        }
    }

    /** Closes and frees what a watermark reaches. */
    private void close(long watermark) {
        for (int i = 0; i < operators.size(); i++) {
            closing[i] = operators.get(i).firstClosing(watermark, cursors.get(i));
        }
        for (int first = firstClosing(-1); first >= 0; first = firstClosing(-1)) {
            closeUpTo(firstClosing(first), first, watermark);
        }
        for (int i = 0; i < operators.size(); i++) {
            operators.get(i).expire(watermark);
        }
    }

    /** Closes windows of one stream until another's comes first. */
    private void closeUpTo(int second, int stream, long watermark) {
        WindowOperator<?, ?, ?> operator = operators.get(stream);
        WindowCursor cursor = cursors.get(stream);
        do {
            closing[stream] = operator.close(watermark, cursor);
            for (int i = 0; i < groups.size(); i++) {
                groups.get(i).flushFullFeeds();
            }
        } while (closing[stream] && (second < 0 || comesFirst(cursor, stream, second)));
    }

    private boolean comesFirst(WindowCursor cursor, int stream, int second) {
        WindowCursor other = cursors.get(second);
        return stream < second ? !isBefore(other, cursor) : isBefore(cursor, other);
    }

    /** The stream whose next closing window comes first by (end, start), but for one; -1 if none of them closes any more. */
    private int firstClosing(int but) {
        int first = -1;
        for (int i = 0; i < closing.length; i++) {
            if (closing[i] && i != but && (first < 0 || isBefore(cursors.get(i), cursors.get(first)))) {
                first = i;
            }
        }
        return first;
    }

    private static boolean isBefore(WindowCursor one, WindowCursor other) {
        return one.end() != other.end() ? one.end() < other.end() : one.start() < other.start();
    }
}
