package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.junit.jupiter.api.Test;

/** Closing in the midst of an offer: the races, made certain by doing the other threads' work before and after the claim. */
class EventQueueCloseTest {

    private Runnable beforeClaim = () -> {};
    private Runnable afterClaim = () -> {};
    private final MpscVarHandleArrayQueue<String> slots = new MpscVarHandleArrayQueue<>(4) {
        @Override
        public boolean offer(String event) {
            run(true);
            boolean stored = super.offer(event);
            run(false);
            return stored;
        }
    };
    private final EventQueue<String> queue = new EventQueue<>(slots);

    @Test
    void closeDuringOffer_beforeTheConsumerLooked_keepsTheEvent() {
        beforeClaim = queue::close;

        assertThat(queue.offer("a")).isEqualTo(OfferResult.ACCEPTED);

        assertThat(queue.isDrained()).isFalse();
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.isDrained()).isTrue();
    }

    @Test
    void closeDuringOffer_afterTheConsumerWasDrained_refusesTheEvent() {
        beforeClaim = this::closeAndDrain;

        assertThat(queue.offer("a")).isEqualTo(OfferResult.CLOSED);

        assertThat(queue.poll()).isNull();
        assertThat(queue.hasUnstored()).isFalse();
        assertThat(queue.offered()).isZero();
        assertThat(queue.polled()).isZero();
        assertThat(queue.size()).isZero();
    }

    @Test
    void closeDuringOffer_whenTheConsumerTookTheEvent_saysAccepted() {
        afterClaim = () -> {
            assertThat(queue.poll()).isEqualTo("a");
            closeAndDrain();
        };

        assertThat(queue.offer("a")).isEqualTo(OfferResult.ACCEPTED);

        assertThat(queue.offered()).isEqualTo(1);
        assertThat(queue.polled()).isEqualTo(1);
    }

    @Test
    void closeDuringOffersOfTheSameObject_countsEachOnce() {
        OfferResult[] inner = new OfferResult[1];
        String same = "a";
        // The outer offer is polled; the inner one lies behind the seal. Its producer answers first.
        afterClaim = () -> {
            assertThat(queue.poll()).isSameAs(same);
            beforeClaim = this::closeAndDrain;
            inner[0] = queue.offer(same);
        };

        OfferResult outer = queue.offer(same);

        assertThat(inner[0]).isEqualTo(OfferResult.CLOSED);
        assertThat(outer).isEqualTo(OfferResult.ACCEPTED);
        assertThat(queue.offered()).isEqualTo(1);
    }

    @Test
    void closeOnAFullQueue_saysClosedInsteadOfFull() {
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer("a")).isEqualTo(OfferResult.ACCEPTED);
        }
        beforeClaim = queue::close;

        assertThat(queue.offer("b")).isEqualTo(OfferResult.CLOSED);
        assertThat(queue.size()).isEqualTo(4);
    }

    @Test
    void abandonDuringOffer_beforeTheClaim_refusesTheEvent() {
        beforeClaim = queue::abandon;

        assertThat(queue.offer("a")).isEqualTo(OfferResult.CLOSED);
        assertThat(queue.size()).isZero();
    }

    @Test
    void abandonDuringOffer_afterTheClaim_countsTheEventAsLostAndKeepsNoReference() {
        assertThat(queue.offer("a")).isEqualTo(OfferResult.ACCEPTED);
        afterClaim = queue::abandon;

        assertThat(queue.offer("b")).isEqualTo(OfferResult.ACCEPTED);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(slots).isEmpty();
    }

    @Test
    void slotClaimedButNotStored_isNeitherEmptyNorWaitedFor() {
        int filled = slots.fill(
                () -> {
                    queue.close();
                    assertThat(queue.poll()).isNull();
                    assertThat(queue.hasUnstored()).isTrue();
                    assertThat(queue.size()).isEqualTo(1);
                    assertThat(queue.isDrained()).isFalse();
                    return "a";
                },
                1);

        assertThat(filled).isEqualTo(1);
        assertThat(queue.hasUnstored()).isFalse();
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.isDrained()).isTrue();
    }

    private void closeAndDrain() {
        queue.close();
        assertThat(queue.isDrained()).isTrue();
    }

    /** Each step runs once, so that it may offer itself. */
    private void run(boolean before) {
        Runnable step = before ? beforeClaim : afterClaim;
        if (before) {
            beforeClaim = () -> {};
        } else {
            afterClaim = () -> {};
        }
        step.run();
    }
}
