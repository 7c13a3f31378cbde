package io.tidemark.ring;

import java.util.IdentityHashMap;
import java.util.Objects;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of events between many producer threads and one consumer thread, for those who cannot give each producer a
 * ring of its own. Order: of the slots that the producers won; each producer's events stay in its order.
 *
 * <p>Threads: {@link #offer} from any, {@link #poll} and {@link #isDrained} by the consumer alone, the rest as said there.
 *
 * <p>Closing loses nothing and lies about nothing: an event whose offer returned ACCEPTED reaches the consumer, one that was refused
 * never does. Only {@link #abandon()} gives up events, and {@link #size()} then says how many.
 *
 * <p>Cost: offer one contended compare-and-set, poll one acquire read; no allocation, no lock while the queue is open.
 *
 * @param <E> the event
 */
public final class EventQueue<E> {

    private static final int LARGEST_CAPACITY = 1 << 27;

    /*
     * Why closing is exact. A producer's claim of a slot is a CAS of the producer index, followed by a second look at `closed`; the
     * consumer looks at `closed` and then at that index, all volatile.
     *
     * - Second look false: the claim lies before close(), so the consumer, which seals the queue only when it has polled
     *   every claimed slot (stored or not), finds it.
     * - Second look true: close() came while this offer was under way. The offer and the sealing then meet under a lock. Not sealed
     *   yet: the claim is in the index that the sealing will compare with, so the event will be polled. Sealed: the event is
     *   either behind the seal, where nobody polls any more, or it was polled before. Looking for it in the queue tells. The same
     *   object may have been offered several times, so found ones are counted off.
     *
     * Nobody waits for the consumer's progress, and the consumer never waits for a producer that sits between claim and
     * store: relaxedPoll answers null, and isDrained() false as long as one is claimed.
     *
     * No padding here: the fields below change once in a lifetime, and the queue pads its own indices.
     */
    private final MpscVarHandleArrayQueue<E> queue;

    private final Object sealing = new Object();

    /** Refused events that are still in the queue, behind the seal, by how often; guarded by {@link #sealing}. */
    private final IdentityHashMap<E, Integer> refused = new IdentityHashMap<>(4);

    private long refusedCount; // guarded by sealing
    private long sealedAt; // guarded by sealing
    private volatile boolean sealed;
    private volatile boolean closed;

    /**
     * An open, empty queue.
     *
     * @param capacity events, 1 to 2^27; rounded up to a power of two, at least 2
     * @throws IllegalArgumentException if {@code capacity} is out of range
     */
    public EventQueue(int capacity) {
        if (capacity < 1 || capacity > LARGEST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity " + capacity + " is out of range; choose 1 to " + LARGEST_CAPACITY + " events");
        }
        queue = new MpscVarHandleArrayQueue<>(Math.max(2, capacity));
    }

    /** For tests that need something to happen in the midst of an offer. */
    EventQueue(MpscVarHandleArrayQueue<E> queue) {
        this.queue = queue;
    }

    /** Any thread: how many events fit, a power of two. */
    public int capacity() {
        return queue.capacity();
    }

    /**
     * Any thread: hands the event over, without waiting. The result must be looked at, see {@link OfferResult}.
     *
     * @throws NullPointerException if {@code event} is null
     */
    public OfferResult offer(E event) {
        Objects.requireNonNull(event, "event is null; an event queue takes no null");
        if (closed) {
            return OfferResult.CLOSED;
        }
        if (!queue.offer(event)) {
            return closed ? OfferResult.CLOSED : OfferResult.FULL;
        }
        return closed ? settle(event) : OfferResult.ACCEPTED;
    }

    /** Closed while {@code event} was being offered. */
    @SuppressWarnings("ReferenceEquality") // equals is the user's code and would not tell whose event it is
    private OfferResult settle(E event) {
        synchronized (sealing) {
            if (!sealed) {
                return OfferResult.ACCEPTED;
            }
            int unclaimed = -refused.getOrDefault(event, 0);
            for (Object left : queue) {
                if (left == event) {
                    unclaimed++;
                }
            }
            if (unclaimed <= 0) {
                return OfferResult.ACCEPTED;
            }
            refused.merge(event, 1, Integer::sum);
            refusedCount++;
            return OfferResult.CLOSED;
        }
    }

    /**
     * Consumer: the next event, or null if there is none to take now. That is the case when the queue is empty, and also while a
     * producer has claimed the next slot but not stored its event yet; {@link #hasUnstored()} tells them apart. Never waits.
     */
    public @Nullable E poll() {
        return sealed ? null : queue.relaxedPoll();
    }

    /**
     * Consumer, after {@link #poll()} returned null: whether an event is on its way, claimed by a producer that has not stored
     * it yet. Such a state lasts for a few instructions, unless that producer's thread is held up or dead.
     */
    public boolean hasUnstored() {
        return !sealed && queue.currentProducerIndex() != queue.currentConsumerIndex() && queue.relaxedPeek() == null;
    }

    /**
     * Consumer: whether it is done with this queue, that is the queue is closed and everything accepted was polled. Once true, it stays
     * true and {@link #poll()} returns null. False while a slot is claimed but not stored.
     */
    public boolean isDrained() {
        if (!closed || sealed) {
            return sealed;
        }
        synchronized (sealing) {
            if (queue.currentProducerIndex() == queue.currentConsumerIndex()) {
                seal();
            }
            return sealed;
        }
    }

    /**
     * Consumer, or the thread that has seen the consumer end: closes the queue and drops what was not polled. {@link #size()} says how
     * many accepted events were lost. No offer that begins after this is accepted, none waits. Doing it again has no effect, neither has
     * doing it when drained.
     */
    public void abandon() {
        closed = true;
        synchronized (sealing) {
            if (!sealed) {
                seal();
                while (queue.relaxedPoll() != null) { // keeps no event alive
                }
            }
        }
    }

    private void seal() {
        sealedAt = queue.currentConsumerIndex();
        sealed = true;
    }

    /** Any thread: no offer that begins after this is accepted. Doing it again has no effect. Waits for nobody. */
    public void close() {
        closed = true;
    }

    /** Any thread: whether {@link #close()} or {@link #abandon()} was called. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Any thread: events accepted so far, those on their way included. An offer that races with closing may be counted for a
     * moment and then refused.
     */
    public long offered() {
        if (!sealed) {
            return queue.currentProducerIndex();
        }
        synchronized (sealing) {
            return queue.currentProducerIndex() - refusedCount;
        }
    }

    /** Any thread: events polled so far. */
    public long polled() {
        if (!sealed) {
            return queue.currentConsumerIndex();
        }
        synchronized (sealing) {
            return sealedAt;
        }
    }

    /** Any thread: events accepted and not polled, 0 to the capacity; a snapshot that may be old when it is returned. */
    public int size() {
        long polled = polled(); // first, so that the difference is never negative
        return (int) Math.min(Math.max(0, offered() - polled), capacity());
    }
}
