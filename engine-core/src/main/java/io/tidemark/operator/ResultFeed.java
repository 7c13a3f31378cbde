package io.tidemark.operator;

import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the results of one stream of windows into rows of the streams behind it; made by {@link OperatorChain#feed}.
 *
 * <p>The rows are gathered, and handed on between two windows or two runs, not in the midst of a call from the stream that gives the
 * results: what ends a run behind it must not be taken for a failure of its listener.
 *
 * <p>Threads: belongs to the engine thread.
 *
 * @param <K> key
 * @param <R> value
 */
public final class ResultFeed<K, R> implements WindowListener<K, R> {
    private static final int SMALLEST = 16;
    /** Room for the results of a window with more keys is given back: it would only hold memory after a burst. */
    private static final int LARGEST_KEPT = 1 << 16;

    final OperatorGroup streams = new OperatorGroup();

    private final String stream;
    private final ResultProjection<K, R> projection;
    private final FailureHandler failures;
    private final List<RuntimeException> thrown = new ArrayList<>();
    private RowBatch rows;
    private int capacity = SMALLEST;
    private int count;

    ResultFeed(
            String stream,
            int longStride,
            int objectStride,
            int eventLane,
            ResultProjection<K, R> projection,
            FailureHandler failures) {
        this.stream = stream;
        this.projection = projection;
        this.failures = failures;
        this.rows = new RowBatch(
                new long[SMALLEST * longStride],
                longStride,
                new Object[SMALLEST * objectStride],
                objectStride,
                eventLane);
    }

    /** The name of the stream that gives the results. */
    String stream() {
        return stream;
    }

    @Override
    public void onResult(WindowResult<K, R> result) {
        if (count == capacity) {
            resize(2 * capacity);
        }
        int objectRow = count * rows.objectStride;
        try {
            projection.write(result, rows.longs, rows.row(count), rows.objects, objectRow);
            count++;
        } catch (RuntimeException failure) {
            streams.countFailed(1);
            thrown.add(failure);
            Arrays.fill(rows.objects, objectRow, objectRow + rows.objectStride, null);
        } catch (Error error) {
            streams.countFailed(1); // in the books, though it ends the run
            throw error;
        }
    }

    /** Gives the rows other room; those that do not fit are given up. */
    private void resize(int newCapacity) {
        capacity = newCapacity;
        @Nullable Object[] objects = Arrays.copyOf(rows.objects, capacity * rows.objectStride);
        long[] longs = Arrays.copyOf(rows.longs, capacity * rows.longStride);
        rows = new RowBatch(longs, rows.longStride, objects, rows.objectStride, rows.eventLane);
    }

    /** Whether enough has been gathered for a run. */
    boolean isFull() {
        return count >= WindowOperator.RUN;
    }

    /** Hands on what has been gathered. */
    void flush() {
        if (count > 0) {
            int gathered = count;
            try {
                streams.take(rows, gathered, stream);
            } finally {
                streams.countFailed(gathered - streams.taken());
                forget();
            }
        }
        if (!thrown.isEmpty()) {
            report();
        }
    }

    private void forget() {
        Arrays.fill(rows.objects, 0, count * rows.objectStride, null);
        count = 0;
        if (capacity > LARGEST_KEPT) {
            resize(SMALLEST);
        }
    }

    /** Nothing more will be handed on. */
    void giveUp() {
        streams.countFailed(count);
        forget();
    }

    private void report() {
        List<RuntimeException> reported = List.copyOf(thrown);
        thrown.clear();
        for (RuntimeException failure : reported) {
            failures.failed(FailureHandler.Stage.EXTRACTOR, stream, failure);
        }
    }
}
