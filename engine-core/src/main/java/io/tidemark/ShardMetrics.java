package io.tidemark;

import io.tidemark.metrics.LatencySummary;
import io.tidemark.metrics.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Puts together what each shard says of its part: counters are sums, watermarks are those of the shard that is furthest behind. */
final class ShardMetrics {

    private ShardMetrics() {}

    /** The metrics of an engine; the shards know the same sources and streams in the same order. */
    static EngineMetrics join(List<EngineMetrics> shards) {
        EngineMetrics first = shards.get(0);
        if (shards.size() == 1) {
            return first;
        }
        int known = (int) shards.stream() // a source is being opened, shard by shard
                .mapToLong(shard -> shard.sources().size())
                .min()
                .orElseThrow();
        List<SourceMetrics> sources = new ArrayList<>();
        for (int i = 0; i < known; i++) {
            int source = i;
            sources.add(joinSources(each(shards, shard -> shard.sources().get(source))));
        }
        List<StreamMetrics> streams = new ArrayList<>();
        for (int i = 0; i < first.streams().size(); i++) {
            int stream = i;
            streams.add(joinStreams(each(shards, shard -> shard.streams().get(stream))));
        }
        return new EngineMetrics(
                least(shards, EngineMetrics::watermark),
                sources,
                streams,
                LatencySummary.join(each(shards, EngineMetrics::closeToCallback)),
                LatencySummary.join(each(shards, EngineMetrics::callback)),
                joinThroughputs(each(shards, EngineMetrics::throughput)),
                first.failures(), // counted once, for all shards
                sum(shards, EngineMetrics::regressions));
    }

    private static SourceMetrics joinSources(List<SourceMetrics> parts) {
        return new SourceMetrics(
                parts.get(0).name(),
                sum(parts, SourceMetrics::accepted),
                sum(parts, SourceMetrics::handedOn),
                sum(parts, SourceMetrics::invalid),
                sum(parts, SourceMetrics::future),
                sum(parts, SourceMetrics::failed),
                sum(parts, SourceMetrics::inFlight),
                sum(parts, SourceMetrics::shed),
                least(parts, SourceMetrics::watermark),
                parts.stream().allMatch(SourceMetrics::idle),
                LatencySummary.join(each(parts, SourceMetrics::latency)),
                LatencySummary.join(each(parts, SourceMetrics::publishToProcessed)),
                joinThroughputs(each(parts, SourceMetrics::throughput)));
    }

    private static StreamMetrics joinStreams(List<StreamMetrics> parts) {
        boolean allAnswered = parts.stream().allMatch(part -> part.liveWindows() >= 0);
        return new StreamMetrics(
                parts.get(0).name(),
                parts.get(0).input(),
                sum(parts, StreamMetrics::handedOn),
                sum(parts, StreamMetrics::aggregated),
                sum(parts, StreamMetrics::late),
                sum(parts, StreamMetrics::unassigned),
                sum(parts, StreamMetrics::failed),
                sum(parts, StreamMetrics::windowsMissed),
                sum(parts, StreamMetrics::panes),
                sum(parts, StreamMetrics::retractions),
                allAnswered ? sum(parts, StreamMetrics::liveWindows) : -1,
                allAnswered ? sum(parts, StreamMetrics::liveEntries) : -1);
    }

    private static Throughput joinThroughputs(List<Throughput> parts) {
        long longest = parts.stream().mapToLong(Throughput::nanos).max().orElseThrow();
        return new Throughput(sum(parts, Throughput::events), longest);
    }

    private static <P, T> List<T> each(List<P> parts, Function<P, T> read) {
        return parts.stream().map(read).toList();
    }

    private static <P> long sum(List<P> parts, ToLongFunction<P> read) {
        return parts.stream().mapToLong(read).sum();
    }

    private static <P> long least(List<P> parts, ToLongFunction<P> read) {
        return parts.stream().mapToLong(read).min().orElseThrow();
    }
}
