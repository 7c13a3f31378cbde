package io.tidemark;

import io.tidemark.metrics.LatencySummary;
import io.tidemark.metrics.Throughput;

/**
 * What became of the events of one source: {@code accepted = handedOn + invalid + future + failed + inFlight}.
 *
 * <p>Threads: immutable. Units: the watermark in the engine's time unit, durations in nanoseconds.
 *
 * @param name the source's name; {@code "publish"} is the shared one
 * @param accepted events whose offer said ACCEPTED
 * @param handedOn events that went on to the windows
 * @param invalid rejected: the timestamp is none
 * @param future rejected: stamped too far ahead of the clock
 * @param failed events one of whose extractors threw
 * @param inFlight accepted and still waiting in the ring
 * @param shed events that were not accepted because the ring was full; beside the accepted ones
 * @param watermark the source's own watermark
 * @param idle whether it was silent for its timeout
 * @param latency processing time - event time; negative ones apart. Count, minimum and maximum are exact, the distribution is
 *     sampled as {@link LatencySummary#sampled()} says
 * @param publishToProcessed from publishing to being processed, on stamped events; of an event that goes to several shards, on that of
 *     the first key declared. The shared source's events are not stamped when they are published: with one shard it is empty,
 *     with several it begins where the first shard hands them on
 * @param throughput events handed on, and the time since the start
 */
public record SourceMetrics(
        String name,
        long accepted,
        long handedOn,
        long invalid,
        long future,
        long failed,
        long inFlight,
        long shed,
        long watermark,
        boolean idle,
        LatencySummary latency,
        LatencySummary publishToProcessed,
        Throughput throughput) {

    /** Events that were accepted and then kept out of the windows: invalid, future and failed ones. */
    public long rejected() {
        return invalid + future + failed;
    }
}
