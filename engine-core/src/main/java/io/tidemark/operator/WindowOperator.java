package io.tidemark.operator;

import io.tidemark.metrics.Counter;
import io.tidemark.time.Timestamps;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One stream of windows. The chain drives it: rows between two cuts come to {@link #process}, a row behind its
 * {@link #lowBound} comes alone to {@link #processBehind}, and on a watermark that reaches its {@link #deadline} its windows
 * are closed one by one, in the order of (end, start).
 *
 * <p>Threads: belongs to the engine thread; the counters are readable by any.
 */
abstract class WindowOperator<E, K, R> {
    /** Most rows that are handed to the aggregators at once. */
    static final int RUN = RowBatch.BLOCK;

    final WindowSpec<E, K, R> spec;
    final AggregateColumns<E, R> columns;
    final @Nullable KeyDictionary<K> dictionary;
    final int[] positions = new int[RUN];
    final boolean gives;

    final FailureHandler failures;
    final PaneView<K, R> view;
    final KeyLocation.Kind keyKind;
    private final long[] keyNumbers = new long[RUN];

    final Counter handedOn = new Counter();
    final Counter aggregated = new Counter();
    final Counter late = new Counter();
    final Counter unassigned = new Counter();
    final Counter failed = new Counter();
    final Counter windowsMissed = new Counter();
    final Counter panes = new Counter();
    final Counter retractions = new Counter();

    /** Arrival number of the next row: the order in which keys first came. */
    long arrivals;

    WindowOperator(WindowSpec<E, K, R> spec, FailureHandler failures) {
        this.spec = spec;
        this.failures = failures;
        this.keyKind = spec.key().kind();
        this.gives = !spec.rules().isSilent();
        this.dictionary = keyKind == KeyLocation.Kind.OBJECT ? new KeyDictionary<>() : null;
        this.columns = new AggregateColumns<>(spec.aggregation(), spec.inputColumns(), spec.name(), failures);
        this.view = new PaneView<>(spec.name(), keyKind, dictionary, columns);
    }

    /** Adds rows that are all stamped at or above {@link #lowBound}, before any watermark at or above {@link #cut}. */
    final void process(RowBatch rows, int from, int to) {
        handedOn.add(to - from);
        try {
            add(rows, from, to);
        } catch (Throwable ending) {
            countAsFailed();
            throw ending;
        }
    }

    /** Notes rows that did not come to it, because something else ended the run. */
    final void countFailed(int rows) {
        handedOn.add(rows);
        failed.add(rows);
    }

    /** User code ended the run in the midst of some rows, which keep their place in the books. */
    private void countAsFailed() {
        long counted = aggregated.value() + late.value() + unassigned.value() + failed.value();
        failed.add(handedOn.value() - counted);
    }

    /** Adds a row that may be late for some windows. */
    final void processBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark) {
        handedOn.increment();
        try {
            addBehind(rows, row, source, watermark, heldWatermark);
        } catch (Throwable ending) {
            countAsFailed();
            throw ending;
        }
    }

    /**
     * Makes the keys of up to {@link #RUN} rows readable through {@link #keys}. Only of rows that go into a window: a key gets its
     * number here, and numbers must depend on the windows' contents alone.
     *
     * @return how many were loaded; fewer than asked means that the next row's key threw, which has been reported
     */
    final int loadKeys(RowBatch rows, int from, int count) {
        if (dictionary == null) {
            return count;
        }
        for (int i = 0; i < count; i++) {
            try {
                keyNumbers[i] = dictionary.intern(
                        Objects.requireNonNull(rows.object(from + i, spec.key().index())));
            } catch (RuntimeException thrown) {
                failed.increment();
                failures.failed(FailureHandler.Stage.KEY, spec.name(), thrown);
                return i;
            }
        }
        return count;
    }

    /** Where the keys loaded last lie: the array ... */
    final long[] keys(RowBatch rows) {
        return keyKind == KeyLocation.Kind.LONG ? rows.longs : keyNumbers;
    }

    /** ... the index of the key of {@code row}, where {@code firstLoaded} was the first row loaded ... */
    final int keyIndex(RowBatch rows, int row, int firstLoaded) {
        return keyKind == KeyLocation.Kind.LONG ? rows.row(row) + spec.key().index() : row - firstLoaded;
    }

    /** ... and the distance from one to the next. (Without a key they are all the 0 of an untouched array.) */
    final int keyStride(RowBatch rows) {
        return keyKind == KeyLocation.Kind.LONG ? rows.longStride : 1;
    }

    /** Adds rows {@code from} to {@code to}, none of which is late for any window. */
    abstract void add(RowBatch rows, int from, int to);

    /** Adds one row which may be too late for some or all of its windows. */
    abstract void addBehind(RowBatch rows, int row, String source, long watermark, long heldWatermark);

    /** Whether panes may be given while rows are being added, and not only at deadlines. */
    boolean firesAtEvents() {
        return false;
    }

    /** Takes a reading of the monotonic clock; what it makes due is closed by the next walk. */
    void readClock(long nanos) {
        // most windows know no clock
    }

    /** Whether the last reading of the clock made something due. */
    boolean isClockDue() {
        return false;
    }

    /** The smallest watermark at which something may have to be done. */
    abstract long deadline(long watermark);

    /** Whether each pane is given when the watermark reaches its window's end, and none at any other step. */
    boolean givesAtEndsAlone() {
        return false;
    }

    /** The smallest watermark that has to be applied before {@link #process} goes on; above {@link #deadline} if what is due can wait. */
    long cut(long watermark) {
        return deadline(watermark);
    }

    /** Rows stamped below it may touch what is closed, and come to {@link #processBehind}. */
    abstract long lowBound(long watermark);

    /**
     * Moves {@code cursor} to the first window that {@code watermark} closes.
     *
     * @return false if it closes none
     */
    abstract boolean firstClosing(long watermark, WindowCursor cursor);

    /** Closes the window under the cursor and moves it to the next that {@code watermark} closes; false if there is none. */
    abstract boolean close(long watermark, WindowCursor cursor);

    /** Frees what has expired. */
    abstract void expire(long watermark);

    /** Windows that hold something and whose end is not reached. For a report; linear in them on slices. */
    abstract long liveWindows();

    /** Entries of state in memory. */
    abstract long liveEntries();

    /** End of the first window that is still open, {@link Long#MAX_VALUE} if none holds anything. */
    abstract long oldestOpenEnd();

    /** Gives a pane. */
    final void give(
            Entries entries, int position, long start, long end, Pane.Timing timing, long number, long watermark) {
        give(entries, position, start, end, Pane.of(timing, number, isExpired(end, watermark)));
    }

    private void give(Entries entries, int position, long start, long end, Pane pane) {
        panes.increment();
        view.show(entries, position, start, end, pane);
        deliver(view);
    }

    /** Hands a result to the listener. */
    final void deliver(PaneView<K, R> result) {
        try {
            spec.listener().onResult(result);
        } catch (RuntimeException thrown) {
            failures.failed(FailureHandler.Stage.RESULT_LISTENER, spec.name(), thrown);
        } finally {
            result.hide();
        }
    }

    /** Gives a pane of each key that a window holds. */
    final void giveAll(Contents contents, long start, long end, Pane.Timing timing, long watermark) {
        boolean last = isExpired(end, watermark);
        if (spec.ordered()) {
            for (int position : byArrival(contents)) {
                give(contents, position, start, end, timing, last);
            }
        } else {
            for (int position = contents.first(); position < contents.limit(); position += contents.step()) {
                if (contents.isOccupied(position)) {
                    give(contents, position, start, end, timing, last);
                }
            }
        }
        view.letGo();
    }

    private void give(Contents contents, int position, long start, long end, Pane.Timing timing, boolean last) {
        int entry = contents.entryAt(position);
        give(contents.entries(), entry, start, end, Pane.of(timing, contents.paneNumber(position), last));
    }

    private static int[] byArrival(Contents contents) {
        return IntStream.iterate(
                        contents.first(),
                        position -> position < contents.limit(),
                        position -> position + contents.step())
                .filter(contents::isOccupied)
                .boxed()
                .sorted(Comparator.comparingLong(contents::arrival))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Hands an event that missed a window to the handler. */
    final void auditMissed(
            @Nullable Consumer<? super LateEvent<K, E>> handler,
            RowBatch rows,
            int row,
            String source,
            long start,
            long end,
            long watermark,
            long heldWatermark) {
        if (handler != null) {
            LateEvent.Reason reason = lateReason(end, heldWatermark);
            audit(handler, rows, row, source, reason, new TimeWindow(start, end), watermark);
        }
    }

    /** Hands an event that no window took, or that missed some, to the handler. */
    final void audit(
            @Nullable Consumer<? super LateEvent<K, E>> handler,
            RowBatch rows,
            int row,
            String source,
            LateEvent.Reason reason,
            @Nullable TimeWindow missed,
            long watermark) {
        if (handler == null) {
            return;
        }
        try {
            handler.accept(lateEvent(rows, row, source, reason, missed, watermark));
        } catch (RuntimeException thrown) {
            failures.failed(FailureHandler.Stage.LATE_HANDLER, spec.name(), thrown);
        }
    }

    @SuppressWarnings("unchecked") // long keys are K = Long, and the event lane holds events
    private LateEvent<K, E> lateEvent(
            RowBatch rows,
            int row,
            String source,
            LateEvent.Reason reason,
            @Nullable TimeWindow missed,
            long watermark) {
        int at = rows.row(row);
        List<Long> values = new ArrayList<>(spec.inputColumns().size());
        for (int column : spec.inputColumns()) {
            values.add(rows.longs[at + column]);
        }
        K key = switch (keyKind) {
            case NONE -> null;
            case LONG -> (K) Long.valueOf(rows.longs[at + spec.key().index()]);
            case OBJECT -> (K) rows.object(row, spec.key().index());
        };
        return new LateEvent<>(
                spec.name(),
                source,
                key,
                rows.longs[at],
                values,
                reason,
                missed,
                watermark,
                spec.keepEvents() ? (E) rows.event(row) : null);
    }

    /** Why an event is late: had the watermark been lifted by silence alone, the window would still be open. */
    private LateEvent.Reason lateReason(long end, long heldWatermark) {
        return Timestamps.add(end, spec.allowedLateness()) > heldWatermark
                ? LateEvent.Reason.IDLE_CLOSED
                : LateEvent.Reason.LATE;
    }

    /** Whether a window with this end takes no more events. */
    final boolean isExpired(long end, long watermark) {
        return Timestamps.add(end, spec.allowedLateness()) <= watermark;
    }
}
