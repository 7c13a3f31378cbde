package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RowRingRaceTest {

    private static final int ROUNDS = 20_000;
    private static final long SEED = 20261122;

    private final Random random = new Random(SEED);
    private volatile RowRing ring = new RowRing(1, 1, 0, 0, () -> 0L);
    private volatile int pause;
    private long accepted;
    private long consumed;

    @Test
    void handOff_ofTenMillionRowsInOrder_singleAndBatched() {
        long rows = 10_000_000;
        RowRing shared = new RowRing(1 << 12, 2, 0, 64, System::nanoTime);
        Crew.play(
                1,
                round -> {},
                round -> assertThat(consumed).isEqualTo(rows),
                round -> {
                    long[] longs = shared.longs();
                    for (long next = 0; next < rows; ) {
                        int wanted = (next & 1 << 20) == 0 ? 256 : 1;
                        int granted = shared.claim((int) Math.min(wanted, rows - next));
                        if (granted == 0) {
                            Thread.yield();
                            continue;
                        }
                        int at = shared.nextSlot() * 2;
                        for (int i = 0; i < granted; i++, at += 2, next++) {
                            longs[at] = next;
                            longs[at + 1] = ~next;
                        }
                        accepted += shared.publish(granted) ? granted : 0;
                    }
                    shared.close();
                },
                round -> {
                    long[] longs = shared.longs();
                    long wrong = 0;
                    while (!shared.isDrained()) {
                        int found = shared.available(256);
                        int at = shared.readSlot() * 2;
                        for (int i = 0; i < found; i++, at += 2, consumed++) {
                            wrong |= longs[at] ^ consumed | longs[at + 1] ^ ~consumed;
                        }
                        shared.release(found);
                        if (found == 0) {
                            Thread.yield();
                        }
                    }
                    assertThat(wrong)
                            .as("bits that differ from the row's sequence")
                            .isZero();
                });
        assertThat(accepted).isEqualTo(rows);
    }

    @Test
    void close_racingWithAProducerAndAConsumer_losesNothing() {
        Crew.play(
                ROUNDS,
                round -> begin(round % 2 == 0 ? 4 : 64),
                round -> {
                    assertThat(consumed).as("round %s, seed %s", round, SEED).isEqualTo(accepted);
                    assertThat(ring.publishedRows()).isEqualTo(accepted);
                    assertThat(ring.size()).isZero();
                    assertThat(ring.objects()).containsOnlyNulls();
                },
                round -> accepted = publishUntilClosed(ring, 1 + round % 3),
                round -> {
                    Crew.spin(pause);
                    ring.close();
                },
                round -> consumed = consumeUntilDrained(ring));
    }

    @Test
    void abandon_racingWithAProducer_neverBlocksItAndCountsWhatIsLost() {
        AtomicInteger losses = new AtomicInteger();
        Crew.play(
                ROUNDS,
                round -> begin(64),
                round -> {
                    assertThat(accepted - consumed)
                            .as("round %s, seed %s", round, SEED)
                            .isEqualTo(ring.size());
                    losses.addAndGet(ring.size());
                },
                round -> accepted = publishUntilClosed(ring, 1),
                round -> {
                    long taken = 0;
                    for (int i = 0; i < pause; i++) {
                        int found = ring.available(3);
                        ring.release(found);
                        taken += found;
                    }
                    ring.abandon();
                    consumed = taken;
                });
        assertThat(losses).as("rows lost in all rounds: the race took place").hasPositiveValue();
    }

    private void begin(int capacity) {
        ring = new RowRing(capacity, 1, 1, 4, () -> 0L);
        pause = random.nextInt(400);
    }

    /** Returns how many rows were published with success. */
    private static long publishUntilClosed(RowRing ring, int batch) {
        long count = 0;
        while (true) {
            int granted = ring.claim(batch);
            if (granted == 0) {
                if (ring.isClosed()) {
                    return count;
                }
                Thread.yield();
                continue;
            }
            int slot = ring.nextSlot();
            for (int i = 0; i < granted; i++) {
                ring.longs()[slot + i] = count + i;
                ring.objects()[slot + i] = ring;
            }
            if (!ring.publish(granted)) {
                return count;
            }
            count += granted;
        }
    }

    /** Returns how many rows were taken; fails if one is not the next. */
    private static long consumeUntilDrained(RowRing ring) {
        long count = 0;
        while (!ring.isDrained()) {
            int found = ring.available(8);
            int slot = ring.readSlot();
            for (int i = 0; i < found; i++) {
                if (ring.longs()[slot + i] != count + i || ring.objects()[slot + i] != ring) {
                    throw new AssertionError("row " + (count + i) + " holds " + ring.longs()[slot + i]);
                }
            }
            ring.release(found);
            count += found;
            if (found == 0) {
                Thread.yield();
            }
        }
        return count;
    }
}
