package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch knows of its rows' timestamps. */
class RowBatchTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    /** Rows behind {@code slot} others, between the ends of {@code long} in all other columns and all other rows. */
    private static RowBatch batch(int longStride, int slot, long... timestamps) {
        long[] longs = new long[(slot + timestamps.length + 2) * longStride];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = i % 2 == 0 ? MIN : MAX;
        }
        for (int i = 0; i < timestamps.length; i++) {
            longs[(slot + i) * longStride] = timestamps[i];
        }
        @Nullable Object[] objects = new Object[0];
        RowBatch batch = new RowBatch(longs, longStride, objects, 0, -1);
        batch.startAt(slot);
        return batch;
    }

    private static void assertMeasured(RowBatch batch, int from, int to, long earliest, long latest) {
        batch.measure(from, to);
        assertThat(batch.earliest()).isEqualTo(earliest);
        assertThat(batch.latest()).isEqualTo(latest);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1, MIN, MIN + 1, MAX - 1, MAX})
    void oneRow_isBothTheEarliestAndTheLatest(long timestamp) {
        assertMeasured(batch(3, 2, timestamp), 0, 1, timestamp, timestamp);
    }

    @Test
    void theExtremes_mayLieAnywhere() {
        assertMeasured(batch(2, 0, 5, 7, 6), 0, 3, 5, 7);
        assertMeasured(batch(2, 0, 7, 6, 5), 0, 3, 5, 7);
        assertMeasured(batch(2, 0, 6, 7, 5), 0, 3, 5, 7);
        assertMeasured(batch(2, 0, 6, 5, 7), 0, 3, 5, 7);
        assertMeasured(batch(2, 0, -5, -7, -6), 0, 3, -7, -5);
        assertMeasured(batch(2, 0, 0, MIN, MAX), 0, 3, MIN, MAX);
        assertMeasured(batch(2, 0, MAX, MIN), 0, 2, MIN, MAX);
        assertMeasured(batch(2, 0, -1, -1, -1), 0, 3, -1, -1);
    }

    @Test
    void rowsOutsideOfTheRange_areNotLookedAt() {
        RowBatch batch = batch(2, 4, MIN, 3, -2, 8, MAX);
        assertMeasured(batch, 1, 4, -2, 8);
        assertMeasured(batch, 2, 3, -2, -2);
        assertMeasured(batch, 0, 2, MIN, 3);
        assertMeasured(batch, 3, 5, 8, MAX);
    }

    @Test
    void aNewMeasure_forgetsTheOneBefore() {
        RowBatch batch = batch(1, 0, MIN, MAX, 4, 3);
        assertMeasured(batch, 0, 2, MIN, MAX);
        assertMeasured(batch, 2, 4, 3, 4);
        batch.startAt(1);
        assertMeasured(batch, 0, 3, 3, MAX);
    }

    @Test
    void randomRows_areMeasuredAsAStreamMeasuresThem() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = Seeds.random(seed);
            long[] timestamps = random.longs(1 + random.nextInt(300)).toArray();
            if (random.nextBoolean()) {
                timestamps = Arrays.stream(timestamps).map(any -> any >> 58).toArray(); // many are equal
            }
            RowBatch batch = batch(1 + random.nextInt(5), random.nextInt(4), timestamps);
            int from = random.nextInt(timestamps.length);
            int to = from + 1 + random.nextInt(timestamps.length - from);
            batch.measure(from, to);
            long[] measured = Arrays.copyOfRange(timestamps, from, to);
            assertThat(batch.earliest())
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.of(measured).min().orElseThrow());
            assertThat(batch.latest())
                    .as("seed %d", seed)
                    .isEqualTo(LongStream.of(measured).max().orElseThrow());
        }
    }

    @Test
    void narrowed_toTheRowsBeforeTheFirstThatIsTooLow() {
        RowBatch batch = batch(3, 1, 20, 25, 21, 9, 99);
        batch.measure(0, 5);
        assertThat(batch.narrow(0, 5, 10, 22, MAX)).isEqualTo(3);
        assertThat(batch.latest()).as("of the three").isEqualTo(25);
        assertThat(batch.earliest()).isBetween(10L, 20L);
        assertThat(batch.narrow(3, 5, 10, 25, MAX)).as("the first is too low").isZero();
        assertThat(batch.narrow(4, 5, 10, 25, MAX)).isEqualTo(1);
        assertThat(batch.latest()).isEqualTo(99);
    }

    @Test
    void narrowed_toTheRowThatIsEnough() {
        RowBatch batch = batch(2, 0, 10, 14, 15, 16);
        batch.measure(0, 4);
        assertThat(batch.narrow(0, 4, 0, MIN, 15)).isEqualTo(3);
        assertThat(batch.latest()).isEqualTo(15);
        assertThat(batch.narrow(3, 4, 0, 15, 16)).isEqualTo(1);
    }

    @Test
    void narrowed_theRowAtTheBoundIsIn_andWhatCameBeforeIsNotForgotten() {
        RowBatch batch = batch(1, 0, 10, 11, 9);
        batch.measure(0, 3);
        assertThat(batch.narrow(0, 3, 10, 30, MAX)).isEqualTo(2);
        assertThat(batch.earliest()).isEqualTo(10);
        assertThat(batch.latest()).isEqualTo(30);
        batch.measure(0, 3);
        assertThat(batch.narrow(0, 3, 9, MIN, MAX)).as("nothing is too low").isEqualTo(3);
        assertThat(batch.earliest()).isEqualTo(9);
        assertThat(batch.latest()).isEqualTo(11);
    }
}
