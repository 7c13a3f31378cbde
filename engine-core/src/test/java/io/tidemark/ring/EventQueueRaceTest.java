package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventQueueRaceTest {

    private static final int PRODUCERS = 4;
    private static final int ROUNDS = 5_000;
    private static final long SEED = 20261122;

    private final Random random = new Random(SEED);
    private final long[] accepted = new long[PRODUCERS];
    private final long[] consumed = new long[PRODUCERS];
    private volatile EventQueue<long[]> queue = new EventQueue<>(1);
    private volatile int pause;

    @Test
    void handOff_fromFourProducers_keepsEachOnesOrder() {
        int each = 250_000;
        EventQueue<long[]> shared = new EventQueue<>(1 << 10);
        AtomicInteger atWork = new AtomicInteger(PRODUCERS);
        Crew.Part[] parts = new Crew.Part[PRODUCERS + 1];
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int own = producer;
            parts[own] = round -> {
                for (long number = 0; number < each; number++) {
                    long[] event = {own, number};
                    while (shared.offer(event) != OfferResult.ACCEPTED) {
                        Crew.giveWay();
                    }
                }
                if (atWork.decrementAndGet() == 0) {
                    shared.close();
                }
            };
        }
        parts[PRODUCERS] = round -> consumeUntilDrained(shared);

        Crew.play(1, round -> {}, round -> {}, parts);

        assertThat(consumed).containsOnly(each);
        assertThat(shared.polled()).isEqualTo((long) PRODUCERS * each);
    }

    @Test
    void close_racingWithProducersAndTheConsumer_losesNothing() {
        Crew.Part[] parts = new Crew.Part[PRODUCERS + 2];
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int own = producer;
            parts[own] = round -> accepted[own] = offerUntilClosed(queue, own);
        }
        parts[PRODUCERS] = round -> {
            Crew.spin(pause);
            queue.close();
        };
        parts[PRODUCERS + 1] = round -> consumeUntilDrained(queue);

        Crew.play(
                ROUNDS,
                round -> begin(),
                round -> {
                    assertThat(consumed).as("round %s, seed %s", round, SEED).isEqualTo(accepted);
                    assertThat(queue.offered())
                            .isEqualTo(Arrays.stream(accepted).sum());
                    assertThat(queue.size()).isZero();
                },
                parts);
    }

    @Test
    void abandon_racingWithProducers_neverBlocksThemAndCountsWhatIsLost() {
        Crew.Part[] parts = new Crew.Part[PRODUCERS + 1];
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int own = producer;
            parts[own] = round -> accepted[own] = offerUntilClosed(queue, own);
        }
        parts[PRODUCERS] = round -> {
            for (int i = 0; i < pause; i++) {
                take(queue);
            }
            queue.abandon();
        };

        Crew.play(
                ROUNDS,
                round -> begin(),
                round -> assertThat(Arrays.stream(accepted).sum()
                                - Arrays.stream(consumed).sum())
                        .as("round %s, seed %s", round, SEED)
                        .isEqualTo(queue.size()),
                parts);
    }

    @Test
    void close_racingWithOffersOfTheSameObject_keepsTheCount() {
        long[] same = {0, -1};
        long[] taken = new long[1];
        Crew.Part[] parts = new Crew.Part[PRODUCERS + 2];
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int own = producer;
            parts[own] = round -> {
                long count = 0;
                for (OfferResult result = OfferResult.FULL; result != OfferResult.CLOSED; ) {
                    result = queue.offer(same);
                    if (result == OfferResult.ACCEPTED) {
                        count++;
                    } else {
                        Crew.giveWay();
                    }
                }
                accepted[own] = count;
            };
        }
        parts[PRODUCERS] = round -> {
            Crew.spin(pause);
            queue.close();
        };
        parts[PRODUCERS + 1] = round -> {
            taken[0] = 0;
            while (!queue.isDrained()) {
                if (queue.poll() != null) {
                    taken[0]++;
                } else {
                    Crew.giveWay();
                }
            }
        };

        Crew.play(
                ROUNDS,
                round -> begin(),
                round -> assertThat(taken[0])
                        .as("round %s, seed %s", round, SEED)
                        .isEqualTo(Arrays.stream(accepted).sum())
                        .isEqualTo(queue.offered()),
                parts);
    }

    private void begin() {
        queue = new EventQueue<>(8);
        pause = random.nextInt(400);
        Arrays.fill(accepted, 0);
        Arrays.fill(consumed, 0);
    }

    private static long offerUntilClosed(EventQueue<long[]> queue, int own) {
        for (long number = 0; ; ) {
            switch (queue.offer(new long[] {own, number})) {
                case ACCEPTED -> number++;
                case FULL -> Crew.giveWay();
                case CLOSED -> {
                    return number;
                }
            }
        }
    }

    private void consumeUntilDrained(EventQueue<long[]> from) {
        while (!from.isDrained()) {
            if (!take(from)) {
                Crew.giveWay();
            }
        }
    }

    private boolean take(EventQueue<long[]> from) {
        long[] event = from.poll();
        if (event == null) {
            return false;
        }
        int producer = (int) event[0];
        if (event[1] != consumed[producer]) {
            throw new AssertionError("producer " + producer + ": " + event[1] + " instead of " + consumed[producer]);
        }
        consumed[producer]++;
        return true;
    }
}
