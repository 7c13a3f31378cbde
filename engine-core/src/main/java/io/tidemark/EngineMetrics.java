package io.tidemark;

import io.tidemark.metrics.LatencySummary;
import io.tidemark.metrics.Throughput;
import java.util.List;

/**
 * The engine's accounting and timing at one moment.
 *
 * <p>Exact while nothing is being processed; taken during a run, counters may be a batch apart.
 *
 * <p>Threads: immutable. Units: watermarks in the engine's time unit, durations in nanoseconds.
 *
 * @param watermark the engine's W; {@link Long#MIN_VALUE} before there is one, {@link Long#MAX_VALUE} at the end of input
 * @param sources each source, in the order of opening
 * @param streams each declared stream of windows, in the order of declaration
 * @param closeToCallback from when the batch that closed a window was taken up to its call-back
 * @param callback how long call-backs took
 * @param throughput events handed on, and the time since the start
 * @param failures how often user code threw
 * @param regressions calls of {@code advanceTo} that would have taken a watermark back and were ignored
 */
public record EngineMetrics(
        long watermark,
        List<SourceMetrics> sources,
        List<StreamMetrics> streams,
        LatencySummary closeToCallback,
        LatencySummary callback,
        Throughput throughput,
        long failures,
        long regressions) {

    /**
     * The metrics of one source.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public SourceMetrics source(String name) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source is named " + name));
    }

    /**
     * The metrics of one stream of windows.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public StreamMetrics stream(String name) {
        return streams.stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stream of windows is named " + name));
    }
}
