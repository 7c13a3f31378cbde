package io.tidemark;

import io.tidemark.watermark.SourceWatermark;
import io.tidemark.watermark.WatermarkStrategy;
import java.util.List;

/**
 * The sources of an engine of several shards: each is a router on its producer's side and a lane on every shard.
 *
 * <p>Threads: belongs to the thread that opens sources.
 */
final class Shards<E> {
    private final EngineConfig<E> config;
    private final RowLayout<E> layout;
    private final SourceParts<E> parts;
    private final List<ShardLoop> loops;
    private final ShardKeys keys;

    Shards(EngineConfig<E> config, RowLayout<E> layout, SourceParts<E> parts, List<ShardLoop> loops, ShardKeys keys) {
        this.config = config;
        this.layout = layout;
        this.parts = parts;
        this.loops = loops;
        this.keys = keys;
    }

    /** Opens the source behind {@code publish}, whose queue the first shard drains. */
    RoutedQueue<E> openShared(String name, Failures failures) {
        SourceWatermark watermark = parts.watermark(name, config.watermark());
        RoutedQueue<E> queue = new RoutedQueue<>(name, config, layout, keys, watermark, parts.guard(), failures);
        queue.fix(layout.projection(config.timestamp()));
        open(queue, config.watermark(), true);
        loops.get(0).drains(queue);
        return queue;
    }

    /** Opens a source with one producer. */
    ShardRouter open(String name, WatermarkStrategy<? super E> strategy) {
        SourceWatermark watermark = parts.watermark(name, strategy);
        ShardRouter router = new ShardRouter(name, config, layout, keys, watermark, parts.guard());
        open(router, strategy, false);
        return router;
    }

    private void open(ShardRouter router, WatermarkStrategy<? super E> strategy, boolean fromFirstEvent) {
        for (int shard = 0; shard < loops.size(); shard++) {
            SourceWatermark followed = parts.watermark(router.name, strategy);
            router.openLane(shard, followed, parts.latency(router.name), layout.eventLane());
        }
        for (int shard = 0; shard < loops.size(); shard++) { // only now: a loop may begin with it at once
            loops.get(shard).open(router.lane(shard), fromFirstEvent);
        }
    }
}
