package io.tidemark.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/*
 * The two moving parts of RowRing, kept apart by padding. They are a chain of classes because the JVM may reorder fields
 * within a class but lays a subclass out behind its superclass:
 *
 *   pad          120 bytes, against the object's header and whatever lies before it
 *   Producer     written by the producer at every publish
 *   pad          120 bytes
 *   Consumer     written by the consumer at every release
 *   pad          120 bytes
 *   RowRing      array references, masks, the closing state: written once or hardly ever, read by both sides
 *
 * Without the pads the two indices would share a cache line, and each store of one side would take the line away from the other
 * (false sharing); the same for the fields that both sides read at every row. 120 bytes and the long beside them are two lines of 64
 * bytes: processors fetch lines in pairs. All fields here are longs, so the only gap that a field of RowRing can slip into is the
 * one behind the object's header, where an int that never changes does no harm. Offsets found on HotSpot 17 and 25, with compressed
 * references and without: producer 136 to 167, consumer 288 to 311, RowRing from 432 on. Not padded: the rows. They are meant to be
 * narrow, and batches keep the sides apart.
 */
final class RingLayout {

    private RingLayout() {}

    static VarHandle longField(MethodHandles.Lookup lookup, Class<?> owner, String field) {
        try {
            return lookup.findVarHandle(owner, field, long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    abstract static class BeforeProducer {
        long a00, a01, a02, a03, a04, a05, a06, a07, a08, a09, a10, a11, a12, a13, a14;
    }

    /** Written by the producer thread. */
    abstract static class Producer extends BeforeProducer {

        private static final VarHandle PRODUCER_INDEX =
                longField(MethodHandles.lookup(), Producer.class, "producerIndex");

        /** Sequence of the next row; other threads read it through the accessors only. */
        long producerIndex;

        /** Up to here there is room, by the consumer's index as last seen, and rows lie one after the other. */
        long producerLimit;

        /** Sequence behind the rows granted by the last claim. */
        long claimedEnd;

        /** Sequence of the next row to be stamped; {@link Long#MAX_VALUE} if none is. */
        long nextStamp;

        final long producerIndexVolatile() {
            return (long) PRODUCER_INDEX.getVolatile(this);
        }

        final long producerIndexAcquire() {
            return (long) PRODUCER_INDEX.getAcquire(this);
        }

        final void producerIndexVolatile(long index) {
            PRODUCER_INDEX.setVolatile(this, index);
        }

        final void producerIndexRelease(long index) {
            PRODUCER_INDEX.setRelease(this, index);
        }
    }

    abstract static class BeforeConsumer extends Producer {
        long b00, b01, b02, b03, b04, b05, b06, b07, b08, b09, b10, b11, b12, b13, b14;
    }

    /** Written by the consumer thread. */
    abstract static class Consumer extends BeforeConsumer {

        private static final VarHandle CONSUMER_INDEX =
                longField(MethodHandles.lookup(), Consumer.class, "consumerIndex");

        /** Sequence of the next row to release; other threads read it through the accessor only. */
        long consumerIndex;

        /** The producer's index as last seen: below it there are rows without a look at the other side. */
        long consumerLimit;

        /** The final index once this side has looked at it: rows behind it are never read. */
        long consumerEnd = Long.MAX_VALUE;

        final long consumerIndexAcquire() {
            return (long) CONSUMER_INDEX.getAcquire(this);
        }

        final void consumerIndexRelease(long index) {
            CONSUMER_INDEX.setRelease(this, index);
        }
    }

    abstract static class AfterConsumer extends Consumer {
        long c00, c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14;
    }
}
