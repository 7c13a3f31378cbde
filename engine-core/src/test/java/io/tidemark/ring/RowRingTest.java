package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tidemark.time.Ticker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowRingTest {

    private long now = 1_000;
    private final Ticker ticker = () -> now;

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "5,8", "8,8", "1000,1024"})
    void capacity_isRoundedUpToAPowerOfTwo(int asked, int rounded) {
        RowRing ring = new RowRing(asked, 3, 2, 0, ticker);

        assertThat(ring.capacity()).isEqualTo(rounded);
        assertThat(ring.longs()).hasSize(rounded * 3);
        assertThat(ring.objects()).hasSize(rounded * 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, (1 << 27) + 1, Integer.MAX_VALUE})
    void capacity_outOfRangeIsRefusedWithItsValue(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing(capacity, 1, 0, 0, ticker))
                .withMessageContaining("capacity " + capacity)
                .withMessageContaining("choose 1 to 134217728");
    }

    @Test
    void capacity_timesStrideBeyondAnArrayIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing(1 << 27, 16, 0, 0, ticker))
                .withMessageContaining("2147483648 elements");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing((1 << 26) + 1, 0, Integer.MAX_VALUE, 0, ticker))
                .withMessageContaining("rounded up to 134217728");
    }

    @Test
    void rowWithoutAnyFieldIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RowRing(8, 0, 0, 0, ticker));
        assertThatIllegalArgumentException().isThrownBy(() -> new RowRing(8, -1, 2, 0, ticker));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing(8, 2, -1, 0, ticker))
                .withMessageContaining("2 longs and -1 references");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -2, -1, 3, 12})
    void stampEvery_otherThanZeroOrAPowerOfTwoIsRefused(int stampEvery) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing(8, 1, 0, stampEvery, ticker))
                .withMessageContaining("stampEvery " + stampEvery);
    }

    @Test
    @SuppressWarnings("NullAway")
    void ticker_nullIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new RowRing(8, 1, 0, 0, null))
                .withMessageContaining("Ticker.system()");
    }

    @Test
    void claim_publishesNothingAndGivesTheSameSlotAgain() {
        RowRing ring = new RowRing(4, 1, 0, 0, ticker);

        assertThat(ring.claim()).isZero();
        assertThat(ring.claim()).isZero();
        assertThat(ring.available(4)).isZero();
        assertThat(ring.publishedRows()).isZero();

        assertThat(ring.publish(1)).isTrue();
        assertThat(ring.claim()).isEqualTo(1);
        assertThat(ring.available(4)).isEqualTo(1);
    }

    @Test
    void claim_onAFullRingSaysFullUntilARowIsReleased() {
        RowRing ring = new RowRing(2, 1, 0, 0, ticker);
        publish(ring, 2);

        assertThat(ring.claim()).isEqualTo(-1);
        assertThat(ring.claim(2)).isZero();
        assertThat(ring.size()).isEqualTo(2);

        assertThat(ring.available(1)).isEqualTo(1);
        ring.release(1);

        assertThat(ring.claim()).isZero();
    }

    @Test
    void claim_ofManyIsCutAtTheEndOfTheArrays() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);
        publish(ring, 6);
        take(ring, 5);

        assertThat(ring.nextSlot()).isEqualTo(6);
        assertThat(ring.claim(100)).isEqualTo(2);
        assertThat(ring.publish(2)).isTrue();

        assertThat(ring.nextSlot()).isZero();
        assertThat(ring.claim(100)).isEqualTo(5);
        assertThat(ring.publish(5)).isTrue();
        assertThat(ring.claim(100)).isZero();
        assertThat(ring.size()).isEqualTo(8);
    }

    @Test
    void claim_ofManyGrantsWhatThereIsRoomFor() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);
        publish(ring, 5);

        assertThat(ring.claim(2)).isEqualTo(2);
        assertThat(ring.claim(8)).isEqualTo(3);
    }

    @Test
    void claim_looksAgainWhenTheKnownRoomIsLessThanWanted() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);
        publish(ring, 8);
        take(ring, 3);
        publish(ring, 1); // two more are known to fit
        take(ring, 5);

        assertThat(ring.claim(8)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void claimAndAvailable_refuseLessThanOneRow(int rows) {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);

        assertThatIllegalArgumentException().isThrownBy(() -> ring.claim(rows)).withMessageContaining(rows + " rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ring.available(rows))
                .withMessageContaining(rows + " rows");
    }

    @Test
    void publish_ofMoreThanClaimedIsRefusedAndLeavesTheClaim() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);
        assertThat(ring.claim(3)).isEqualTo(3);

        assertThatIllegalStateException().isThrownBy(() -> ring.publish(4)).withMessageContaining("3 are claimed");
        assertThatIllegalStateException().isThrownBy(() -> ring.publish(-1)).withMessageContaining("-1 rows");

        assertThat(ring.publish(2)).isTrue();
        assertThat(ring.publish(1)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> ring.publish(1)).withMessageContaining("0 are claimed");
        assertThat(ring.publishedRows()).isEqualTo(3);
    }

    @Test
    void publish_ofNoRowsTellsWhetherTheRingIsOpen() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);

        assertThat(ring.publish(0)).isTrue();
        ring.close();
        assertThat(ring.publish(0)).isFalse();
        assertThat(ring.publishedRows()).isZero();
    }

    @Test
    void rows_comeOutAsTheyWentInOverManyLaps() {
        RowRing ring = new RowRing(4, 2, 1, 0, ticker);
        for (long sequence = 0; sequence < 1_000; sequence++) {
            int slot = ring.claim();
            ring.longs()[slot * 2] = sequence;
            ring.longs()[slot * 2 + 1] = -sequence;
            ring.objects()[slot] = "event " + sequence;
            assertThat(ring.publish(1)).isTrue();

            assertThat(ring.available(4)).isEqualTo(1);
            assertThat(ring.readSequence()).isEqualTo(sequence);
            int read = ring.readSlot();
            assertThat(ring.longs()[read * 2]).isEqualTo(sequence);
            assertThat(ring.longs()[read * 2 + 1]).isEqualTo(-sequence);
            assertThat(ring.objects()[read]).isEqualTo("event " + sequence);
            ring.release(1);
        }
        assertThat(ring.publishedRows()).isEqualTo(1_000);
        assertThat(ring.releasedRows()).isEqualTo(1_000);
        assertThat(ring.size()).isZero();
    }

    @Test
    void available_isCutAtMaxAndAtTheEndOfTheArrays() {
        RowRing ring = new RowRing(4, 1, 0, 0, ticker);
        publish(ring, 3);
        take(ring, 2);
        publish(ring, 3);

        assertThat(ring.available(1)).isEqualTo(1);
        assertThat(ring.readSlot()).isEqualTo(2);
        assertThat(ring.available(100)).isEqualTo(2);
        ring.release(2);
        assertThat(ring.readSlot()).isZero();
        assertThat(ring.available(100)).isEqualTo(2);
    }

    @Test
    void available_seesRowsPublishedSinceItLastLooked() {
        RowRing ring = new RowRing(8, 1, 0, 0, ticker);
        publish(ring, 1);
        assertThat(ring.available(4)).isEqualTo(1);

        publish(ring, 2);

        assertThat(ring.available(4)).isEqualTo(3);
    }

    @Test
    void release_ofMoreThanFoundIsRefused() {
        RowRing ring = new RowRing(4, 1, 0, 0, ticker);
        publish(ring, 2);
        assertThatIllegalStateException().isThrownBy(() -> ring.release(1)).withMessageContaining("0 were found");

        assertThat(ring.available(4)).isEqualTo(2);

        assertThatIllegalStateException().isThrownBy(() -> ring.release(3)).withMessageContaining("2 were found");
        assertThatIllegalStateException().isThrownBy(() -> ring.release(-1));
        ring.release(0);
        assertThat(ring.releasedRows()).isZero();
    }

    @Test
    void release_acrossTheEndOfTheArraysIsRefused() {
        RowRing ring = new RowRing(4, 1, 0, 0, ticker);
        publish(ring, 3);
        take(ring, 3);
        publish(ring, 3);
        assertThat(ring.available(4)).isEqualTo(1);

        assertThatIllegalStateException().isThrownBy(() -> ring.release(2)).withMessageContaining("1 were found");
    }

    @Test
    void release_clearsTheReferencesOfThoseRowsOnly() {
        RowRing ring = new RowRing(4, 1, 2, 0, ticker);
        assertThat(ring.claim(4)).isEqualTo(4);
        for (int i = 0; i < 8; i++) {
            ring.objects()[i] = i;
        }
        assertThat(ring.publish(4)).isTrue();
        assertThat(ring.available(4)).isEqualTo(4);

        ring.release(1);
        assertThat(ring.objects()).containsExactly(null, null, 2, 3, 4, 5, 6, 7);

        ring.release(3);
        assertThat(ring.objects()).containsOnlyNulls();
    }

    @Test
    void stamps_areTakenOnceForEachPublishThatHasOne() {
        RowRing ring = new RowRing(8, 1, 0, 4, ticker);
        now = 10;
        publish(ring, 1);
        now = 20;
        publish(ring, 6); // 1 to 6, so 4 is stamped
        assertThat(ring.available(7)).isEqualTo(7);
        assertThat(ring.stampOf(0)).isEqualTo(10);
        assertThat(ring.stampOf(4)).isEqualTo(20);
        ring.release(7);

        now = 30;
        publish(ring, 1);
        now = 40;
        publish(ring, 7);
        assertThat(ring.available(1)).isEqualTo(1);
        ring.release(1);
        assertThat(ring.available(8)).isEqualTo(7);
        assertThat(ring.stampOf(8)).isEqualTo(40);
        assertThat(ring.stampOf(12)).isEqualTo(40);
    }

    @Test
    void stamps_ofEveryRowKeepUpOverManyLaps() {
        RowRing ring = new RowRing(4, 1, 0, 1, ticker);
        for (int lap = 0; lap < 10; lap++) {
            for (int row = 0; row < 4; row++) {
                now++;
                publish(ring, 1);
            }
            assertThat(ring.available(4)).isEqualTo(4);
            for (int row = 0; row < 4; row++) {
                assertThat(ring.stampOf(lap * 4L + row)).isEqualTo(1_001 + lap * 4L + row);
            }
            ring.release(4);
        }
    }

    @Test
    void stamps_rarerThanTheCapacityNeedOneEntry() {
        RowRing ring = new RowRing(4, 1, 0, 16, ticker);
        for (int sequence = 0; sequence < 64; sequence++) {
            now = sequence;
            publish(ring, 1);
            assertThat(ring.available(4)).isEqualTo(1);
            if (sequence % 16 == 0) {
                assertThat(ring.stampOf(sequence)).isEqualTo(sequence);
            }
            ring.release(1);
        }
    }

    @Test
    void stampOf_refusesRowsWithoutOneAndRowsOutOfReach() {
        RowRing ring = new RowRing(8, 1, 0, 2, ticker);
        publish(ring, 4);
        assertThat(ring.available(4)).isEqualTo(4);
        ring.release(1);

        assertThatIllegalArgumentException().isThrownBy(() -> ring.stampOf(1)).withMessageContaining("stampEvery is 2");
        assertThatIllegalArgumentException().isThrownBy(() -> ring.stampOf(0)).withMessageContaining("rows 1 to 4");
        assertThatIllegalArgumentException().isThrownBy(() -> ring.stampOf(4)).withMessageContaining("rows 1 to 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RowRing(8, 1, 0, 0, ticker).stampOf(0))
                .withMessageContaining("stampEvery is 0");
    }

    private static void publish(RowRing ring, int rows) {
        for (int left = rows; left > 0; ) {
            int granted = ring.claim(left);
            assertThat(granted).isPositive();
            assertThat(ring.publish(granted)).isTrue();
            left -= granted;
        }
    }

    private static void take(RowRing ring, int rows) {
        assertThat(ring.available(rows)).isEqualTo(rows);
        ring.release(rows);
    }
}
