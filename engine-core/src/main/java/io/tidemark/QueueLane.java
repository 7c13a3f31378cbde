package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.operator.FailureHandler;
import io.tidemark.operator.RowBatch;
import io.tidemark.ring.EventQueue;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.SourceWatermark;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The source behind {@code publish}: event objects from any thread, projected to rows by the engine thread. */
final class QueueLane<E> extends Lane implements SharedInlet<E> {
    private final EventQueue<Object> queue;
    private final EngineConfig<E> config;
    private final RowLayout<E> layout;
    private final FailureHandler failures;
    private @Nullable Projection<E> projection;
    private @Nullable RowBatch batch;
    private long[] longs = {};
    private @Nullable Object[] objects = {};
    private int longStride;
    private int objectStride;
    private final Counter failed = new Counter();
    private final LongAdder commandsOffered = new LongAdder();
    private final Counter commandsTaken = new Counter();
    private final LongAdder shed = new LongAdder();
    private @Nullable Command pending;
    /** Rows taken and not released. Written by the engine thread. */
    private volatile int taken;

    QueueLane(
            String name,
            SourceWatermark watermark,
            SourceLatency latency,
            EngineConfig<E> config,
            RowLayout<E> layout,
            FailureHandler failures) {
        super(name, watermark, latency, 1);
        this.queue = new EventQueue<>(config.capacity());
        this.config = config;
        this.layout = layout;
        this.failures = failures;
    }

    @Override
    public void fix(Projection<E> rowProjection) {
        projection = rowProjection;
        longStride = layout.longStride();
        objectStride = layout.objectStride();
        longs = new long[config.batchSize() * longStride];
        objects = new Object[config.batchSize() * objectStride];
        batch = new RowBatch(longs, longStride, objects, objectStride, layout.eventLane());
    }

    @Override
    public OfferResult offer(E event) {
        return queue.offer(event);
    }

    @Override
    public OfferResult offer(Command command) {
        OfferResult result = queue.offer(command);
        if (result == OfferResult.ACCEPTED) {
            commandsOffered.increment();
        }
        return result;
    }

    @Override
    public void countShed() {
        shed.increment();
    }

    @Override
    RowBatch batch() {
        return Objects.requireNonNull(batch, "rows are not fixed yet");
    }

    @Override
    @Nullable
    Command command() {
        Command next = pending;
        pending = null;
        return next;
    }

    @Override
    @SuppressWarnings("unchecked") // what is no command is an event
    int take(int max) {
        Projection<E> toRow = Objects.requireNonNull(projection, "rows are not fixed yet");
        int rows = taken;
        int most = queue.capacity(); // events that fail make no rows; a flood of them must let a pass end
        try {
            for (int polled = 0; rows < max && pending == null && polled < most; polled++) {
                Object item = queue.poll();
                if (item == null) {
                    break;
                }
                if (item instanceof Command command) {
                    commandsTaken.increment();
                    pending = command;
                } else if (isProjected(toRow, (E) item, rows)) {
                    rows++;
                }
            }
        } finally {
            taken = rows;
        }
        return rows;
    }

    private boolean isProjected(Projection<E> toRow, E event, int row) {
        try {
            toRow.write(event, longs, row * longStride, objects, row * objectStride);
            return true;
        } catch (RuntimeException thrown) {
            failed.increment();
            failures.failed(FailureHandler.Stage.EXTRACTOR, name, thrown);
            return false;
        } catch (Error error) {
            failed.increment(); // in the books, though it ends the engine
            throw error;
        }
    }

    @Override
    boolean mayGrow(int rows) {
        return pending == null;
    }

    @Override
    boolean hasStamp(int rows) {
        return false;
    }

    @Override
    void release(int rows, long nowNanos) {
        Arrays.fill(objects, 0, rows * objectStride, null);
        int left = taken - rows;
        taken = left;
    }

    @Override
    void close() {
        queue.close();
    }

    @Override
    boolean isDrained() {
        return pending == null && queue.isDrained();
    }

    @Override
    void abandon() {
        queue.abandon();
    }

    @Override
    long accepted() {
        return queue.offered() - commandsOffered.sum();
    }

    @Override
    long failed() {
        return failed.value();
    }

    @Override
    long inFlight() {
        return taken + queue.size() - (commandsOffered.sum() - commandsTaken.value());
    }

    @Override
    long shed() {
        return shed.sum();
    }
}
