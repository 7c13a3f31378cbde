package io.tidemark;

import io.tidemark.watermark.FutureGuard;
import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import java.util.function.ToLongFunction;

/**
 * What every source of an engine is made of.
 *
 * <p>Threads: belongs to the thread that opens sources.
 */
final class SourceParts<E> {
    private final EngineConfig<E> config;
    private final RowLayout<E> layout;
    private final int processingColumn;

    SourceParts(EngineConfig<E> config, RowLayout<E> layout) {
        this.config = config;
        this.layout = layout;
        ToLongFunction<? super E> processing = config.processingTime();
        this.processingColumn = processing == null ? -1 : layout.column(processing);
    }

    /** Where rows carry processing time; -1 if the clock gives it. */
    int processingColumn() {
        return processingColumn;
    }

    /**
     * A watermark that has not moved.
     *
     * @throws IllegalArgumentException if a clock would move it, on each of several shards at another time
     * @throws IllegalStateException if it reads a column that rows do not carry, and rows are fixed
     */
    SourceWatermark watermark(String name, WatermarkStrategy<? super E> strategy) {
        if (config.shards() > 1 && strategy.followsClock()) {
            throw new IllegalArgumentException("source " + name + ": a watermark " + strategy
                    + " would move at another time on each of " + config.shards()
                    + " shards; use everyEvents(...) or everyStep(...), or one shard");
        }
        ToLongFunction<? super E> punctuation = strategy.punctuation();
        int column = punctuation == null ? -1 : layout.column(punctuation);
        return new SourceWatermark(
                name, strategy, config.unit(), column, config.ticker().nanoTime());
    }

    SourceLatency latency(String name) {
        return new SourceLatency(name, processingColumn, config.unit().toNanos(1), config.latencySampling());
    }

    FutureGuard guard() {
        return new FutureGuard(config.maxFutureSkew(), processingColumn);
    }
}
