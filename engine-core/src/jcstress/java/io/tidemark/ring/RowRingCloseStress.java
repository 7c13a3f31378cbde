package io.tidemark.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The answer of publish against what the consumer gets, while the ring is being closed: r1 rows answered with true, r2 rows taken. */
public final class RowRingCloseStress {

    private RowRingCloseStress() {}

    /** Base: the consumer's work and the final count. */
    abstract static class Closing {

        final RowRing ring = new RowRing(4, 1, 1, 0, () -> 0L);
        private int taken;

        final int publish(int rows) {
            ring.claim(rows);
            return ring.publish(rows) ? rows : 0;
        }

        final void take() {
            int found = ring.available(4);
            ring.release(found);
            taken += found;
        }

        final int takeTheRest() {
            while (!ring.isDrained()) {
                take();
            }
            take(); // must find nothing
            return taken;
        }
    }

    /** The consumer itself closes: its store of the flag and look at the index against the producer's store and look. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused and not taken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted and taken")
    @State
    public static class ByTheConsumer extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = publish(1);
        }

        @Actor
        public void consumer() {
            ring.close();
            ring.isDrained();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = takeTheRest();
        }
    }

    /** The usual case: closed by a third thread. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused and not taken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted and taken")
    @State
    public static class ByAThird extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = publish(1);
        }

        @Actor
        public void closer() {
            ring.close();
        }

        @Actor
        public void consumer() {
            take();
            ring.isDrained();
            take();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = takeTheRest();
        }
    }

    /** Two publishes, the second of a batch: a batch is in or out as a whole, and nothing comes in after a refusal. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "all refused")
    @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "closed between the two")
    @Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "all accepted")
    @State
    public static class BetweenTwoPublishes extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = publish(1) + publish(2);
        }

        @Actor
        public void consumer() {
            ring.close();
            ring.isDrained();
            take();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = takeTheRest();
        }
    }

    /** A publish answered with false leaves no reference behind (r2 counts those), in whichever way it was refused. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "withdrawn and cleared")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted, still in the ring")
    @State
    public static class Withdrawal extends Closing {

        @Actor
        public void producer(II_Result result) {
            ring.objects()[ring.claim()] = "row";
            result.r1 = ring.publish(1) ? 1 : 0;
        }

        @Actor
        public void consumer() {
            ring.close();
            ring.isDrained();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = ring.objects()[0] == null ? 0 : 1;
        }
    }

    /** The consumer gives up: what was accepted and never taken is what size() counts (r2). */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused, nothing lost")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted before, counted as lost")
    @State
    public static class Abandoned extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = publish(1);
        }

        @Actor
        public void consumer() {
            ring.abandon();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = ring.size() + takeTheRest();
        }
    }
}
