package io.tidemark.operator;

import io.tidemark.aggregate.Aggregation;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.watermark.WatermarkTracker;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A chain driven by hand; everything it says is written down, line by line, in the order in which it was said. */
final class ChainHarness {
    final WatermarkTracker tracker = new WatermarkTracker(IdlePolicy.HOLD, TimeUnit.MILLISECONDS);
    final List<String> said = new ArrayList<>();
    final List<RuntimeException> failures = new ArrayList<>();
    final OperatorChain chain = new OperatorChain(tracker, (stage, name, cause) -> failures.add(cause));
    final List<SourceWatermark> sources = new ArrayList<>();
    final List<StreamCounters> streams = new ArrayList<>();

    /** What happens to a chain: rows, and what comes between them. */
    interface Step {
        /** The row; null for what comes between rows. */
        default @Nullable Row row() {
            return null;
        }

        default void run(ChainHarness harness) {}

        static Step event(Row row) {
            return new Step() {
                @Override
                public Row row() {
                    return row;
                }
            };
        }

        static Step advance(int source, long watermark) {
            return new Step() {
                @Override
                public void run(ChainHarness harness) {
                    harness.chain.advanceTo(harness.sources.get(source), watermark);
                }
            };
        }

        static Step close(int source) {
            return new Step() {
                @Override
                public void run(ChainHarness harness) {
                    harness.tracker.close(harness.sources.get(source));
                }
            };
        }
    }

    ChainHarness source(WatermarkStrategy<?> strategy) {
        SourceWatermark source =
                new SourceWatermark("s" + sources.size(), strategy, TimeUnit.MILLISECONDS, Row.VALUE_COLUMN, 0);
        sources.add(source);
        tracker.open(source, false, 0);
        return this;
    }

    ChainHarness stream(Stream stream) {
        streams.add(chain.add(stream.spec(this::pane, this::late)));
        return this;
    }

    /** A stream over an aggregation that other streams may have too. */
    ChainHarness stream(Stream stream, Aggregation<Object, Long> aggregation) {
        streams.add(chain.add(stream.spec(aggregation, List.of(Row.VALUE_COLUMN), this::pane, this::late)));
        return this;
    }

    private void pane(WindowResult<Object, Long> result) {
        String key = "-";
        try {
            key = String.valueOf(result.key());
        } catch (IllegalStateException noKey) {
            // windows without a key
        }
        said.add(result.stream() + " " + key + " [" + result.start() + "," + result.end() + ") "
                + result.pane().timing()
                + result.pane().number() + (result.pane().last() ? " last " : " ") + result.count() + ":"
                + (result.overflowed() ? "overflow" : result.longValue()));
    }

    private void late(LateEvent<Object, Object> event) {
        said.add(event.toString() + " " + event.key() + event.values());
    }

    /** Rows, one by one. */
    void rows(Row... rows) {
        for (Row row : rows) {
            batch(List.of(row), 0);
        }
    }

    /** Rows of one source at once, somewhere in a larger ring. */
    void batch(List<Row> rows, int slot) {
        long[] longs = new long[(slot + rows.size()) * Row.LONGS];
        @Nullable Object[] objects = new Object[(slot + rows.size()) * Row.OBJECTS];
        for (int i = 0; i < rows.size(); i++) {
            rows.get(i).write(longs, objects, slot + i);
        }
        RowBatch batch = new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE);
        batch.startAt(slot);
        chain.process(batch, 0, rows.size(), sources.get(rows.get(0).source()));
    }

    /** All steps, neighbouring rows of a source batched as {@code size} says. */
    ChainHarness run(List<Step> steps, ToIntFunction<ChainHarness> size) {
        List<Row> pending = new ArrayList<>();
        int wanted = size.applyAsInt(this);
        for (Step step : steps) {
            Row row = step.row();
            boolean full = pending.size() >= wanted;
            if (!pending.isEmpty()
                    && (row == null || full || row.source() != pending.get(0).source())) {
                batch(pending, pending.size() % 3);
                pending.clear();
                wanted = size.applyAsInt(this);
            }
            if (row == null) {
                step.run(this);
            } else {
                pending.add(row);
            }
        }
        if (!pending.isEmpty()) {
            batch(pending, 0);
        }
        return this;
    }

    /** Ends the input. */
    ChainHarness finish() {
        chain.finish();
        return this;
    }

    /** What was said since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(said);
        said.clear();
        return taken;
    }
}
