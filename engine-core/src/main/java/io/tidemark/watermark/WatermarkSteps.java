package io.tidemark.watermark;

import io.tidemark.time.Timestamps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * How the watermark of one source moved, step by step, when several shards must follow it: written once, in the source's order, by who
 * decides it, and read by each shard at its own pace. A row carries how many steps come before it, and so the watermark that it meets,
 * whichever shard it goes to; a shard that gets no rows follows the steps alone.
 *
 * <p>Every step is kept, because a watermark that jumps over two deadlines at once does not give the panes of one that stops between
 * them. They rise, so that a shard finds the first one that matters to it by halving.
 *
 * <p>Threads: {@link #hasRoom}, {@link #add}, {@link #count} and {@link #publish} belong to the writer; each {@link SteppedWatermark} to
 * its shard. Cost: a store per step; memory: a long per step that not all shards have followed, bounded by the capacity.
 */
public final class WatermarkSteps {
    private static final VarHandle PUBLISHED;

    static {
        try {
            PUBLISHED = MethodHandles.lookup().findVarHandle(WatermarkSteps.class, "published", long.class);
        } catch (ReflectiveOperationException unexpected) {
            throw new ExceptionInInitializerError(unexpected);
        }
    }

    private final long[] steps;
    private final int mask;
    private final List<SteppedWatermark> readers = new ArrayList<>();
    private long count;
    /** Below it there is room without a look at the readers. */
    private long limit;

    @SuppressWarnings("UnusedVariable") // read and written through PUBLISHED
    private long published;

    /**
     * No steps yet.
     *
     * @param capacity how many steps may wait for the slowest shard; rounded up to a power of two
     */
    public WatermarkSteps(int capacity) {
        int rounded = capacity <= 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        steps = new long[rounded];
        mask = rounded - 1;
        limit = rounded;
    }

    /** Lets another shard follow: {@code watermark} is moved by these steps alone. Before the first step. */
    public SteppedWatermark follow(SourceWatermark watermark, int positionColumn) {
        SteppedWatermark reader = new SteppedWatermark(this, watermark, positionColumn);
        readers.add(reader);
        return reader;
    }

    /** Writer: whether a step can be added. */
    public boolean hasRoom() {
        if (count < limit) {
            return true;
        }
        long slowest = count;
        for (int i = 0; i < readers.size(); i++) {
            slowest = Math.min(slowest, readers.get(i).released());
        }
        limit = slowest + steps.length;
        return count < limit;
    }

    /** Writer: a step, above the last; there is room. Shards see it with the next row that is published, or by {@link #publish}. */
    public void add(long watermark) {
        steps[(int) count & mask] = watermark;
        count++;
    }

    /** Writer: how many steps were added. */
    public long count() {
        return count;
    }

    /** Writer: lets shards that get no rows follow; after all rows that come before the last step were published. */
    public void publish() {
        PUBLISHED.setRelease(this, count);
    }

    /** How many steps a shard may follow once it has taken all rows that it finds afterwards. Any thread. */
    long published() {
        return (long) PUBLISHED.getAcquire(this);
    }

    /** The watermark after so many steps. */
    long after(long position) {
        return position == 0 ? Timestamps.NONE : steps[(int) (position - 1) & mask];
    }
}
