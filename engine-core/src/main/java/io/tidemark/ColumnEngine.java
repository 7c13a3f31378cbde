package io.tidemark;

import io.tidemark.watermark.WatermarkStrategy;

/**
 * An engine whose events are rows of numbers, so that none is ever an object: the door for feeds that arrive as arrays.
 *
 * <pre>{@code
 * ColumnEngine engine = EventTimeEngine.columns("tolls", "plaza", "amount")
 *     .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
 *     .build();
 * engine.keyByLong(Column.of("plaza"))
 *     .window(Windows.tumbling(Duration.ofMinutes(1)))
 *     .aggregate(Aggregators.sumExact(Column.of("amount")))
 *     .dropLate()
 *     .onResult(r -> report.add(r.longKey(), r.longValue()));
 * engine.start();
 * ColumnSource source = engine.source("lane-1");
 * int published = source.publish(rows, 0, count); // timestamp, plaza, amount, timestamp, plaza, amount, ...
 * }</pre>
 *
 * <p>Threads and errors: as {@link EventTimeEngine}. An extractor may also compute from a row
 * ({@code row -> row.get(0) * row.get(1)}); then it runs on the publishing thread.
 */
public final class ColumnEngine extends EventTimeEngine<LongRow> {

    ColumnEngine(EngineConfig<LongRow> config, RowLayout<LongRow> layout) {
        super(config, layout);
    }

    @Override
    public ColumnSource source(String name) {
        return (ColumnSource) super.source(name);
    }

    @Override
    public ColumnSource source(String name, WatermarkStrategy<? super LongRow> strategy) {
        return (ColumnSource) super.source(name, strategy);
    }

    @Override
    Source<LongRow> newSource(RingLane lane, RowLayout<LongRow> layout) {
        return new ColumnSource(this, new RowRingInlet(this, lane, new RowProjection<>(layout), layout), layout);
    }

    @Override
    Source<LongRow> newSource(ShardRouter router, RowLayout<LongRow> layout) {
        return new ColumnSource(this, new ShardedRowInlet(this, router, new RowProjection<>(layout), layout), layout);
    }
}
