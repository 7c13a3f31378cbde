package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.time.Ticker;
import org.junit.jupiter.api.Test;

class RowRingCloseTest {

    private final RowRing ring = new RowRing(8, 1, 1, 0, () -> 0L);

    @Test
    void publish_afterCloseIsRefusedAndItsReferencesCleared() {
        assertThat(ring.claim(3)).isEqualTo(3);
        ring.objects()[0] = "a";
        ring.objects()[2] = "c";
        ring.close();

        assertThat(ring.publish(1)).isFalse();

        assertThat(ring.objects()).containsOnlyNulls();
        assertThat(ring.publishedRows()).isZero();
        assertThat(ring.available(8)).isZero();
        assertThat(ring.publish(2)).as("the rest of the void claim").isFalse();
    }

    @Test
    void inTheClosingGrace_itIsNotDrained_andTakesWhatBecomesVisible() {
        RowRing graceful = new RowRing(8, 1, 1, 0, () -> 0L, Long.MAX_VALUE / 2);
        assertThat(graceful.claim(2)).isEqualTo(2);
        assertThat(graceful.publish(1)).isTrue();
        graceful.close();
        assertThat(graceful.isDrained()).isFalse();
        assertThat(graceful.available(8)).isEqualTo(1);
        graceful.release(1);
        assertThat(graceful.isDrained()).as("a store may still be on its way").isFalse();
        assertThat(graceful.publish(1)).isFalse();
        assertThat(graceful.publishedRows()).isEqualTo(1);
    }

    @Test
    void afterTheClosingGrace_itIsDrained() {
        RowRing graceful = new RowRing(8, 1, 1, 0, () -> 0L, 1);
        assertThat(graceful.claim(1)).isEqualTo(1);
        assertThat(graceful.publish(1)).isTrue();
        graceful.close();
        assertThat(graceful.isDrained()).as("a row waits").isFalse();
        assertThat(graceful.available(8)).isEqualTo(1);
        graceful.release(1);
        while (!graceful.isDrained()) {
            Thread.onSpinWait(); // until a nanosecond is over
        }
        assertThat(graceful.isDrained()).isTrue();
        assertThat(graceful.claim(1)).isEqualTo(1);
        assertThat(graceful.publish(1)).isFalse();
    }

    @Test
    void rowsPublishedBeforeClose_areDrained() {
        write(3);
        ring.close();
        assertThat(ring.isClosed()).isTrue();

        assertThat(ring.isDrained()).isFalse();
        assertThat(ring.available(8)).isEqualTo(3);
        ring.release(2);
        assertThat(ring.isDrained()).isFalse();
        ring.release(1);
        assertThat(ring.isDrained()).isTrue();
        assertThat(ring.isDrained()).isTrue();
        assertThat(ring.size()).isZero();
    }

    @Test
    void isDrained_isFalseWhileOpenEvenIfEmpty() {
        assertThat(ring.isDrained()).isFalse();
        ring.close();
        assertThat(ring.isDrained()).isTrue();
    }

    @Test
    void closeDuringPublish_beforeTheConsumerLooked_keepsTheRows() {
        RowRing stamped = closedWhilePublishing(false);

        assertThat(stamped.claim(2)).isEqualTo(2);
        assertThat(stamped.publish(2)).isTrue();

        assertThat(stamped.isDrained()).isFalse();
        assertThat(stamped.available(8)).isEqualTo(2);
        stamped.release(2);
        assertThat(stamped.isDrained()).isTrue();
    }

    @Test
    void closeDuringPublish_afterTheConsumerWasDrained_withdrawsTheRows() {
        RowRing stamped = closedWhilePublishing(true);

        assertThat(stamped.claim(3)).isEqualTo(3);
        stamped.objects()[0] = "a";
        stamped.objects()[1] = "b";
        stamped.objects()[2] = "c";
        assertThat(stamped.publish(2)).isFalse();

        assertThat(stamped.objects()).containsOnlyNulls();
        assertThat(stamped.publishedRows()).isZero();
        assertThat(stamped.nextSlot()).isZero();
        assertThat(stamped.available(8)).isZero();
        assertThat(stamped.isDrained()).isTrue();
        assertThat(stamped.publish(1)).isFalse();
    }

    @Test
    void abandon_givesUpWhatIsLeftAndCountsIt() {
        write(5);
        assertThat(ring.available(8)).isEqualTo(5);
        ring.release(2);

        ring.abandon();

        assertThat(ring.isClosed()).isTrue();
        assertThat(ring.size()).isEqualTo(3);
        assertThat(ring.objects()).containsOnlyNulls();
        assertThat(ring.available(8)).isZero();
        assertThat(ring.isDrained()).isTrue();
        assertThat(ring.claim()).isEqualTo(5);
        assertThat(ring.publish(1)).isFalse();
        assertThat(ring.size()).isEqualTo(3);
    }

    @Test
    void abandonDuringPublish_withdrawsTheRowsWithoutWaiting() {
        RowRing[] holder = new RowRing[1];
        RowRing stamped = new RowRing(8, 1, 1, 1, () -> {
            holder[0].abandon();
            return 0L;
        });
        holder[0] = stamped;

        assertThat(stamped.claim(2)).isEqualTo(2);
        assertThat(stamped.publish(2)).isFalse();

        assertThat(stamped.size()).isZero();
        assertThat(stamped.publishedRows()).isZero();
        assertThat(stamped.isDrained()).isTrue();
    }

    @Test
    void abandonAfterTheEndIsFixed_losesNoCount() {
        write(4);
        ring.close();
        assertThat(ring.isDrained()).isFalse();
        assertThat(ring.available(8)).isEqualTo(4);
        ring.release(1);

        ring.abandon();
        ring.abandon();

        assertThat(ring.size()).isEqualTo(3);
        assertThat(ring.available(8)).isZero();
        assertThat(ring.isDrained()).isTrue();
    }

    private void write(int rows) {
        for (int i = 0; i < rows; i++) {
            ring.objects()[ring.claim()] = "event";
            assertThat(ring.publish(1)).isTrue();
        }
    }

    /** The ticker is read inside publish, between its two looks at the closed flag: the race, made certain. */
    private static RowRing closedWhilePublishing(boolean consumerLooks) {
        RowRing[] holder = new RowRing[1];
        Ticker closing = () -> {
            holder[0].close();
            if (consumerLooks) {
                assertThat(holder[0].isDrained()).isTrue();
            }
            return 0L;
        };
        holder[0] = new RowRing(8, 1, 1, 1, closing);
        return holder[0];
    }
}
