package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ring.OfferResult;
import io.tidemark.ring.RowRing;
import io.tidemark.time.Ticker;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a thread must know before it waits for more rows of a source: whether more can come at all. */
class LaneGrowthTest {
    private static final int CAPACITY = 8;
    private static final int MAX = 100;

    private final RowRing ring = new RowRing(CAPACITY, 2, 0, 1, Ticker.system());
    private final RingLane lane = new RingLane(
            "s",
            new SourceWatermark("s", WatermarkStrategy.ascending(), TimeUnit.MILLISECONDS, 0, 0),
            new SourceLatency("s", -1, 1, 1),
            ring,
            new RowLayout<>(List.of("value")),
            1);

    private void publish(int rows) {
        for (int row = 0; row < rows; row++) {
            assertThat(ring.claim(1)).isEqualTo(1);
            assertThat(ring.publish(1)).isTrue();
        }
    }

    @Test
    void whileThereIsRoom_moreMayCome() {
        publish(3);
        assertThat(lane.take(MAX)).isEqualTo(3);
        assertThat(lane.mayGrow(3)).isTrue();
        publish(2);
        assertThat(lane.take(MAX)).isEqualTo(5);
    }

    @Test
    void toAFullRing_noMoreComes() {
        publish(CAPACITY);
        assertThat(lane.take(MAX)).isEqualTo(CAPACITY);
        assertThat(lane.mayGrow(CAPACITY)).isFalse();
    }

    @Test
    void behindTheEndOfTheRing_noMoreComes() {
        publish(6);
        assertThat(lane.take(MAX)).isEqualTo(6);
        lane.release(6, 0);
        publish(4);
        assertThat(lane.take(MAX)).isEqualTo(2);
        assertThat(lane.mayGrow(2)).isFalse();
    }

    @Test
    void behindACommand_noMoreComes() {
        publish(3);
        assertThat(lane.offer(1_000)).isEqualTo(OfferResult.ACCEPTED);
        publish(1);
        assertThat(lane.take(MAX)).isEqualTo(3);
        assertThat(lane.mayGrow(3)).isFalse();
    }
}
