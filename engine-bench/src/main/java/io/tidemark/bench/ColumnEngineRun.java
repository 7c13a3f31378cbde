package io.tidemark.bench;

import io.tidemark.Column;
import io.tidemark.ColumnEngine;
import io.tidemark.ColumnEngineBuilder;
import io.tidemark.ColumnSource;
import io.tidemark.EventTimeEngine;
import io.tidemark.LongRow;
import io.tidemark.bench.workload.EventStream;
import io.tidemark.bench.workload.Workload;
import io.tidemark.ring.OfferResult;
import java.util.function.UnaryOperator;

/** An engine that gets rows. */
final class ColumnEngineRun extends EngineRun {
    private final int batch;
    private final ColumnEngine engine;
    private final ColumnSource source;

    /** Rows are published {@code batch} at once; the engine's thread spins {@code patience} times when it finds little. */
    ColumnEngineRun(Workload workload, int batch, int patience) {
        this(workload, batch, patience, UnaryOperator.identity());
    }

    /** The same with other settings. */
    ColumnEngineRun(Workload workload, int batch, int patience, UnaryOperator<ColumnEngineBuilder> settings) {
        this.batch = batch;
        engine = settings.apply(configure(EventTimeEngine.columns("bench", "key", "value"), patience))
                .build();
        declare(workload, engine, Column.of("key"), Column.of("value"));
        source = engine.source("feed");
        engine.start();
    }

    @Override
    ColumnEngine engine() {
        return engine;
    }

    @Override
    void publish(long[] rows) {
        int events = rows.length / EventStream.STRIDE;
        for (int row = 0; row < events; row += batch) {
            int count = Math.min(batch, events - row);
            if (source.publish(rows, row * EventStream.STRIDE, count) != count) {
                throw new IllegalStateException("rows from " + row + " on were not accepted");
            }
        }
    }

    @Override
    OfferResult publishFence() {
        return source.publish(LongRow.of(NO_TIMESTAMP, 0, 0));
    }
}
