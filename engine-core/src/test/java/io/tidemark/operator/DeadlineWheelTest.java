package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.time.Timestamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a list of all deadlines. */
class DeadlineWheelTest {

    private static List<Integer> take(DeadlineWheel wheel, long watermark) {
        int count = wheel.take(watermark);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(wheel.position(i));
        }
        return taken;
    }

    /** A time ahead of the watermark: in its stretch, in a near one, beyond the wheel, or at the end of time. */
    private static long ahead(Random random, long watermark, long reach) {
        long distance = switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1 -> reach * 100;
            case 2 -> Long.MAX_VALUE;
            default -> 1 + random.nextLong(3 * reach);
        };
        return Timestamps.add(watermark, distance);
    }

    @Test
    void everyDeadlineIsTakenOnce_noneTooLate_andNothingAheadOfTheFirst() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = Seeds.random(seed);
            long reach = 1 + random.nextInt(random.nextBoolean() ? 50 : 1_000_000);
            DeadlineWheel wheel = new DeadlineWheel(reach);
            Map<Integer, Long> model = new HashMap<>();
            long watermark = seed % 3 == 0 ? Long.MIN_VALUE : -2 * reach;
            int next = 0;
            for (int step = 0; step < 400; step++) {
                for (int more = random.nextInt(40); more > 0; more--) {
                    long time = ahead(random, watermark, reach);
                    wheel.add(time, next, next);
                    model.put(next++, time);
                }
                if (watermark == Long.MIN_VALUE) {
                    watermark = seed % 2 == 0 ? Long.MIN_VALUE + 1 : 0;
                } else {
                    watermark += random.nextInt(10) == 0 ? 5_000 * reach : random.nextLong(reach + 2);
                }
                long first = wheel.first();
                List<Integer> taken = take(wheel, watermark);
                if (watermark < first) {
                    assertThat(taken).as("seed %d", seed).isEmpty();
                }
                for (int position : taken) {
                    assertThat(model.remove(position))
                            .as("seed %d step %d", seed, step)
                            .isNotNull();
                }
                long now = watermark;
                assertThat(model.values()).as("seed %d step %d", seed, step).allMatch(time -> time > now);
                long soonest =
                        model.values().stream().mapToLong(time -> time).min().orElse(Long.MAX_VALUE);
                assertThat(wheel.first()).as("seed %d step %d", seed, step).isLessThanOrEqualTo(soonest);
            }
            assertThat(take(wheel, Long.MAX_VALUE)).containsExactlyInAnyOrderElementsOf(model.keySet());
            assertThat(wheel.first()).isEqualTo(Long.MAX_VALUE);
            assertThat(take(wheel, Long.MAX_VALUE)).isEmpty();
        }
    }

    /** What is taken before its time is put back by its owner, and must not be lost between the stretches and the heap. */
    @Test
    void whatIsTakenTooEarly_comesAgain() {
        DeadlineWheel wheel = new DeadlineWheel(1_000_000);
        wheel.take(0);
        wheel.add(1_000_003, 7, 16);
        long watermark = wheel.first();
        assertThat(watermark).isBetween(900_000L, 1_000_002L);
        assertThat(take(wheel, watermark)).containsExactly(16);
        wheel.add(1_000_003, 7, 16);
        assertThat(wheel.first()).isEqualTo(1_000_003);
        assertThat(take(wheel, 1_000_002)).isEmpty();
        assertThat(take(wheel, 1_000_003)).containsExactly(16);
    }

    @Test
    void theFirst_isExactWhereAStretchIsAUnit() {
        DeadlineWheel wheel = new DeadlineWheel(100);
        wheel.take(-1_000);
        wheel.add(-900, 1, 10);
        wheel.add(-899, 2, 20);
        assertThat(wheel.first()).isEqualTo(-900);
        assertThat(take(wheel, -901)).isEmpty();
        assertThat(take(wheel, -900)).containsExactly(10);
        assertThat(wheel.first()).isEqualTo(-899);
        assertThat(take(wheel, -899)).containsExactly(20);
    }

    @Test
    void anEntry_knowsItsWindowByTheLowHalfOfTheNumber() {
        DeadlineWheel wheel = new DeadlineWheel(100);
        wheel.take(0);
        wheel.add(5, (3L << 32) + 9, 10);
        wheel.take(5);
        assertThat(wheel.isOf(0, (3L << 32) + 9)).isTrue();
        assertThat(wheel.isOf(0, 8)).isFalse();
        wheel.add(8, -1L >>> 32, 10);
        wheel.take(8);
        assertThat(wheel.isOf(0, -1L >>> 32)).isTrue();
        assertThat(wheel.isOf(0, WindowArena.NONE)).as("gone").isFalse();
    }
}
