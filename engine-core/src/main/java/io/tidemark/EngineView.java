package io.tidemark;

import io.tidemark.metrics.Throughput;
import io.tidemark.operator.StreamCounters;
import io.tidemark.time.Timestamps;
import io.tidemark.watermark.IdlePolicy;
import io.tidemark.watermark.SourceWatermark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What people and monitoring see of one shard, mostly the only one, of an engine: its metrics, and an explanation in words.
 *
 * <p>Threads: the engine thread, but for {@code metrics(false)} and {@link #explainBusy}.
 */
final class EngineView {
    private final EngineConfig<?> config;
    private final EngineLoop loop;
    private final EngineRunner runner;
    private final Failures failures;
    private final List<StreamCounters> streams;

    EngineView(
            EngineConfig<?> config,
            EngineLoop loop,
            EngineRunner runner,
            Failures failures,
            List<StreamCounters> streams) {
        this.config = config;
        this.loop = loop;
        this.runner = runner;
        this.failures = failures;
        this.streams = streams;
    }

    EngineMetrics metrics(boolean ownsOperators) {
        long nanos = runner.runNanos();
        List<SourceMetrics> sources = new ArrayList<>();
        for (Lane lane : loop.lanes) {
            sources.add(new SourceMetrics(
                    lane.name,
                    lane.accepted(),
                    lane.handedOn.value(),
                    lane.invalid.value(),
                    lane.future.value(),
                    lane.failed(),
                    lane.inFlight(),
                    lane.shed(),
                    lane.watermark.watermark(),
                    lane.watermark.isIdle(),
                    lane.latency.recorder.summary(),
                    lane.publishToProcessed.summary(),
                    new Throughput(lane.handedOn.value(), nanos)));
        }
        List<StreamMetrics> windows = new ArrayList<>();
        for (StreamCounters stream : streams) {
            windows.add(new StreamMetrics(
                    stream.name(),
                    stream.input(),
                    stream.handedOn(),
                    stream.aggregated(),
                    stream.late(),
                    stream.unassigned(),
                    stream.failed(),
                    stream.windowsMissed(),
                    stream.panes(),
                    stream.retractions(),
                    ownsOperators ? stream.liveWindows() : -1,
                    ownsOperators ? stream.liveEntries() : -1));
        }
        return new EngineMetrics(
                loop.tracker.watermark(),
                List.copyOf(sources),
                List.copyOf(windows),
                loop.closeToCallback.summary(),
                loop.callback.summary(),
                new Throughput(loop.handedOn.value(), nanos),
                failures.count(),
                loop.regressions());
    }

    /** Any thread: what is to be said while the shard's thread does not answer. */
    String explainBusy() {
        return "Engine " + config.name() + " is " + runner.state() + ", and its thread is busy: " + occupation();
    }

    /** As {@link #explainBusy}, for one of several shards. */
    String explainBusyShard() {
        return "Its thread is busy: " + occupation() + "\n";
    }

    private String occupation() {
        String running = loop.runningCallback();
        return (running == null ? "it is processing a batch" : running) + ". While it is, no window can close.";
    }

    String explain() {
        return explainEngine() + (runner.state().isFinal() ? "" : explainShard());
    }

    /** Any thread: the state of the whole engine. */
    String explainEngine() {
        StringBuilder text = new StringBuilder("Engine ")
                .append(config.name())
                .append(" is ")
                .append(runner.state());
        if (runner.cause() != null) {
            text.append(" because of ").append(runner.cause().getClass().getName());
        }
        text.append(".\n");
        if (runner.state().isFinal()) {
            text.append("Nothing will be processed any more: ")
                    .append(runner.discardedWindows())
                    .append(" open windows and ")
                    .append(runner.discardedEvents())
                    .append(" waiting events were discarded.\n");
        } else if (runner.state() == EngineState.NEW) {
            text.append("It is not started; call start(). Events that are published meanwhile wait in their rings.\n");
        }
        return text.toString();
    }

    /** What this shard waits for. */
    String explainShard() {
        StringBuilder text = new StringBuilder();
        explainWatermark(text);
        for (Lane lane : loop.lanes) {
            explainSource(text, lane);
        }
        for (StreamCounters stream : streams) {
            explainStream(text, stream);
        }
        return text.toString();
    }

    private void explainWatermark(StringBuilder text) {
        long watermark = loop.tracker.watermark();
        SourceWatermark holder = loop.tracker.holder();
        if (watermark == Timestamps.NONE) {
            text.append("There is no watermark yet: ");
            if (holder == null) {
                text.append("no source has sent an event.\n");
            } else {
                text.append("source ")
                        .append(holder.name())
                        .append(" has not said how far it is, and every source that counts must have.\n");
            }
            return;
        }
        text.append("Watermark ").append(time(watermark)).append(". ");
        if (holder != null) {
            text.append("Source ").append(holder.name()).append(" holds it there.\n");
        } else if (config.idlePolicy() == IdlePolicy.FOLLOW) {
            text.append("All sources are idle; it follows the clock (FOLLOW).\n");
        } else {
            text.append(
                    "All sources are idle or closed; it stays until one sends again (HOLD), advanceTo or complete().\n");
        }
    }

    private void explainSource(StringBuilder text, Lane lane) {
        SourceWatermark source = lane.watermark;
        text.append("Source ").append(lane.name).append(": ");
        if (lane.finished) {
            text.append("closed, it no longer counts.\n");
            return;
        }
        if (source.watermark() == Timestamps.NONE) {
            text.append(source.hasSent() ? "has sent, but its watermark has not moved yet" : "has sent nothing yet");
            text.append(lane.opensFromFirstEvent && !source.hasSent() ? ", and counts from its first event" : "");
        } else {
            text.append("watermark ").append(time(source.watermark()));
        }
        if (source.isIdle()) {
            text.append("; idle, so it is passed over");
        }
        if (lane.inFlight() > 0) {
            text.append("; ").append(lane.inFlight()).append(" events wait in its ring");
        }
        text.append(".\n");
    }

    private void explainStream(StringBuilder text, StreamCounters stream) {
        text.append("Windows ")
                .append(stream.name())
                .append(" (")
                .append(stream.operatorName())
                .append(stream.input() == null ? "" : ", on the results of " + stream.input())
                .append("): ");
        long end = stream.oldestOpenEnd();
        if (end == Long.MAX_VALUE && stream.liveWindows() == 0) {
            text.append("none is open.\n");
            return;
        }
        text.append(stream.liveWindows()).append(" open; ");
        if (end == Long.MAX_VALUE) {
            text.append("the first closes at the end of input.\n");
            return;
        }
        text.append("the first ends at ").append(time(end)).append(" and closes when the watermark reaches that");
        String joint = ", that is when ";
        for (Lane lane : loop.lanes) {
            SourceWatermark source = lane.watermark;
            if (source.followsEvents() && source.holdsBelow(end)) {
                text.append(joint)
                        .append("source ")
                        .append(lane.name)
                        .append(" has sent an event stamped ")
                        .append(time(Timestamps.add(end, source.delay())))
                        .append(" or later");
                joint = ", and ";
            }
        }
        text.append(".\n");
    }

    /** A timestamp as a number and, while it is in range, as a time of day. */
    private String time(long timestamp) {
        TimeUnit unit = config.unit();
        return timestamp == Timestamps.END_OF_TIME
                ? "at the end of input"
                : timestamp + " (" + Timestamps.toInstant(timestamp, unit) + ")";
    }
}
