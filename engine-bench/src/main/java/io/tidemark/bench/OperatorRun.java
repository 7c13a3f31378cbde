package io.tidemark.bench;

import io.tidemark.Column;
import io.tidemark.LongRow;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.LongAggregator;
import io.tidemark.bench.workload.Contender;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.PaneTally;
import io.tidemark.bench.workload.Workload;
import io.tidemark.operator.KeyLocation;
import io.tidemark.operator.OperatorChain;
import io.tidemark.operator.PaneRules;
import io.tidemark.operator.RowBatch;
import io.tidemark.operator.WindowSpec;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.Accumulation;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowListener;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The operator alone on one workload, in batches from an array. */
final class OperatorRun implements Contender {
    /** Rows in a batch, as many as the engine takes from a ring at once. */
    static final int BATCH = 1_024;

    private final PaneTally tally = new PaneTally();
    private final OperatorChain chain;
    private final SourceWatermark watermark;
    private final @Nullable WindowListener<Long, Long> listener;
    private final boolean handlesLate;

    OperatorRun(Workload workload) {
        this(workload, null);
    }

    /** Gives single values to {@code listener}, if there is one, instead of tallying them. */
    OperatorRun(Workload workload, @Nullable WindowListener<Long, Long> listener) {
        this.listener = listener;
        handlesLate = workload == Workload.TUMBLING_LATE;
        WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
        watermark = new SourceWatermark(
                "bench",
                WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(EventStream.JITTER)),
                TimeUnit.MILLISECONDS,
                -1,
                0);
        tracker.open(watermark, false, 0);
        chain = new OperatorChain(tracker, (stage, name, thrown) -> {
            throw thrown;
        });
        add(workload);
    }

    private void addLate(LateEvent<Long, LongRow> late) {
        tally.addLate(
                Objects.requireNonNull(late.key()),
                late.timestamp(),
                late.values().get(0));
    }

    /** Adds the windows of a workload, with one aggregator, so that several windows share their slices. */
    private void add(Workload workload) {
        LongAggregator<LongRow, Long> count = Aggregators.count();
        LongAggregator<LongRow, Long> sum = Aggregators.sumExact(Column.of("value"));
        LongAggregator<LongRow, Long> max = Aggregators.max(Column.of("value"));
        for (WindowAssigner<Object> windows : workload.windows()) {
            switch (workload.measure()) {
                case COUNT_AND_SUM -> addCountAndSum(windows, count, sum);
                case SUM -> addValue(windows, sum);
                case MAX -> addValue(windows, max);
            }
        }
    }

    private void addCountAndSum(
            WindowAssigner<Object> windows, LongAggregator<LongRow, Long> count, LongAggregator<LongRow, Long> sum) {
        chain.add(spec(
                windows,
                Aggregators.all(count, sum),
                pane -> tally.add(
                        pane.longKey(),
                        pane.start(),
                        pane.end(),
                        pane.value().getLong(count),
                        pane.value().getLong(sum))));
    }

    private void addValue(WindowAssigner<Object> windows, LongAggregator<LongRow, Long> aggregator) {
        chain.add(spec(
                windows,
                aggregator,
                listener != null
                        ? listener
                        : pane -> tally.add(pane.longKey(), pane.start(), pane.end(), pane.longValue())));
    }

    private <R> WindowSpec<LongRow, Long, R> spec(
            WindowAssigner<Object> windows, Aggregation<LongRow, R> aggregation, WindowListener<Long, R> listener) {
        return new WindowSpec<>(
                "bench",
                KeyLocation.longColumn(EventStream.KEY),
                windows.in(TimeUnit.MILLISECONDS),
                -1,
                0,
                PaneRules.of(Trigger.afterWatermark(), Accumulation.ACCUMULATING, TimeUnit.MILLISECONDS),
                0,
                false,
                aggregation,
                List.of(EventStream.VALUE),
                listener,
                null,
                handlesLate ? this::addLate : null,
                null,
                false);
    }

    @Override
    public void process(long[] rows) {
        RowBatch batch = batch(rows);
        int events = rows.length / EventStream.STRIDE;
        for (int row = 0; row < events; row += BATCH) {
            process(batch, row, Math.min(BATCH, events - row));
        }
    }

    /** For {@link #process(RowBatch, int, int)}. */
    static RowBatch batch(long[] rows) {
        return new RowBatch(rows, EventStream.STRIDE, new Object[0], 0, -1);
    }

    /** Takes {@code count} rows, at most {@link #BATCH}. */
    void process(RowBatch batch, int row, int count) {
        batch.startAt(row);
        chain.process(batch, 0, count, watermark);
    }

    @Override
    public PaneTally.Summary finish() {
        chain.finish();
        return tally.summary();
    }
}
