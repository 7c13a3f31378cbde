package io.tidemark;

import io.tidemark.metrics.Counter;
import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import io.tidemark.watermark.FutureGuard;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.SteppedWatermark;
import io.tidemark.watermark.WatermarkSteps;
import java.util.Arrays;
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
 * watermark come before it ({@link #REJECTED} if it must not count) and, with several keys, for which of them it is in that ring.
 *
 * <p>Threads: {@link #route}, {@link #publish} and {@link #advanceTo} belong to the producer, the rest to any.
 */
class ShardRouter {
    /** Rows that are made visible at once at most, and for which the clock is read once. */
    static final int CHUNK = 1024;
    /** Stands where a row carries how many steps come before it, of one that only its source's books and the user hear of. */
    static final long REJECTED = -1;

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

    private final int width;
    private final long[][] rows;
    /** Of each ring's longs: where the rows begin that are not published, where the next one goes, and up to where there is room. */
    private final int[] first;

    private final int[] next;
    private final int[] limit;

    // of the rows at hand
    /** For each key, the shard of each row. */
    private final int[][] shardOfKey;
    /** For each shard, the rows that go there, and how many. */
    private final int[][] selections;

    private final int[] selectedCounts;
    private final long[] positions = new long[CHUNK];

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
            String name,
            EngineConfig<?> config,
            RowLayout<?> layout,
            ShardKeys keys,
            SourceWatermark watermark,
            FutureGuard guard) {
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
        this.width = longStride + (keys.count() > 1 ? 2 : 1);
        lanes = new ShardLane[rings.length];
        rows = new long[rings.length][];
        first = new int[rings.length];
        next = new int[rings.length];
        limit = new int[rings.length];
        shardOfKey = new int[keys.count()][CHUNK];
        selections = new int[rings.length][CHUNK];
        selectedCounts = new int[rings.length];
        for (int shard = 0; shard < rings.length; shard++) {
            rings[shard] = new RowRing(config.capacity(), width, objectStride, config.stampSampling(), config.ticker());
            rows[shard] = rings[shard].longs();
        }
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
     * Puts rows that lie one behind the other into the rings of their shards, to be published.
     *
     * @return how many; fewer than {@code count} if a ring, or what the shards have not followed of the watermark, leaves no room for the
     *     next one, which is then in no ring
     */
    final int route(long[] longs, int at, @Nullable Object[] objects, int objectsAt, int count) {
        untilNextReading -= count;
        if (untilNextReading < 0) {
            readClock();
        }
        int routed = 0;
        while (routed < count) {
            int row = at + routed * longStride;
            int objectRow = objectsAt + routed * objectStride;
            int most = Math.min(count - routed, CHUNK);
            int passing = guard.passing(longs, row, longStride, most, now);
            if (passing == 0 && isRejected(longs, row)) {
                if (!putRejected(longs, row, objects, objectRow)) {
                    break;
                }
                routed++;
            } else {
                int wanted = Math.max(1, passing);
                int put = putPassing(longs, row, objects, objectRow, wanted);
                routed += put;
                if (put < wanted) {
                    break;
                }
            }
        }
        unpublished += routed;
        return routed;
    }

    private void readClock() {
        now = Math.floorDiv(config.epochClock().epochNanos(), nanosPerUnit);
        untilNextReading = config.polled() ? 0 : CHUNK;
    }

    /** A row that lies too far ahead of the clock as it was read last: the clock may have gone on since. */
    private boolean isRejected(long[] longs, int row) {
        readClock();
        return guard.passing(longs, row, longStride, 1, now) == 0;
    }

    /** The first shard tells the user of what was kept out. */
    private boolean putRejected(long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        if (room(0, 1) == 0) {
            return false;
        }
        selections[0][0] = 0;
        positions[0] = REJECTED;
        Arrays.stream(shardOfKey).forEach(shards -> shards[0] = 0);
        write(0, 1, longs, row, objects, objectRow);
        return true;
    }

    /**
     * Puts rows in that are not rejected, and decides the watermark behind each of them; how many. Shard by shard, because a row
     * that goes anywhere would wait for the row before it to say where the ring goes on.
     */
    private int putPassing(long[] longs, int at, @Nullable Object[] objects, int objectsAt, int count) {
        for (int key = 0; key < keys.count(); key++) {
            keys.shardsOf(key, longs, at, longStride, objects, objectsAt, objectStride, count, shardOfKey[key]);
        }
        int fitting = count;
        for (int shard = 0; shard < rings.length; shard++) {
            int selected = select(shard, count);
            selectedCounts[shard] = selected;
            int room = room(shard, selected);
            if (room < selected) {
                fitting = Math.min(fitting, selections[shard][room]);
            }
        }
        fitting = decideWatermark(longs, at, fitting);
        for (int shard = 0; shard < rings.length; shard++) {
            int selected = selectedCounts[shard];
            while (selected > 0 && selections[shard][selected - 1] >= fitting) {
                selected--;
            }
            write(shard, selected, longs, at, objects, objectsAt);
        }
        return fitting;
    }

    /** Finds which of some rows go to a shard; how many. */
    private int select(int shard, int count) {
        int[] selection = selections[shard];
        int selected = 0;
        if (shardOfKey.length == 1) {
            int[] shards = shardOfKey[0];
            for (int row = 0; row < count; row++) { // without a branch: it would be taken at random
                selection[selected] = row;
                selected += shards[row] == shard ? 1 : 0;
            }
            return selected;
        }
        for (int row = 0; row < count; row++) {
            if (keysIn(shard, row) != 0) {
                selection[selected++] = row;
            }
        }
        return selected;
    }

    /** For which keys a row goes to a shard. */
    private long keysIn(int shard, int row) {
        long bits = 0;
        for (int key = 0; key < shardOfKey.length; key++) {
            bits |= shardOfKey[key][row] == shard ? 1L << key : 0;
        }
        return bits;
    }

    /** For how many of the rows wanted a ring has room behind those written. */
    private int room(int shard, int wanted) {
        int room = (limit[shard] - next[shard]) / width;
        if (room < wanted) {
            int written = (next[shard] - first[shard]) / width;
            int granted = rings[shard].claim(written + CHUNK);
            limit[shard] = first[shard] + granted * width;
            room = granted - written;
        }
        return room;
    }

    /** Moves the watermark along rows, and notes how many steps come before each; up to which row there was room for steps. */
    private int decideWatermark(long[] longs, int at, int count) {
        long position = steps.count();
        long quiet = watermark.quietUpTo();
        for (int done = 0; done < count; done++) {
            positions[done] = position;
            int row = at + done * longStride;
            if (longs[row] > quiet) {
                if (!steps.hasRoom()) {
                    return done;
                }
                long before = watermark.watermark();
                watermark.observe(longs, row);
                if (watermark.watermark() != before) {
                    steps.add(watermark.watermark());
                    position = steps.count();
                    quiet = watermark.quietUpTo();
                }
            }
        }
        return count;
    }

    /** Writes the rows selected into a ring. */
    private void write(int shard, int count, long[] longs, int at, @Nullable Object[] objects, int objectsAt) {
        int[] selection = selections[shard];
        long[] target = rows[shard];
        int to = next[shard];
        for (int i = 0; i < count; i++) {
            int row = to + i * width;
            System.arraycopy(longs, at + selection[i] * longStride, target, row, longStride);
            target[row + longStride] = positions[selection[i]];
        }
        if (shardOfKey.length > 1) {
            for (int i = 0; i < count; i++) {
                target[to + i * width + longStride + 1] = keysIn(shard, selection[i]);
            }
        }
        if (objectStride > 0) {
            @Nullable Object[] references = rings[shard].objects();
            int slot = to / width;
            for (int i = 0; i < count; i++) {
                int from = objectsAt + selection[i] * objectStride;
                System.arraycopy(objects, from, references, (slot + i) * objectStride, objectStride);
            }
        }
        next[shard] = to + count * width;
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
        try {
            boolean taken = isTaken();
            unpublished = 0;
            return taken;
        } finally {
            publishing = false; // else the source would never be settled, should the user's ticker throw
        }
    }

    private boolean isTaken() {
        boolean taken = !closed;
        for (int shard = 0; shard < rings.length && taken; shard++) {
            if (next[shard] > first[shard]) {
                taken = rings[shard].publish((next[shard] - first[shard]) / width);
                first[shard] = rings[shard].nextSlot() * width;
                next[shard] = first[shard];
                if (first[shard] == 0) { // round the ring, where nothing is claimed yet
                    limit[shard] = 0;
                }
            }
        }
        if (taken) {
            steps.publish();
            published.add(unpublished);
            activity.add(unpublished);
        } else {
            withdraw();
        }
        return taken;
    }

    /** Lets the rings forget what was written; it is too late for it. */
    private void withdraw() {
        for (int shard = 0; shard < rings.length; shard++) {
            rings[shard].close();
            if (rings[shard].publish(0)) {
                throw new IllegalStateException("a closed ring has taken rows");
            }
            next[shard] = first[shard];
            limit[shard] = first[shard];
        }
    }

    /** Moves the watermark by hand, behind the rows published. */
    OfferResult advanceTo(long newWatermark) {
        publishing = true;
        OfferResult result = closed ? OfferResult.CLOSED : steps.hasRoom() ? OfferResult.ACCEPTED : OfferResult.FULL;
        if (result == OfferResult.ACCEPTED) {
            if (watermark.advanceTo(newWatermark)) {
                steps.add(newWatermark);
                steps.publish();
            } else if (newWatermark < watermark.watermark()) {
                regressions.increment();
            }
            activity.increment();
        }
        publishing = false;
        return result;
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

    /** Whether the first shard's thread puts rows in, and not a producer of its own. */
    boolean isFedByFirstShard() {
        return false;
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
