package io.tidemark.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** The answer of offer against what the consumer gets, while the queue is being closed. */
public final class EventQueueCloseStress {

    private EventQueueCloseStress() {}

    /** Base: the consumer's work and the sum of the events taken. */
    abstract static class Closing {

        static final Integer ONE = 1;
        static final Integer TWO = 2;

        final EventQueue<Integer> queue = new EventQueue<>(4);
        private int taken;

        final int offer(Integer event) {
            return queue.offer(event) == OfferResult.ACCEPTED ? event : 0;
        }

        final void take() {
            Integer event = queue.poll();
            if (event != null) {
                taken += event;
            }
        }

        final int takeTheRest() {
            while (!queue.isDrained()) {
                take();
            }
            take(); // must find nothing
            return taken;
        }
    }

    /** The consumer itself closes: its store of the flag and look at the index against the producer's claim and look. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused and not taken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted and taken")
    @State
    public static class ByTheConsumer extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = offer(ONE);
        }

        @Actor
        public void consumer() {
            queue.close();
            queue.isDrained();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = takeTheRest();
        }
    }

    /** One producer, closed by a third thread. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused and not taken")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted and taken")
    @State
    public static class ByAThird extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = offer(ONE);
        }

        @Actor
        public void closer() {
            queue.close();
        }

        @Actor
        public void consumer() {
            take();
            queue.isDrained();
            take();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = takeTheRest();
        }
    }

    /** Two producers, closed by the consumer: r1 and r2 what was accepted, r3 the sum of what was taken. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "both refused")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first one's is in")
    @Outcome(id = "0, 2, 2", expect = ACCEPTABLE, desc = "the second one's is in")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "both are in")
    @State
    public static class TwoProducers extends Closing {

        @Actor
        public void first(III_Result result) {
            result.r1 = offer(ONE);
        }

        @Actor
        public void second(III_Result result) {
            result.r2 = offer(TWO);
        }

        @Actor
        public void consumer() {
            queue.close();
            queue.isDrained();
            take();
            queue.isDrained();
        }

        @Arbiter
        public void rest(III_Result result) {
            result.r3 = takeTheRest();
        }
    }

    /** The same object is offered before and while closing, so that it cannot be told whose was taken; the number still agrees. */
    @JCStressTest
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the racing one is refused")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "both are in")
    @State
    public static class SameObject extends Closing {

        @Actor
        public void producer(III_Result result) {
            result.r1 = offer(ONE);
        }

        @Actor
        public void consumer(III_Result result) {
            result.r2 = offer(ONE);
            take();
            queue.close();
            queue.isDrained();
        }

        @Arbiter
        public void rest(III_Result result) {
            result.r3 = takeTheRest();
        }
    }

    /** The consumer gives up: what was accepted and never taken is what size() counts (r2). */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused, nothing lost")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "accepted, counted as lost")
    @State
    public static class Abandoned extends Closing {

        @Actor
        public void producer(II_Result result) {
            result.r1 = offer(ONE);
        }

        @Actor
        public void consumer() {
            queue.abandon();
        }

        @Arbiter
        public void rest(II_Result result) {
            result.r2 = queue.size() + takeTheRest();
        }
    }
}
