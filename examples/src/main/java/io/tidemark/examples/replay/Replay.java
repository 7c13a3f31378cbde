package io.tidemark.examples.replay;

import io.tidemark.EngineMetrics;
import io.tidemark.EngineReport;
import io.tidemark.EngineState;
import io.tidemark.ErrorPolicy;
import io.tidemark.EventTimeEngine;
import io.tidemark.Source;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.Percentiles;
import io.tidemark.examples.input.EventLog;
import io.tidemark.examples.input.EventRow;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Replays a file through the engine: event by event in order of arrival, the arrival being the processing time.
 *
 * <p>The engine runs on the caller's thread ({@code polled()}), so the run is the same every time and the watermark can be looked at
 * between two events. One replay is for one run; one thread.
 */
public final class Replay implements AutoCloseable {

    /** So many samples of the watermark suffice for a chart; each takes all of the engine's metrics, about a millisecond. */
    private static final int SAMPLES = 500;

    private static final String SOURCE = "file";
    private static final String STREAM = "windows";

    private final Aggregation<EventRow, Long> sum = Aggregators.sumExact(EventRow::amount);
    private final Aggregation<EventRow, Percentiles> latency = Aggregators.percentiles(EventRow::latency, 50, 99);

    private final EventTimeEngine<EventRow> engine;
    private final List<WindowRow> windows = new ArrayList<>();
    private final List<LateRow> late = new ArrayList<>();
    private final List<QuarantinedRow> quarantined = new ArrayList<>();
    private final List<WatermarkSample> watermarks = new ArrayList<>();

    /**
     * An engine that is ready to run.
     *
     * @throws IllegalArgumentException if the engine does not take the settings; the message names the value
     */
    public Replay(ReplaySettings settings) {
        WindowAssigner<Object> windows = settings.tumbling()
                ? Windows.tumbling(settings.window())
                : Windows.sliding(settings.window(), settings.slide());
        engine = engine(settings);
        if (settings.keyed()) {
            declare(engine.keyBy(EventRow::key).window(windows), settings);
        } else {
            declare(engine.window(windows), settings);
        }
    }

    private EventTimeEngine<EventRow> engine(ReplaySettings settings) {
        return EventTimeEngine.<EventRow>builder("latency-job")
                .timestamp(EventRow::eventTime)
                .processingTime(EventRow::arrival)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(settings.delay()))
                .onRejected(rejected -> quarantined.add(new QuarantinedRow(
                        Objects.requireNonNull(rejected.event()),
                        rejected.reason().name())))
                .latencySampling(1) // every event goes into the percentiles
                .errorPolicy(ErrorPolicy.stop())
                .keepEvents()
                .polled()
                .build();
    }

    private <K> void declare(WindowedStream<EventRow, K> stream, ReplaySettings settings) {
        stream.named(STREAM)
                .allowedLateness(settings.lateness())
                .aggregate(Aggregators.all(sum, latency))
                .onLate(this::add)
                .onResult(result -> windows.add(row(result, settings.keyed() ? String.valueOf(result.key()) : "")));
    }

    /**
     * Runs all events through the engine to the end of input; once.
     *
     * @throws IllegalStateException if the engine failed; its cause is kept
     */
    public ReplayResult run(EventLog log) {
        Source<EventRow> source = engine.source(SOURCE);
        engine.start();
        feed(log.events(), source);
        EngineReport report = engine.complete();
        if (report.state() != EngineState.COMPLETED) {
            throw new IllegalStateException("the engine ended as " + report.state(), report.cause());
        }
        return result(report.metrics());
    }

    private WindowRow row(WindowResult<?, ? extends Aggregates> result, String key) {
        Percentiles latencies = result.value().get(latency);
        return new WindowRow(
                result.start(),
                result.end(),
                key,
                result.pane().timing().name(),
                result.pane().number(),
                result.count(),
                result.overflowed() ? null : result.value().get(sum),
                latencies.value(50),
                latencies.value(99),
                latencies.max());
    }

    private void add(LateEvent<?, EventRow> event) {
        EventRow row = Objects.requireNonNull(event.event());
        late.add(new LateRow(row, event.reason().name(), event.missed(), event.watermark(), event.lateness()));
    }

    private void feed(List<EventRow> events, Source<EventRow> source) {
        if (events.isEmpty()) {
            return;
        }
        long first = events.get(0).arrival();
        double step = Math.max(1.0, ((double) events.get(events.size() - 1).arrival() - first) / SAMPLES);
        double nextSample = first;
        for (EventRow event : events) {
            OfferResult offered = source.publish(event);
            if (offered != OfferResult.ACCEPTED) {
                throw new IllegalStateException("the engine did not take row " + event.row() + ": " + offered);
            }
            if (event.arrival() >= nextSample) {
                engine.poll();
                watermarks.add(
                        new WatermarkSample(event.arrival(), engine.metrics().watermark()));
                nextSample = event.arrival() + step;
            }
        }
    }

    private ReplayResult result(EngineMetrics metrics) {
        return new ReplayResult(
                List.copyOf(windows),
                List.copyOf(late),
                List.copyOf(quarantined),
                List.copyOf(watermarks),
                metrics.source(SOURCE),
                metrics.stream(STREAM));
    }

    /** Stops the engine if it still runs. */
    @Override
    public void close() {
        engine.close();
    }
}
