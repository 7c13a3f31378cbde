package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.InvertibleLongAggregator;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An invertible aggregator that throws once, in one of its calls: what has left is gone, and later windows are whole. */
class SubtractOnEvictFailureTest {
    private enum Call {
        INITIALIZE,
        COMBINE,
        DEDUCT
    }

    /** A sum that throws at one of its calls. */
    private static final class Failing implements InvertibleLongAggregator<Object, Long> {
        private final Call call;
        private int left;

        Failing(Call call, int left) {
            this.call = call;
            this.left = left;
        }

        private void reach(Call reached) {
            if (reached == call && left-- == 0) {
                throw new IllegalStateException("failed in " + call);
            }
        }

        @Override
        public List<ToLongFunction<Object>> inputs() {
            return List.of(row -> ((Row) row).value());
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void initialize(long[] state, int at) {
            state[at] = 0;
            reach(Call.INITIALIZE);
        }

        @Override
        public void accumulate(
                long[] state, int[] positions, int offset, long[] rows, int first, int stride, int n, int[] columns) {
            for (int i = 0; i < n; i++) {
                state[positions[i] + offset] += rows[first + i * stride + columns[0]];
            }
        }

        @Override
        public void combine(long[] into, int intoAt, long[] from, int fromAt) {
            reach(Call.COMBINE);
            into[intoAt] += from[fromAt];
        }

        @Override
        public void deduct(long[] from, int fromAt, long[] part, int partAt) {
            reach(Call.DEDUCT);
            from[fromAt] -= part[partAt];
        }

        @Override
        public Long export(long[] state, int at, long count) {
            return state[at];
        }

        @Override
        public long exportLong(long[] state, int at, long count) {
            return state[at];
        }
    }

    /** Sliding 30 by 10: one event of keys 1 and 2 per slice, and at first one of key 3; the panes. */
    private static List<String> panes(Call call, int calls) {
        List<String> said = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
        OperatorChain chain = new OperatorChain(tracker, (stage, name, cause) -> failures.add(cause));
        SourceWatermark source =
                new SourceWatermark("s", WatermarkStrategy.ascending(), TimeUnit.MILLISECONDS, Row.VALUE_COLUMN, 0);
        tracker.open(source, false, 0);
        StreamCounters counters = chain.add(Stream.of(
                        "w", Windows.sliding(Duration.ofMillis(30), Duration.ofMillis(10)))
                .spec(
                        new Failing(call, calls),
                        List.of(Row.VALUE_COLUMN),
                        (WindowResult<Object, Long> result) -> said.add(result.key() + " " + result.window() + " "
                                + result.count() + ":" + result.value() + (result.incomplete() ? " incomplete" : "")),
                        late -> {}));
        List<Row> rows = new ArrayList<>();
        rows.add(Row.of(1, 3, 3));
        for (int slice = 0; slice < 12; slice++) {
            rows.add(Row.of(10L * slice + 2, 1, 1));
            rows.add(Row.of(10L * slice + 3, 2, 2));
        }
        long[] longs = new long[rows.size() * Row.LONGS];
        @Nullable Object[] objects = new Object[rows.size() * Row.OBJECTS];
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).write(longs, objects, i);
        }
        chain.process(new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE), 0, rows.size(), source);
        chain.finish();
        assertThat(failures).as("calls").hasSize(1);
        assertThat(counters.liveEntries()).as("after the end").isZero();
        return said;
    }

    private static void assertWholeAgain(Call call, int calls) {
        List<String> said = panes(call, calls);
        assertThat(said).as("panes of no events").noneMatch(line -> line.contains(" 0:"));
        assertThat(said.stream()
                        .filter(line -> line.contains(" [7") || line.contains(" [8"))
                        .toList())
                .as("%s, call %d: slices that came long after", call, calls)
                .containsExactlyInAnyOrder("1 [70, 100) 3:3", "2 [70, 100) 3:6", "1 [80, 110) 3:3", "2 [80, 110) 3:6");
    }

    @Test
    void onceInInitialize_laterWindowsAreWhole() {
        assertWholeAgain(Call.INITIALIZE, 0); // asked once, and again only where it threw
    }

    @Test
    void onceInCombine_laterWindowsAreWhole() {
        for (int calls = 0; calls < 12; calls++) {
            assertWholeAgain(Call.COMBINE, calls);
        }
    }

    @Test
    void onceInDeduct_laterWindowsAreWhole() {
        for (int calls = 0; calls < 8; calls++) {
            assertWholeAgain(Call.DEDUCT, calls);
        }
    }
}
