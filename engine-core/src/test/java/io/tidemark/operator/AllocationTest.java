package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With long keys, rows and results cost no memory once tables have found their size. */
class AllocationTest {
    private static final int BATCH = 1_024;
    private static final int BATCHES = 1_200;
    private static final int KEYS = 1_000;
    private static final Aggregation<Object, Long> COUNT = Aggregators.count();
    private static final Aggregation<Object, Long> SUM = Aggregators.sumExact(row -> 0);

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ChainHarness harness =
            new ChainHarness().source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(50)));
    private final long[] longs = new long[BATCH * Row.LONGS];
    private final RowBatch batch =
            new RowBatch(longs, Row.LONGS, new @Nullable Object[BATCH * Row.OBJECTS], Row.OBJECTS, -1);
    private int rowsPerBatch = BATCH;
    private long row;
    private long read;

    static List<WindowAssigner<Object>> windows() {
        Duration second = Duration.ofSeconds(1);
        return List.of(
                Windows.tumbling(second),
                Windows.sliding(second.multipliedBy(10), second),
                Windows.sliding(second.multipliedBy(10), second.multipliedBy(3)),
                Windows.sliding(second, second.multipliedBy(2)),
                Windows.session(Duration.ofMillis(20)));
    }

    private <R> void stream(
            WindowAssigner<Object> windows,
            Aggregation<Object, R> aggregation,
            List<Integer> inputs,
            WindowListener<Object, R> listener) {
        harness.streams.add(
                harness.chain.add(Stream.of("measured", windows).spec(aggregation, inputs, listener, late -> {
                    throw new AssertionError("nothing is late here");
                })));
    }

    private void readAll(WindowResult<Object, Aggregates> result) {
        read += result.value().getLong(COUNT) + result.value().getLong(SUM) + result.start() + result.end();
    }

    private void readSum(WindowResult<Object, Long> result) {
        read += result.longKey()
                + result.longValue()
                + result.count()
                + result.pane().number();
    }

    /** Ten rows a millisecond, up to 40 out of order, over keys that never end. */
    private void run(int batches) {
        for (int i = 0; i < batches; i++) {
            for (int at = 0; at < longs.length; at += Row.LONGS) {
                longs[at] = row / 10 + row * 7 % 41;
                longs[at + Row.KEY_COLUMN] = row * 31 % KEYS;
                longs[at + Row.VALUE_COLUMN] = row;
                row++;
            }
            for (int from = 0; from < BATCH; from += rowsPerBatch) {
                harness.chain.process(batch, from, from + rowsPerBatch, harness.sources.get(0));
                harness.chain.onClock(0, 0);
            }
        }
    }

    private double bytesPerRow() {
        run(BATCHES);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            run(BATCHES / 2);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(harness.streams.get(0).panes()).isPositive();
        assertThat(read).isNotZero();
        return (double) least / (BATCHES / 2 * (double) BATCH);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void countAndSum(WindowAssigner<Object> windows) {
        stream(windows, Aggregators.all(COUNT, SUM), List.of(Row.VALUE_COLUMN), this::readAll);
        assertThat(bytesPerRow()).isLessThan(0.1);
    }

    @Test
    void allKindsAtOnce() {
        windows().forEach(each -> stream(each, SUM, List.of(Row.VALUE_COLUMN), this::readSum));
        assertThat(bytesPerRow()).isLessThan(0.1);
    }

    @Test
    void rowByRow() {
        rowsPerBatch = 1;
        stream(Windows.tumbling(Duration.ofSeconds(1)), SUM, List.of(Row.VALUE_COLUMN), this::readSum);
        assertThat(bytesPerRow()).isLessThan(0.1);
    }
}
