package io.tidemark.ring;

import io.tidemark.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bounded ring of flat rows between one producer thread and one consumer thread. Each row is {@code longStride} longs and
 * {@code objectStride} references; the row in slot {@code s} starts at {@code longs()[s * longStride]} and
 * {@code objects()[s * objectStride]}. Rows are written and read in place.
 *
 * <p>Producer: {@code claim}, write the rows from {@link #nextSlot()} on, {@code publish}. Consumer: {@code available}, read the
 * rows from {@link #readSlot()} on, {@code release}. Rows are numbered 0, 1, 2 ... in the order of publication (the sequence).
 *
 * <p>Threads: the section of a method says who may call it. The producer (and the consumer) may change from one thread to another if
 * the hand-over itself is a happens-before edge, such as a lock. Both may be the same thread.
 *
 * <p>Closing loses nothing and lies about nothing: a row whose {@link #publish} returned true reaches the consumer, one
 * whose publish returned false never does; nobody waits for anybody. Only {@link #abandon()} gives up rows, and {@link #size()} then says
 * how many.
 *
 * <p>Memory: {@code capacity * (8 * longStride + 4 or 8 * objectStride)} bytes plus one long for each stamped row. Cost: all
 * methods are constant in time (publish and release: in their rows) and allocate nothing. Without a closing grace a publish contains a full
 * fence (measured: 10.1 ns for a row published by itself, 4.4 ns without the fence).
 */
public final class RowRing extends RingLayout.AfterConsumer {

    private static final int LARGEST_CAPACITY = 1 << 27;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /*
     * Why closing is exact. The producer reads `closed` twice, before and after it stores its index p' (volatile, so the second
     * read cannot move in front of the store); the consumer reads `closed` and then the producer's index, both volatile.
     *
     * - First read true: nothing is stored, nobody ever sees the rows. So a publish that begins after close() ended is refused.
     * - Second read false: in the order of all volatile accesses p' < this read < close() < the consumer's look at
     *   `closed` < its look at the index. Whatever the consumer then proposes as the final index, it is p' or more.
     * - Second read true: close() came while this publish was under way, and either answer is right as long as the consumer gives
     *   the same. So both sides propose a final index by one CAS and obey the one that stands: the producer proposes p' (keep
     *   my rows), the consumer the index that it saw. Nobody waits for the other side, be it slow, blocked or gone.
     *
     * All this rests on p' being visible before the second read. With a closing grace that store is only a release, which costs no fence, and
     * the read may come while it still waits in the producer's store buffer. It does so for nanoseconds, and never across a switch
     * of threads, which empties the buffer; so the consumer, having seen `closed`, goes on taking rows for the grace (a
     * millisecond) before it proposes a final index. A publish that was held up for longer sees `closed` at its second read.
     *
     * The consumer cannot have read rows behind a final index that it proposed, because it never saw a larger producer index;
     * and the producer, having proposed, publishes no more (first read). Withdrawn rows were visible through the index for a moment,
     * which is why the consumer cuts what it reads at the final index. abandon() proposes the consumer's own index.
     */

    private static final VarHandle FINAL_INDEX =
            RingLayout.longField(MethodHandles.lookup(), RowRing.class, "finalIndex");

    /** The grace lasts in real time, whatever clock stamps the rows. */
    private static final Ticker REAL_TIME = Ticker.system();

    /** {@link #finalIndex} as long as no side has proposed one. */
    private static final long OPEN = -1;

    private final int capacity;
    private final int mask;
    private final long[] longs;
    private final int objectStride;
    private final @Nullable Object[] objects;
    private final int stampEvery;
    private final long[] stamps; // of stamped rows only, so that rows stay narrow
    private final Ticker ticker;
    private final long closingGraceNanos;

    private volatile boolean closed;
    /** Consumer: when it saw {@link #closed} first, if it has. */
    private long closedSeenNanos;

    private boolean closedSeen;

    /** Once closed: the consumer takes the rows below it and none from it on. Leaves OPEN once and stays. */
    @SuppressWarnings("FieldMayBeFinal") // written through FINAL_INDEX
    private volatile long finalIndex = OPEN;

    /** A ring that closes at once: what {@link #RowRing(int, int, int, int, Ticker, long)} makes without a closing grace. */
    public RowRing(int capacity, int longStride, int objectStride, int stampEvery, Ticker ticker) {
        this(capacity, longStride, objectStride, stampEvery, ticker, 0);
    }

    /**
     * An open, empty ring; all its memory is allocated here.
     *
     * @param capacity rows, 1 to 2^27, rounded up to a power of two
     * @param longStride longs in a row, not negative
     * @param objectStride references in a row, not negative; a row has at least one field
     * @param stampEvery a power of two: each row whose sequence is a multiple of it gets a time stamp; 0 for none
     * @param ticker read once per publish of at least one stamped row
     * @param closingGraceNanos for how long, in real time, a consumer that has seen the ring closed waits before it calls it drained;
     *     much more than a store takes to become visible, such as 1 ms. It saves every publish a fence. 0: publishes have the fence
     * @throws IllegalArgumentException if a number is out of its range, or the arrays would be longer than Java allows
     * @throws NullPointerException if {@code ticker} is null
     */
    public RowRing(
            int capacity, int longStride, int objectStride, int stampEvery, Ticker ticker, long closingGraceNanos) {
        this.closingGraceNanos = closingGraceNanos;
        this.capacity = roundedCapacity(capacity, longStride, objectStride);
        if (stampEvery < 0 || Integer.bitCount(stampEvery) > 1) {
            throw new IllegalArgumentException(
                    "stampEvery " + stampEvery + " is neither 0 nor a power of two; choose 0 (none), 1, 2, 4, 8 ...");
        }
        this.ticker = Objects.requireNonNull(ticker, "ticker is null; use Ticker.system()");
        this.mask = this.capacity - 1;
        this.longs = new long[this.capacity * longStride];
        this.objectStride = objectStride;
        this.objects = new Object[this.capacity * objectStride];
        this.stampEvery = stampEvery;
        this.stamps = new long[stampEvery == 0 ? 0 : Math.max(1, this.capacity / stampEvery)];
        this.producerLimit = this.capacity;
        this.nextStamp = stampEvery == 0 ? Long.MAX_VALUE : 0;
    }

    private static int roundedCapacity(int capacity, int longStride, int objectStride) {
        if (capacity < 1 || capacity > LARGEST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity " + capacity + " is out of range; choose 1 to " + LARGEST_CAPACITY + " rows");
        }
        if (longStride < 0 || objectStride < 0 || longStride + (long) objectStride == 0) {
            throw new IllegalArgumentException("a row of " + longStride + " longs and " + objectStride
                    + " references is no row; both must be at least 0 and one of them at least 1");
        }
        int rounded = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        long longest = (long) rounded * Math.max(longStride, objectStride);
        if (longest > LONGEST_ARRAY) {
            throw new IllegalArgumentException("capacity " + capacity + " (rounded up to " + rounded + ") with rows of "
                    + longStride + " longs and " + objectStride + " references needs an array of " + longest
                    + " elements, more than Java allows; lower the capacity or use fewer columns");
        }
        return rounded;
    }

    /** Any thread: how many rows fit, a power of two. */
    public int capacity() {
        return capacity;
    }

    /** The longs of all rows; touch only those of slots that the producer has claimed or the consumer may read. */
    public long[] longs() {
        return longs;
    }

    /** The references of all rows; touch only those of slots that the producer has claimed or the consumer may read. */
    public @Nullable Object[] objects() {
        return objects;
    }

    // ---- producer thread ----

    /**
     * Producer: asks for one row. Publishes nothing; claiming again before publishing gives the same slot. Does not look whether
     * the ring is closed: {@link #publish} does, so on a full ring ask {@link #isClosed()} before trying again.
     *
     * @return the slot of the next row, or -1 if the ring is full
     */
    public int claim() {
        return claim(1) == 0 ? -1 : nextSlot();
    }

    /**
     * Producer: asks for several rows, to be written one after the other from {@link #nextSlot()} on. Fewer than wanted are granted
     * when room is short or the end of the arrays is near; after publishing those, claim the rest.
     *
     * @param wanted at least 1
     * @return how many rows may be written, 1 to {@code wanted}; 0 if the ring is full
     * @throws IllegalArgumentException if {@code wanted} is less than 1
     */
    public int claim(int wanted) {
        if (wanted < 1) {
            throw new IllegalArgumentException("cannot claim " + wanted + " rows; ask for at least 1");
        }
        long next = producerIndex;
        int granted = wanted;
        if (next + wanted > producerLimit) {
            producerLimit = Math.min(consumerIndexAcquire() + capacity, (next | mask) + 1);
            granted = (int) Math.min(wanted, producerLimit - next);
        }
        claimedEnd = next + granted;
        return granted;
    }

    /** Producer: the slot of the next row to publish; written to only after a claim granted it. */
    public int nextSlot() {
        return (int) producerIndex & mask;
    }

    /**
     * Producer: makes the next {@code rows} claimed rows visible in one store. The result must be looked at: false means that
     * the ring is closed and the consumer never takes these rows; they are withdrawn, their references cleared, and the claim is
     * void. (After {@link #abandon()} false may stand for a batch of which the consumer had released the first rows just before; {@link
     * #publishedRows()} counts those.)
     *
     * @param rows at most as many as claimed and not yet published; 0 publishes nothing and tells whether the ring is open
     * @return whether the consumer will take the rows
     * @throws IllegalStateException if more rows are published than claimed
     */
    public boolean publish(int rows) {
        long first = producerIndex;
        if (closed) {
            withdraw(first);
            return false;
        }
        long next = first + rows;
        if (rows < 0 || next > claimedEnd) {
            throw new IllegalStateException("cannot publish " + rows + " rows, " + (claimedEnd - first)
                    + " are claimed; claim rows before writing them");
        }
        if (next > nextStamp) {
            stampBefore(next);
        }
        if (closingGraceNanos == 0) {
            producerIndexVolatile(next);
        } else {
            producerIndexRelease(next);
            VarHandle.releaseFence(); // for the compiler: the look at `closed` stays behind the store
        }
        return !closed || isCovered(first, next);
    }

    /** Stamps the rows before {@code next} whose turn it is, before they become visible. */
    private void stampBefore(long next) {
        long now = ticker.nanoTime();
        for (; nextStamp < next; nextStamp += stampEvery) {
            stamps[stampIndex(nextStamp)] = now;
        }
    }

    /** Closed while {@code [first, next)} was being published: settles with the consumer whether the rows are in. */
    private boolean isCovered(long first, long next) {
        long end = freezeAt(next);
        if (next <= end) {
            return true;
        }
        long kept = Math.max(first, end); // end is below first only if abandoned
        withdraw(kept);
        producerIndexVolatile(kept);
        return false;
    }

    /** Clears what is claimed from a row on. */
    private void withdraw(long from) {
        clearReferences((int) from & mask, (int) (claimedEnd - from));
        claimedEnd = from;
    }

    // ---- consumer thread ----

    /**
     * Consumer: how many rows may be read one after the other from {@link #readSlot()} on. Looks at the producer's index only when
     * it knows of fewer than {@code max}.
     *
     * @param max at least 1
     * @return 0 to {@code max}; 0 if there are none now
     * @throws IllegalArgumentException if {@code max} is less than 1
     */
    public int available(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("cannot read " + max + " rows; ask for at least 1");
        }
        long next = consumerIndex;
        int contiguous = Math.min(max, capacity - ((int) next & mask));
        if (consumerLimit - next < contiguous) {
            consumerLimit = Math.min(producerIndexAcquire(), consumerEnd);
        }
        return (int) Math.min(contiguous, consumerLimit - next);
    }

    /** Consumer: the most that {@link #available} can find before a release: rows up to the end of the arrays. */
    public int mostAvailable() {
        return capacity - readSlot();
    }

    /** Consumer: the slot of the first readable row. */
    public int readSlot() {
        return (int) consumerIndex & mask;
    }

    /** Consumer: the sequence of the first readable row, which is the number of rows released so far. */
    public long readSequence() {
        return consumerIndex;
    }

    /**
     * Consumer: gives the first {@code rows} readable rows back to the producer, their references cleared so that the ring keeps no
     * object alive.
     *
     * @param rows at most as many as {@link #available} last found; 0 does nothing
     * @throws IllegalStateException if more rows are released than were found
     */
    public void release(int rows) {
        long first = consumerIndex;
        int slot = (int) first & mask;
        if (rows < 0 || rows > Math.min(consumerLimit - first, capacity - slot)) {
            throw new IllegalStateException("cannot release " + rows + " rows, "
                    + Math.min(consumerLimit - first, capacity - slot) + " were found by available()");
        }
        clearReferences(slot, rows);
        consumerIndexRelease(first + rows);
    }

    /**
     * Consumer: when a stamped row was published, on the ticker given to the constructor; read just before the row became visible,
     * once for all rows of a batch.
     *
     * @param sequence of a row that is readable now, a multiple of {@code stampEvery}
     * @throws IllegalArgumentException if that row has no stamp or is not readable now
     */
    public long stampOf(long sequence) {
        if (stampEvery == 0 || (sequence & (stampEvery - 1)) != 0) {
            throw new IllegalArgumentException("row " + sequence + " has no stamp: stampEvery is " + stampEvery);
        }
        if (sequence < consumerIndex || sequence >= consumerLimit) {
            throw new IllegalArgumentException("row " + sequence + " is not readable now; rows " + consumerIndex
                    + " to " + consumerLimit + " (exclusive) are");
        }
        return stamps[stampIndex(sequence)];
    }

    /**
     * Consumer: whether it is done with this ring, that is the ring is closed and everything published before is released. From
     * the first call after {@link #close()} and the closing grace on no further row comes in; once true, it stays true.
     */
    public boolean isDrained() {
        if (!closed) {
            return false;
        }
        if (consumerEnd == Long.MAX_VALUE) {
            if (!isGraceOver()) {
                return false;
            }
            consumerEnd = freezeAt(producerIndexVolatile());
            consumerLimit = Math.min(consumerLimit, consumerEnd);
        }
        return consumerIndex >= consumerEnd;
    }

    private boolean isGraceOver() {
        if (closingGraceNanos == 0) {
            return true;
        }
        long now = REAL_TIME.nanoTime();
        if (!closedSeen) {
            closedSeen = true;
            closedSeenNanos = now;
        }
        return now - closedSeenNanos >= closingGraceNanos;
    }

    /**
     * Consumer, or the thread that has seen the consumer end: closes the ring and gives up what is not released. Rows
     * that are still in the ring are never read; {@link #size()} says how many had been published with success. Later publishes
     * return false; none waits. Doing it again has no effect, neither has doing it when drained.
     */
    public void abandon() {
        closed = true;
        consumerEnd = consumerIndex;
        consumerLimit = consumerIndex;
        freezeAt(consumerIndex);
        Arrays.fill(objects, null); // a producer still at work clears its own rows when publish refuses them
    }

    // ---- any thread ----

    /** Any thread: rows published so far. A publish that races with closing may be counted for a moment and then withdrawn. */
    public long publishedRows() {
        return producerIndexAcquire();
    }

    /** Any thread: rows released so far. */
    public long releasedRows() {
        return consumerIndexAcquire();
    }

    /** Any thread: rows published and not released, 0 to the capacity; a snapshot that may be old when it is returned. */
    public int size() {
        long released = consumerIndexAcquire(); // first, so that the difference is never negative
        return (int) Math.min(producerIndexAcquire() - released, capacity);
    }

    /** Any thread: no publish that begins after this accepts a row. Doing it again has no effect. Waits for nobody. */
    public void close() {
        closed = true;
    }

    /** Any thread: whether {@link #close()} or {@link #abandon()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /** Proposes the final index and returns the one that stands: the first proposal wins. */
    private long freezeAt(long proposed) {
        return FINAL_INDEX.compareAndSet(this, OPEN, proposed) ? proposed : finalIndex;
    }

    private int stampIndex(long sequence) {
        return (int) (sequence >>> Integer.numberOfTrailingZeros(stampEvery)) & (stamps.length - 1);
    }

    /** Of contiguous rows: neither a claim nor {@code available} ever reaches across the end of the arrays. */
    private void clearReferences(int slot, int rows) {
        if (objectStride != 0) {
            Arrays.fill(objects, slot * objectStride, (slot + rows) * objectStride, null);
        }
    }
}
