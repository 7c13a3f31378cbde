package io.tidemark.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {

    private final EventQueue<String> queue = new EventQueue<>(4);

    @ParameterizedTest
    @CsvSource({"1,2", "2,2", "3,4", "1000,1024"})
    void capacity_isRoundedUpToAPowerOfTwoOfAtLeastTwo(int asked, int rounded) {
        assertThat(new EventQueue<String>(asked).capacity()).isEqualTo(rounded);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, (1 << 27) + 1})
    void capacity_outOfRangeIsRefusedWithItsValue(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventQueue<String>(capacity))
                .withMessageContaining("capacity " + capacity);
    }

    @Test
    @SuppressWarnings("NullAway")
    void offer_ofNullIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null)).withMessageContaining("event is null");
        assertThat(queue.offered()).isZero();
    }

    @Test
    void events_comeOutInTheOrderOffered() {
        assertThat(queue.offer("a")).isEqualTo(OfferResult.ACCEPTED);
        assertThat(queue.offer("b")).isEqualTo(OfferResult.ACCEPTED);
        assertThat(queue.size()).isEqualTo(2);

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.poll()).isEqualTo("b");
        assertThat(queue.poll()).isNull();
        assertThat(queue.hasUnstored()).isFalse();
        assertThat(queue.offered()).isEqualTo(2);
        assertThat(queue.polled()).isEqualTo(2);
        assertThat(queue.size()).isZero();
    }

    @Test
    void offer_toAFullQueueSaysFullUntilOneIsPolled() {
        fill();

        assertThat(queue.offer("more")).isEqualTo(OfferResult.FULL);
        assertThat(queue.size()).isEqualTo(4);
        assertThat(queue.hasUnstored()).isFalse();

        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.offer("more")).isEqualTo(OfferResult.ACCEPTED);
        assertThat(queue.offered()).isEqualTo(5);
    }

    @Test
    void close_refusesWhatComesLaterAndLetsTheRestBeDrained() {
        fill();
        queue.close();

        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.offer("more")).isEqualTo(OfferResult.CLOSED);
        for (int left = 4; left > 0; left--) {
            assertThat(queue.isDrained()).isFalse();
            assertThat(queue.poll()).isNotNull();
        }
        assertThat(queue.isDrained()).isTrue();
        assertThat(queue.isDrained()).isTrue();
        assertThat(queue.poll()).isNull();
        assertThat(queue.offered()).isEqualTo(4);
        assertThat(queue.polled()).isEqualTo(4);
    }

    @Test
    void isDrained_isFalseWhileOpenEvenIfEmpty() {
        assertThat(queue.isDrained()).isFalse();
        queue.close();
        assertThat(queue.isDrained()).isTrue();
    }

    @Test
    void abandon_givesUpWhatIsLeftAndCountsIt() {
        fill();
        assertThat(queue.poll()).isEqualTo("a");

        queue.abandon();
        queue.abandon();

        assertThat(queue.isClosed()).isTrue();
        assertThat(queue.isDrained()).isTrue();
        assertThat(queue.poll()).isNull();
        assertThat(queue.hasUnstored()).isFalse();
        assertThat(queue.offer("more")).isEqualTo(OfferResult.CLOSED);
        assertThat(queue.offered()).isEqualTo(4);
        assertThat(queue.polled()).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(3);
    }

    @Test
    void abandon_whenDrainedHasNoEffect() {
        fill();
        queue.close();
        while (queue.poll() != null) {
            assertThat(queue.isDrained()).isEqualTo(queue.size() == 0);
        }

        queue.abandon();

        assertThat(queue.polled()).isEqualTo(4);
        assertThat(queue.size()).isZero();
    }

    private void fill() {
        for (String event : new String[] {"a", "b", "c", "d"}) {
            assertThat(queue.offer(event)).isEqualTo(OfferResult.ACCEPTED);
        }
    }
}
