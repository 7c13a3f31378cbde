package io.tidemark;

import io.tidemark.operator.FailureHandler;
import io.tidemark.ring.EventQueue;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.FutureGuard;
import io.tidemark.watermark.SourceWatermark;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The source behind {@code publish} where there are several shards: event objects from any thread, put in order by one queue. The first
 * shard's thread is their producer: it projects them and puts the rows into the rings of all shards, as far as there is room.
 */
final class RoutedQueue<E> extends ShardRouter implements SharedInlet<E> {
    private static final Object ROW = new Object();

    private final EventQueue<Object> queue;
    private final FailureHandler failures;
    private final LongAdder commandsOffered = new LongAdder();
    private final long[] longs;
    private final @Nullable Object[] objects;
    private @Nullable Projection<E> projection;
    /** A command, or {@link #ROW} if a row is projected: what comes next, and found no room yet. */
    private @Nullable Object waiting;

    RoutedQueue(
            String name,
            EngineConfig<E> config,
            RowLayout<E> layout,
            ShardKeys keys,
            SourceWatermark watermark,
            FutureGuard guard,
            FailureHandler failures) {
        super(name, config, layout, keys, watermark, guard);
        this.queue = new EventQueue<>(config.capacity());
        this.failures = failures;
        this.longs = new long[longStride];
        this.objects = new Object[objectStride];
    }

    @Override
    public void fix(Projection<E> rowProjection) {
        projection = rowProjection;
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

    /** First shard: puts what waits in the queue into the rings. The number of events and commands. */
    int route(int most) {
        int routed = 0;
        int pollsLeft = queue.capacity(); // events that fail make no rows; a flood of them must let a pass end
        while (routed < most) {
            if (waiting == null) {
                Object item = pollsLeft-- > 0 ? queue.poll() : null;
                if (item == null) {
                    break;
                }
                receive(item);
            } else if (isPut(waiting)) {
                waiting = null;
                routed++;
            } else {
                break;
            }
        }
        publishRouted();
        if (waiting == null && queue.isDrained()) {
            super.close();
        }
        return routed;
    }

    @SuppressWarnings("unchecked") // what is no command is an event
    private void receive(Object item) {
        if (item instanceof Command) {
            waiting = item;
            return;
        }
        try {
            Objects.requireNonNull(projection, "rows are not fixed yet").write((E) item, longs, 0, objects, 0);
            waiting = ROW;
        } catch (RuntimeException thrown) {
            failed.increment();
            failures.failed(FailureHandler.Stage.EXTRACTOR, name, thrown);
        } catch (Error error) {
            failed.increment(); // in the books, though it ends the engine
            throw error;
        }
    }

    private boolean isPut(Object next) {
        if (next instanceof Command command) {
            publishRouted(); // the step comes behind these rows
            return advanceTo(command.watermark()) != OfferResult.FULL;
        }
        boolean put = route(longs, 0, objects, 0, 1) == 1;
        if (!put && unpublished() > 0) {
            publishRouted(); // a ring goes on at its beginning
            put = route(longs, 0, objects, 0, 1) == 1;
        }
        if (put) {
            Arrays.fill(objects, null);
        }
        return put;
    }

    private void publishRouted() {
        if (unpublished() > 0 && !publish()) {
            throw new IllegalStateException("the rings of source " + name + " were closed before its queue was empty");
        }
    }

    @Override
    boolean isFedByFirstShard() {
        return true;
    }

    @Override
    void close() {
        queue.close();
    }

    @Override
    void abandon() {
        queue.abandon();
        super.abandon();
    }

    @Override
    long accepted() {
        return queue.offered() - commandsOffered.sum();
    }
}
