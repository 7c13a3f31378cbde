package io.tidemark.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Rows between producer and consumer: whoever sees the index sees the rows. */
public final class RowRingHandOffStress {

    private RowRingHandOffStress() {}

    /** All fields of a row are visible once the row is. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "not yet published")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "the whole row")
    @State
    public static class RowBehindIndex {

        private final RowRing ring = new RowRing(4, 2, 1, 0, () -> 0L);

        @Actor
        public void producer() {
            int slot = ring.claim();
            ring.longs()[slot * 2] = 1;
            ring.longs()[slot * 2 + 1] = 2;
            ring.objects()[slot] = "row";
            ring.publish(1);
        }

        @Actor
        public void consumer(III_Result result) {
            if (ring.available(1) == 1) {
                int slot = ring.readSlot();
                result.r1 = (int) ring.longs()[slot * 2];
                result.r2 = (int) ring.longs()[slot * 2 + 1];
                result.r3 = ring.objects()[slot] == null ? 0 : 3;
            }
        }
    }

    /** The stamp of a row is visible once the row is. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet published")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "the row and its stamp")
    @State
    public static class StampBehindIndex {

        private final RowRing ring = new RowRing(4, 1, 0, 1, () -> 7L);

        @Actor
        public void producer() {
            ring.longs()[ring.claim()] = 1;
            ring.publish(1);
        }

        @Actor
        public void consumer(II_Result result) {
            if (ring.available(1) == 1) {
                result.r1 = (int) ring.longs()[ring.readSlot()];
                result.r2 = (int) ring.stampOf(0);
            }
        }
    }

    /** A slot is written again only after the consumer has read it, and cleared before that, never after. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "the slot was not free yet")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE_INTERESTING, desc = "the slot was used again")
    @State
    public static class SlotUsedAgain {

        private final RowRing ring = new RowRing(1, 1, 1, 0, () -> 0L);

        public SlotUsedAgain() {
            ring.longs()[ring.claim()] = 1;
            ring.objects()[0] = "first";
            ring.publish(1);
            ring.available(1);
        }

        @Actor
        public void producer(III_Result result) {
            int slot = ring.claim();
            if (slot == 0) {
                ring.longs()[0] = 2;
                ring.objects()[0] = "second";
                ring.publish(1);
                result.r3 = "second".equals(ring.objects()[0]) ? 1 : -1;
            }
        }

        @Actor
        public void consumer(III_Result result) {
            result.r1 = (int) ring.longs()[0];
            result.r2 = "first".equals(ring.objects()[0]) ? 1 : -1;
            ring.release(1);
        }
    }

    /** A batch appears in one step. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet published")
    @Outcome(id = "3, 7", expect = ACCEPTABLE, desc = "all three rows")
    @State
    public static class Batch {

        private final RowRing ring = new RowRing(4, 1, 0, 0, () -> 0L);

        @Actor
        public void producer() {
            ring.claim(3);
            long[] longs = ring.longs();
            longs[0] = 1;
            longs[1] = 2;
            longs[2] = 4;
            ring.publish(3);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = ring.available(4);
            result.r2 = sum(ring, result.r1);
        }
    }

    /** Batches appear in order: the consumer always sees a prefix, with its contents. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet published")
    @Outcome(id = "2, 3", expect = ACCEPTABLE, desc = "the first batch")
    @Outcome(id = "3, 7", expect = ACCEPTABLE, desc = "both batches")
    @State
    public static class TwoBatches {

        private final RowRing ring = new RowRing(4, 1, 0, 0, () -> 0L);

        @Actor
        public void producer() {
            ring.claim(2);
            ring.longs()[0] = 1;
            ring.longs()[1] = 2;
            ring.publish(2);
            ring.longs()[ring.claim()] = 4;
            ring.publish(1);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = ring.available(4);
            result.r2 = sum(ring, result.r1);
        }
    }

    private static int sum(RowRing ring, int rows) {
        int sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += (int) ring.longs()[ring.readSlot() + i];
        }
        return sum;
    }
}
