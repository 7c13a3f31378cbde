package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
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
                        int wanted = (next & (1 << 20)) == 0 ? 256 : 1;
                        int granted = shared.claim((int) Math.min(wanted, rows - next));
                        if (granted == 0) {
                            Crew.giveWay();
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
                            wrong |= (longs[at] ^ consumed) | (longs[at + 1] ^ ~consumed);
                        }
                        shared.release(found);
                        if (found == 0) {
                            Crew.giveWay();
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
        assertThatClosingLosesNothing(ROUNDS, 0);
    }

    @Test
    void close_withoutAFenceInThePublishes_losesNothingEither() {
        assertThatClosingLosesNothing(ROUNDS / 10, 1_000_000);
    }

    private void assertThatClosingLosesNothing(int rounds, long closingGraceNanos) {
        Crew.play(
                rounds,
                round -> begin(round % 2 == 0 ? 4 : 64, closingGraceNanos),
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
        Crew.play(
                ROUNDS,
                round -> begin(64, 0),
                round -> {
                    assertThat(ring.size()).as("round %s, seed %s", round, SEED).isPositive();
                    assertThat(accepted - consumed)
                            .as("round %s, seed %s", round, SEED)
                            .isEqualTo(ring.size());
                },
                round -> accepted = publishUntilClosed(ring, 1),
                round -> {
                    while (ring.publishedRows() < 4 + pause % 60) {
                        Crew.giveWay();
                    }
                    consumed = ring.available(3); // so that some are left
                    ring.release((int) consumed);
                    Crew.spin(pause);
                    ring.abandon();
                });
    }

    private void begin(int capacity, long closingGraceNanos) {
        // The ticker is read between publish's two looks at the closed flag: a pause in it widens the gap that close()
        // may hit.
        ring = new RowRing(
                capacity,
                1,
                1,
                1,
                () -> {
                    Crew.spin(pause & 63);
                    return 0L;
                },
                closingGraceNanos);
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
                Crew.giveWay();
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
                Crew.giveWay();
            }
        }
        return count;
    }
}
