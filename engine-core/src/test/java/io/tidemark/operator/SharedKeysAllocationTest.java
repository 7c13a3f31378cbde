package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slices of sliding sums share the places of their keys: also where that does not last, nothing is allocated for it again and again. */
class SharedKeysAllocationTest {
    private static final int ROWS = 1_000;
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ChainHarness harness = new ChainHarness();
    private final long[] longs = new long[ROWS * Row.LONGS];
    private final RowBatch batch = new RowBatch(longs, Row.LONGS, new @Nullable Object[0], 0, -1);
    private long read;

    private void open(long delay, long size, long slide) {
        harness.source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(delay)));
        Stream stream = Stream.of("w", Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide)));
        harness.streams.add(harness.chain.add(stream.spec(
                Aggregators.sumExact(row -> 0),
                List.of(Row.VALUE_COLUMN),
                result -> read += result.longValue(),
                late -> {})));
    }

    private void set(int row, long timestamp, long key) {
        longs[row * Row.LONGS] = timestamp;
        longs[row * Row.LONGS + Row.KEY_COLUMN] = key;
        longs[row * Row.LONGS + Row.VALUE_COLUMN] = 1;
    }

    private interface Step {
        /** Sets all rows. */
        void set(long step);
    }

    /** The least of some rounds, so that what others allocate by and by does not count. */
    private double bytesPerRow(Step step) {
        double least = Double.MAX_VALUE;
        long number = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < WARM_UP; i++) {
                step.set(number++);
                harness.chain.process(batch, 0, ROWS, harness.sources.get(0));
            }
            double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / (WARM_UP * ROWS);
            least = round == 0 ? least : Math.min(least, bytes);
        }
        assertThat(read).isPositive();
        return least;
    }

    @Test
    void burstsWithPausesLongerThanTheWindow() {
        open(0, 10_000, 5_000);
        assertThat(bytesPerRow(step -> {
                    for (int key = 0; key < ROWS; key++) {
                        set(key, 60_000 * step + key % 100, key);
                    }
                }))
                .isLessThan(1);
    }

    @Test
    void longBurstsWithPausesLongerThanTheWindow() {
        open(0, 400, 100);
        assertThat(bytesPerRow(step -> {
                    for (int row = 0; row < ROWS; row++) {
                        set(row, 100 * (step + step / 20 * 100) + row / 10, row / 2);
                    }
                }))
                .isLessThan(1);
    }

    @Test
    void keysThatDoNotComeAgain() {
        open(0, 400, 100);
        assertThat(bytesPerRow(step -> {
                    for (int row = 0; row < ROWS; row++) {
                        set(row, 100 * step + row / 10, 500 * step + row / 2);
                    }
                }))
                .isLessThan(1);
    }

    @Test
    void keysThatDoNotComeAgain_farBehindTheWatermark() {
        open(1_000, 200, 100);
        assertThat(bytesPerRow(step -> {
                    for (int row = 0; row < ROWS; row++) {
                        set(row, 100 * step + row / 10, 500 * step + row / 2);
                    }
                }))
                .isLessThan(1);
    }
}
