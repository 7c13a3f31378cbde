package io.tidemark.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The minimum over the sources that count. */
class WatermarkTrackerTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private final WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);

    private SourceWatermark open(String name, boolean fromFirstEvent) {
        SourceWatermark source = new SourceWatermark(name, WatermarkStrategy.manual(), TimeUnit.MILLISECONDS, 0, 0);
        tracker.open(source, fromFirstEvent, 0);
        return source;
    }

    private long advance(SourceWatermark source, long watermark) {
        tracker.active(source, 0);
        source.advanceTo(watermark);
        tracker.enter(source);
        return tracker.update(source);
    }

    @Test
    void withoutSources_thereIsNoWatermark() {
        assertThat(tracker.onClock(1, 1)).isEqualTo(MIN);
        assertThat(tracker.holder()).isNull();
    }

    @Test
    void itIsTheMinimum() {
        SourceWatermark one = open("one", false);
        SourceWatermark other = open("other", false);
        assertThat(advance(one, 100)).isEqualTo(MIN);
        assertThat(advance(other, 50)).isEqualTo(50);
        assertThat(advance(other, 200)).isEqualTo(100);
        assertThat(tracker.heldWatermark()).isEqualTo(100);
    }

    @Test
    void enter_saysWhatTheOthersAllow() {
        SourceWatermark one = open("one", false);
        assertThat(tracker.enter(one)).as("alone").isEqualTo(MAX);
        SourceWatermark other = open("other", false);
        advance(other, 70);
        assertThat(tracker.enter(one)).isEqualTo(70);
        assertThat(tracker.enter(other)).isEqualTo(MIN);
    }

    @Test
    void aSourceThatJoins_holdsTheWatermarkButNeverLowersIt() {
        SourceWatermark one = open("one", false);
        advance(one, 100);
        SourceWatermark late = open("late", false);
        assertThat(tracker.onClock(1, 1)).isEqualTo(100);
        assertThat(advance(one, 150)).isEqualTo(100);
        assertThat(advance(late, 60)).isEqualTo(100);
        assertThat(advance(late, 120)).isEqualTo(120);
    }

    @Test
    void aSourceThatCountsFromItsFirstEvent_holdsNothingBefore() {
        SourceWatermark one = open("one", false);
        SourceWatermark shared = open("shared", true);
        assertThat(advance(one, 100)).isEqualTo(100);
        assertThat(tracker.holder()).isSameAs(one);
        tracker.active(shared, 0);
        assertThat(advance(one, 150)).isEqualTo(100);
        assertThat(tracker.holder()).isSameAs(shared);
    }

    @Test
    void aSourceThatCloses_holdsNothingAnyMore() {
        SourceWatermark one = open("one", false);
        SourceWatermark other = open("other", false);
        advance(one, 100);
        advance(other, 50);
        tracker.close(other);
        assertThat(tracker.onClock(1, 1)).isEqualTo(100);
        tracker.close(one);
        assertThat(tracker.onClock(2, 2)).as("all closed").isEqualTo(100);
        assertThat(tracker.heldWatermark()).isEqualTo(100);
    }

    @Test
    void finish_isTheEndOfTime() {
        advance(open("one", false), 100);
        tracker.finish();
        assertThat(tracker.watermark()).isEqualTo(MAX);
        assertThat(tracker.heldWatermark()).isEqualTo(MAX);
    }

    @Test
    void theHolder_isTheLowestThatCounts() {
        SourceWatermark one = open("one", false);
        SourceWatermark other = open("other", false);
        advance(one, 100);
        advance(other, 50);
        assertThat(tracker.holder()).isSameAs(other);
        assertThat(tracker.holdsOthersBack(other)).isTrue();
        advance(other, 100);
        assertThat(tracker.holdsOthersBack(other)).as("level").isFalse();
    }

    @Test
    void whateverHappens_itIsTheMinimumOrStaysWhereItIs() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = Seeds.random(seed);
            WatermarkTracker any = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
            List<SourceWatermark> counting = new ArrayList<>();
            long expected = MIN;
            for (int step = 0; step < 200; step++) {
                int choice = random.nextInt(10);
                if (choice == 0 || counting.isEmpty()) {
                    SourceWatermark joined =
                            new SourceWatermark("s" + step, WatermarkStrategy.manual(), TimeUnit.MILLISECONDS, 0, 0);
                    any.open(joined, false, 0);
                    counting.add(joined);
                } else if (choice == 1 && counting.size() > 1) {
                    any.close(counting.remove(random.nextInt(counting.size())));
                    any.onClock(0, 0);
                } else {
                    SourceWatermark moved = counting.get(random.nextInt(counting.size()));
                    moved.advanceTo(step + random.nextInt(50) - 100);
                    any.enter(moved);
                    any.update(moved);
                }
                long lowest = counting.stream()
                        .mapToLong(SourceWatermark::watermark)
                        .min()
                        .orElse(MIN);
                expected = Math.max(expected, lowest);
                assertThat(any.watermark()).as("seed %d step %d", seed, step).isEqualTo(expected);
                assertThat(any.heldWatermark())
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(expected);
            }
        }
    }
}
