package io.tidemark;

import io.tidemark.ring.WaitStrategy;
import io.tidemark.time.EpochClock;
import io.tidemark.time.Ticker;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.WatermarkStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a builder was told, checked. */
record EngineConfig<E>(
        String name,
        @Nullable ToLongFunction<? super E> timestamp,
        TimeUnit unit,
        WatermarkStrategy<? super E> watermark,
        IdlePolicy idlePolicy,
        long maxFutureSkew,
        @Nullable ToLongFunction<? super E> processingTime,
        @Nullable Consumer<? super RejectedEvent<E>> rejectedHandler,
        ErrorPolicy errorPolicy,
        boolean keepEvents,
        int capacity,
        int batchSize,
        Duration publishTimeout,
        WaitStrategy waitStrategy,
        boolean polled,
        int shards,
        int latencySampling,
        int stampSampling,
        @Nullable Path latencyLog,
        Duration latencyLogInterval,
        Ticker ticker,
        EpochClock epochClock) {}
