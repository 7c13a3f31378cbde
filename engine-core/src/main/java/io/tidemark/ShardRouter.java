package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.ring.RowRing;
import io.tidemark.watermark.FutureGuard;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.SteppedWatermark;
import io.tidemark.watermark.WatermarkSteps;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/*
 * Why closing is exact, though a row may go into several rings. The producer raises `publishing`, looks at `closed`, publishes into all
 * rings and lowers `publishing`; a shard looks at `closed`, then at `publishing`, and then at its ring. All of these are volatile. If the
 * shard saw `closed` and not `publishing`, then whatever the producer raises later it raises behind close(), and so it refuses. Between the
 * two stores there is no code but ours, so the shards, which look again at each pass, wait for nobody for long. The rings are only given up
 * when all shards have ended; a chunk that one of them refuses is then in none, because nobody reads the others any more.
 */
/**
 * The producer's side of one source where there are several shards: decides in the source's order what is kept out and how the
 * watermark moves, and puts each row into the rings of the shards that need it. A row carries behind its columns how many steps of the
 * watermark come before it (its complement if it is rejected) and, with several keys, for which of them it is in that ring.
 *
 * <p>Threads: {@link #route}, {@link #publish} and {@link #advanceTo} belong to the producer, the rest to any.
 */
class ShardRouter {
    /** Rows that are made visible at once at most, and for which the clock is read once. */
    static final int CHUNK = 256;

    final String name;
    final int longStride;
    final int objectStride;
    /** Events whose extractor threw. Written by the producer. */
    final Counter failed = new Counter();

    final LongAdder shed = new LongAdder();
    /** Calls of advanceTo that would have taken the watermark back. Written by the producer. */
    final Counter regressions = new Counter();

    private final EngineConfig<?> config;
    private final ShardKeys keys;
    private final SourceWatermark watermark;
    private final FutureGuard guard;
    private final RowRing[] rings;
    private final ShardLane[] lanes;
    private final WatermarkSteps steps;
    private final long nanosPerUnit;
    private final Counter published = new Counter();
    /** Raised by rows and commands: what the shards take for a sign of life. */
    private final Counter activity = new Counter();

    private final int[] granted;
    private final int[] written;
    private final int[] targets;
    private int unpublished;
    private long now;
    private int untilNextReading;
    private volatile boolean closed;
    private volatile boolean publishing;

    /**
     * An open source.
     *
     * @param watermark moved here alone
     */
    ShardRouter(
            String name, EngineConfig<?> config, RowLayout<?> layout, ShardKeys keys, SourceWatermark watermark, FutureGuard guard) {
        this.name = name;
        this.config = config;
        this.keys = keys;
        this.watermark = watermark;
        this.guard = guard;
        this.longStride = layout.longStride();
        this.objectStride = layout.objectStride();
        this.nanosPerUnit = config.unit().toNanos(1);
        this.steps = new WatermarkSteps(config.capacity());
        this.rings = new RowRing[keys.shards()];
        for (int shard = 0; shard < rings.length; shard++) {
            int width = longStride + (keys.count() > 1 ? 2 : 1);
            rings[shard] =
                    new RowRing(config.capacity(), width, objectStride, config.stampSampling(), config.ticker());
        }
        lanes = new ShardLane[rings.length];
        granted = new int[rings.length];
        written = new int[rings.length];
        targets = new int[keys.count()];
    }

    /** Makes what a shard reads; before the first row. */
    void openLane(int shard, SourceWatermark ofShard, SourceLatency latency, int eventLane) {
        SteppedWatermark followed = steps.follow(ofShard, longStride);
        lanes[shard] = new ShardLane(this, shard, followed, latency, rings[shard], eventLane, config.stampSampling());
    }

    ShardLane lane(int shard) {
        return lanes[shard];
    }

    /** Where a row carries how many steps of the watermark come before it. */
    int positionColumn() {
        return longStride;
    }

    /** Where a row carries for which keys it is there; -1 if there is one key only. */
    int keysColumn() {
        return keys.count() > 1 ? longStride + 1 : -1;
    }

    /** As {@link #keysColumn()}, where there are several keys. */
    static int keysColumn(RowLayout<?> layout) {
        return layout.longStride() + 1;
    }

    // ---- producer ----

    /**
     * Puts a row into the rings of its shards, to be published.
     *
     * @return false if one of them, or what the shards have not followed of the watermark, leaves no room; then it is in none
     */
    boolean route(long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        if (!steps.hasRoom()) {
            return false;
        }
        boolean passes = passes(longs, row);
        if (!(passes ? putWhereNeeded(longs, row, objects, objectRow) : putRejected(longs, row, objects, objectRow))) {
            return false;
        }
        unpublished++;
        if (passes) {
            long before = watermark.watermark();
            watermark.observe(longs, row);
            if (watermark.watermark() != before) {
                steps.add(watermark.watermark());
            }
        }
        return true;
    }

    private boolean passes(long[] longs, int row) {
        if (--untilNextReading < 0) {
            readClock();
        }
        if (guard.passing(longs, row, longStride, 1, now) == 1) {
            return true;
        }
        readClock(); // it may have passed since
        return guard.passing(longs, row, longStride, 1, now) == 1;
    }

    private void readClock() {
        now = Math.floorDiv(config.epochClock().epochNanos(), nanosPerUnit);
        untilNextReading = config.polled() ? 0 : CHUNK;
    }

    private boolean putWhereNeeded(long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        if (targets.length == 1) {
            int shard = keys.shardOf(0, longs, row, objects, objectRow);
            int slot = slot(shard);
            if (slot < 0) {
                return false;
            }
            write(shard, slot, longs, row, objects, objectRow, steps.count());
            return true;
        }
        for (int key = 0; key < targets.length; key++) {
            targets[key] = keys.shardOf(key, longs, row, objects, objectRow);
            if (slot(targets[key]) < 0) {
                return false;
            }
        }
        for (int key = 0; key < targets.length; key++) {
            putForKeys(key, longs, row, objects, objectRow);
        }
        return true;
    }

    /** Puts a row into the shard of a key, for all keys that need it there; once. */
    private void putForKeys(int key, long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        int shard = targets[key];
        long bits = 0;
        for (int other = targets.length - 1; other >= 0; other--) {
            if (targets[other] == shard) {
                if (other < key) {
                    return; // it was put there for the other key
                }
                bits |= 1L << other;
            }
        }
        int slot = slot(shard);
        rings[shard].longs()[slot * (longStride + 2) + longStride + 1] = bits;
        write(shard, slot, longs, row, objects, objectRow, steps.count());
    }

    /** The first shard tells the user of what was kept out. */
    private boolean putRejected(long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        int slot = slot(0);
        if (slot < 0) {
            return false;
        }
        write(0, slot, longs, row, objects, objectRow, ~steps.count());
        return true;
    }

    /** Where the next row of a shard is to be written; negative if there is no room. */
    private int slot(int shard) {
        RowRing ring = rings[shard];
        if (written[shard] == granted[shard]) {
            granted[shard] = ring.claim(written[shard] + CHUNK);
            if (written[shard] == granted[shard]) {
                return -1;
            }
        }
        return ring.nextSlot() + written[shard];
    }

    private void write(
            int shard, int slot, long[] longs, int row, @Nullable Object[] objects, int objectRow, long position) {
        RowRing ring = rings[shard];
        long[] target = ring.longs();
        int at = slot * (targets.length > 1 ? longStride + 2 : longStride + 1);
        for (int i = 0; i < longStride; i++) { // a handful: a call of arraycopy costs more
            target[at + i] = longs[row + i];
        }
        target[at + longStride] = position;
        @Nullable Object[] targetObjects = ring.objects();
        for (int i = 0; i < objectStride; i++) {
            targetObjects[slot * objectStride + i] = objects[objectRow + i];
        }
        written[shard]++;
    }

    /** How many rows were routed and not published. */
    int unpublished() {
        return unpublished;
    }

    /**
     * Makes the rows routed visible to the shards, in all of them or in none.
     *
     * @return false if the source is closed; the rows are in no shard
     */
    boolean publish() {
        publishing = true;
        boolean taken = !closed;
        for (int shard = 0; shard < rings.length && taken; shard++) {
            if (written[shard] > 0) {
                taken = rings[shard].publish(written[shard]);
                granted[shard] -= written[shard];
                written[shard] = 0;
            }
        }
        if (taken) {
            steps.publish();
            published.add(unpublished);
            activity.add(unpublished);
        } else {
            withdraw();
        }
        unpublished = 0;
        publishing = false;
        return taken;
    }

    /** Lets the rings forget what was written; it is too late for it. */
    private void withdraw() {
        for (int shard = 0; shard < rings.length; shard++) {
            rings[shard].close();
            if (rings[shard].publish(0)) {
                throw new IllegalStateException("a closed ring has taken rows");
            }
            granted[shard] = 0;
            written[shard] = 0;
        }
    }

    /** Moves the watermark by hand, behind the rows published; false if there is no room for the step. */
    boolean advanceTo(long newWatermark) {
        if (!steps.hasRoom()) {
            return false;
        }
        if (watermark.advanceTo(newWatermark)) {
            steps.add(newWatermark);
            steps.publish();
        } else if (newWatermark < watermark.watermark()) {
            regressions.increment();
        }
        activity.increment();
        return true;
    }

    // ---- any thread ----

    /** No more comes in. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether all that ever comes is in the rings. */
    boolean isSettled() {
        return closed && !publishing;
    }

    /** Given up, when no shard reads any more. */
    void abandon() {
        closed = true;
    }

    long activity() {
        return activity.value();
    }

    /** Events whose offer said ACCEPTED. */
    long accepted() {
        return published.value() + failed.value();
    }

    /** Events accepted and not processed; after the end, those given up. */
    long inFlight() {
        long processed = failed.value();
        for (ShardLane lane : lanes) {
            processed += lane.handedOn.value() + lane.invalid.value() + lane.future.value();
        }
        return Math.max(0, accepted() - processed); // a shard may be faster than the producer's own count
    }

}
