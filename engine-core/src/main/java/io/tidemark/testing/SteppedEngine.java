package io.tidemark.testing;

import io.tidemark.EngineBuilder;
import io.tidemark.EngineMetrics;
import io.tidemark.EngineReport;
import io.tidemark.EventTimeEngine;
import io.tidemark.RejectedEvent;
import io.tidemark.ring.OfferResult;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowListener;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An engine that moves only when told: no thread of its own, a {@link VirtualClock}, and after every step everything that the
 * step caused has happened. What comes out is kept with the number of its step.
 *
 * <pre>{@code
 * var engine = SteppedEngine.of(EventTimeEngine.<Payment>builder("test")
 *         .timestamp(Payment::occurredAt)
 *         .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10))));
 * engine.engine().keyByLong(Payment::merchantId)
 *         .window(Windows.tumbling(Duration.ofMinutes(1)))
 *         .aggregate(Aggregators.count())
 *         .onLate(engine.lateEvents())
 *         .onResult(engine.results());
 * engine.start();
 * engine.publish(payment);
 * engine.complete();
 * EngineLaws.check(engine);
 * }</pre>
 *
 * <p>The clock stands at 2026-01-01T00:00Z unless another is given: an event stamped more than a day ({@code maxFutureSkew}) later is rejected,
 * see {@link #observedRejected()}. What a listener throws goes to the engine's error policy; {@code errorPolicy(ErrorPolicy.stop())} makes it
 * show.
 *
 * <p>Threads: belongs to one thread. Errors: whatever the engine throws; an event that the engine does not accept is an
 * {@link IllegalStateException}.
 *
 * @param <E> event
 */
public final class SteppedEngine<E> implements AutoCloseable {
    private final EventTimeEngine<E> engine;
    private final VirtualClock clock;
    private final List<Observed<WindowResult<?, ?>>> results = new ArrayList<>();
    private final List<Observed<LateEvent<?, ?>>> late = new ArrayList<>();
    private final List<Observed<LateEvent<?, ?>>> partlyLate = new ArrayList<>();
    private final List<Observed<RejectedEvent<E>>> rejected;
    private final List<Long> watermarks = new ArrayList<>();
    private EngineMetrics metrics;

    private SteppedEngine(EventTimeEngine<E> engine, VirtualClock clock, List<Observed<RejectedEvent<E>>> rejected) {
        this.engine = engine;
        this.clock = clock;
        this.rejected = rejected;
        this.metrics = engine.metrics();
    }

    /** As {@link #of(EngineBuilder, VirtualClock)} with a clock of its own. */
    public static <E> SteppedEngine<E> of(EngineBuilder<E> builder) {
        return of(builder, new VirtualClock());
    }

    /**
     * Builds the engine. Sets {@code polled}, {@code ticker}, {@code epochClock} and {@code onRejected} on the builder; the
     * rest is the caller's.
     */
    public static <E> SteppedEngine<E> of(EngineBuilder<E> builder, VirtualClock clock) {
        List<Observed<RejectedEvent<E>>> rejected = new ArrayList<>();
        // the builder wants the handler before there is an engine whose steps could be counted
        @SuppressWarnings({"unchecked", "rawtypes"})
        SteppedEngine<E>[] self = new SteppedEngine[1];
        EventTimeEngine<E> engine = builder.polled()
                .ticker(clock)
                .epochClock(clock)
                .onRejected(event -> rejected.add(new Observed<>(self[0].steps(), event)))
                .build();
        self[0] = new SteppedEngine<>(engine, clock, rejected);
        return self[0];
    }

    /** The engine, to declare windows on and to ask. */
    public EventTimeEngine<E> engine() {
        return engine;
    }

    /** The engine's clock. Moving it directly is no step; {@link #advanceClock} is. */
    public VirtualClock clock() {
        return clock;
    }

    /** For {@code onResult}: keeps a copy of every result. */
    public <K, R> WindowListener<K, R> results() {
        return result -> results.add(new Observed<>(steps(), result.copy()));
    }

    /** For {@code onLate}: keeps every late event. */
    public Consumer<LateEvent<?, ?>> lateEvents() {
        return event -> late.add(new Observed<>(steps(), event));
    }

    /** For {@code onPartlyLate}: keeps every partly late event. */
    public Consumer<LateEvent<?, ?>> partlyLateEvents() {
        return event -> partlyLate.add(new Observed<>(steps(), event));
    }

    /** Starts the engine. No step. */
    public void start() {
        engine.start();
    }

    /** One step: publishes one event. */
    public void publish(E event) {
        step(() -> {
            OfferResult answer = engine.publish(event);
            if (answer != OfferResult.ACCEPTED) {
                throw new IllegalStateException("the engine answered " + answer + " to the event of step " + steps());
            }
        });
    }

    /** One step: moves the watermark by hand. */
    public void advanceTo(long watermark) {
        step(() -> engine.advanceTo(watermark));
    }

    /** One step: lets time pass on both clocks. */
    public void advanceClock(Duration elapsed) {
        step(() -> clock.advance(elapsed));
    }

    /** One step of the caller's making, for instance several events through several sources. */
    public void step(Runnable action) {
        action.run();
        drain();
        endStep();
    }

    /** The last step: ends the input, so every open window fires. */
    public EngineReport complete() {
        EngineReport report = engine.complete();
        endStep();
        return report;
    }

    private void endStep() {
        metrics = engine.metrics();
        watermarks.add(metrics.watermark());
    }

    private void drain() {
        while (engine.poll() > 0) {
            // one pass may make work for the next
        }
    }

    /** How many steps have been done; during a step, its number. */
    public int steps() {
        return watermarks.size();
    }

    /** The engine's metrics after the last step. */
    public EngineMetrics metrics() {
        return metrics;
    }

    /** The engine's watermark after each step. */
    public List<Long> watermarks() {
        return List.copyOf(watermarks);
    }

    /** All results so far, in order. */
    public List<Observed<WindowResult<?, ?>>> observedResults() {
        return List.copyOf(results);
    }

    /** The results so far of the keyed windows named {@code stream}. */
    public List<Observed<WindowResult<?, ?>>> observedResults(String stream) {
        return results.stream()
                .filter(result -> result.what().stream().equals(stream))
                .toList();
    }

    /** All late events so far, in order. */
    public List<Observed<LateEvent<?, ?>>> observedLate() {
        return List.copyOf(late);
    }

    /** All partly late events so far, in order. */
    public List<Observed<LateEvent<?, ?>>> observedPartlyLate() {
        return List.copyOf(partlyLate);
    }

    /** All rejected events so far, in order. */
    public List<Observed<RejectedEvent<E>>> observedRejected() {
        return List.copyOf(rejected);
    }

    /** Stops the engine; open windows are discarded. */
    @Override
    public void close() {
        engine.close();
    }
}
