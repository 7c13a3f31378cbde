package io.tidemark.examples.replay;

import io.tidemark.EngineMetrics;
import io.tidemark.EngineReport;
import io.tidemark.EngineState;
import io.tidemark.EventTimeEngine;
import io.tidemark.OfferResult;
import io.tidemark.Source;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregates;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.Percentiles;
import io.tidemark.examples.input.EventLog;
import io.tidemark.examples.input.EventRow;
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
public final class Replay {

    /** So many samples of the watermark suffice for a chart. */
    private static final int SAMPLES = 1_000;

    private final Aggregation<EventRow, Long> sum = Aggregators.sumExact(EventRow::amount);
    private final Aggregation<EventRow, Percentiles> latency = Aggregators.percentiles(EventRow::latency, 50, 99);

    private final ReplaySettings settings;
    private final List<WindowRow> windows = new ArrayList<>();
    private final List<LateRow> late = new ArrayList<>();
    private final List<QuarantinedRow> quarantined = new ArrayList<>();
    private final List<WatermarkSample> watermarks = new ArrayList<>();

    public Replay(ReplaySettings settings) {
        this.settings = settings;
    }

    /**
     * Runs all events through the engine to the end of input.
     *
     * @throws IllegalStateException if the engine failed; its cause is kept
     */
    public ReplayResult run(EventLog log) {
        try (EventTimeEngine<EventRow> engine = engine()) {
            if (settings.keyed()) {
                declare(engine.keyBy(EventRow::key).window(windows()), true);
            } else {
                declare(engine.window(windows()), false);
            }
            Source<EventRow> source = engine.source("file");
            engine.start();
            feed(log.events(), engine, source);
            EngineReport report = engine.complete();
            if (report.state() != EngineState.COMPLETED) {
                throw new IllegalStateException("the engine ended " + report.state(), report.cause());
            }
            return result(report.metrics());
        }
    }

    private EventTimeEngine<EventRow> engine() {
        return EventTimeEngine.<EventRow>builder("latency-job")
                .timestamp(EventRow::eventTime)
                .processingTime(EventRow::arrival)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(settings.delay()))
                .onRejected(rejected -> quarantined.add(
                        new QuarantinedRow(Objects.requireNonNull(rejected.event()), rejected.reason().name())))
                .keepEvents()
                .polled()
                .build();
    }

    private WindowAssigner windows() {
        return settings.tumbling()
                ? Windows.tumbling(settings.window())
                : Windows.sliding(settings.window(), settings.slide());
    }

    private <K> void declare(WindowedStream<EventRow, K> stream, boolean keyed) {
        stream.named("windows")
                .allowedLateness(settings.lateness())
                .aggregate(Aggregators.all(sum, latency))
                .onLate(this::add)
                .onResult(result -> windows.add(row(result, keyed ? String.valueOf(result.key()) : "")));
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

    private void feed(List<EventRow> events, EventTimeEngine<EventRow> engine, Source<EventRow> source) {
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
                watermarks.add(new WatermarkSample(event.arrival(), engine.metrics().watermark()));
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
                metrics.sources().stream().filter(source -> source.name().equals("file")).findFirst().orElseThrow(),
                metrics.streams().get(0));
    }
}
