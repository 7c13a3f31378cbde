package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.KeyedStream;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregation;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scenario through the engine's front door. Holds no window logic: it declares, feeds and writes down. */
final class EngineRun {

    /** How the engine is given the scenario's keys. */
    enum Keys {
        OBJECTS,
        LONGS
    }

    private static final String NAME = "under test";

    private final SteppedEngine<Event> engine = SteppedEngine.of(EventTimeEngine.<Event>builder("conformance")
            .timestamp(Event::timestamp)
            .watermark(WatermarkStrategy.manual())
            .processingTime(Event::timestamp)
            .capacity(64)
            .batchSize(64));
    private final LongKeys longKeys = new LongKeys();

    private EngineRun() {}

    static Outcome run(Scenario scenario, Keys keys) {
        EngineRun run = new EngineRun();
        try (SteppedEngine<Event> stepped = run.engine) {
            if (keys == Keys.OBJECTS) {
                run.declare(scenario, stepped.engine().keyBy(Event::key));
            } else {
                run.declare(scenario, stepped.engine().keyByLong(event -> run.longKeys.of(event.key())));
            }
            return run.play(scenario);
        }
    }

    private <K> void declare(Scenario scenario, KeyedStream<Event, K> keyed) {
        WindowedStream<Event, K> windowed = keyed.window(windows(scenario.window()))
                .named(NAME)
                .allowedLateness(Duration.ofMillis(scenario.allowedLateness()))
                .trigger(trigger(scenario.trigger()))
                .closing(scenario.closing())
                .onTime(scenario.onTime());
        if (scenario.discarding()) {
            windowed = windowed.discarding();
        }
        windowed.aggregate(aggregation(scenario.aggregate()))
                .onLate(engine.lateEvents())
                .onResult(engine.results());
    }

    private static Trigger trigger(Scenario.Trigger trigger) {
        return switch (trigger.kind()) {
            case AFTER_WATERMARK -> {
                Trigger atEnd = Trigger.afterWatermark().lateEvery(trigger.lateEvery());
                yield trigger.every() == 0 ? atEnd : atEnd.early(Firing.everyEvents(trigger.every()));
            }
            case REPEATEDLY -> Trigger.repeatedly(Firing.everyEvents(trigger.every()));
            case NEVER -> Trigger.never();
        };
    }

    private Outcome play(Scenario scenario) {
        List<Integer> unassigned = new ArrayList<>();
        engine.start();
        for (Scenario.Step step : scenario.steps()) {
            if (step instanceof Event event) {
                engine.publish(event);
                if (engine.metrics().stream(NAME).unassigned() > unassigned.size()) {
                    unassigned.add(engine.steps() - 1);
                }
            } else if (step instanceof Watermark advance) {
                engine.advanceTo(advance.watermark());
            }
        }
        engine.complete();
        EngineLaws.check(engine, scenario.allowedLateness());
        assertThat(engine.metrics().failures()).as("failures of user code").isZero();

        List<Fired> panes = new ArrayList<>();
        for (Observed<WindowResult<?, ?>> observed : engine.observedResults()) {
            WindowResult<?, ?> result = observed.what();
            String key = result.key() instanceof Long number ? longKeys.nameOf(number) : (String) result.key();
            Detail detail = new Detail(result.count(), result.pane());
            panes.add(new Fired(
                    observed.step(), key, result.start(), result.end(), value(scenario.aggregate(), result), detail));
        }
        List<Integer> late = engine.observedLate().stream().map(Observed::step).toList();
        return new Outcome(panes, late, unassigned);
    }

    /** The least and the greatest of nothing are null in the recordings. */
    static @Nullable Object value(String aggregate, WindowResult<?, ?> result) {
        boolean ofNothing = result.count() == 0 && (aggregate.equals("min") || aggregate.equals("max"));
        return ofNothing ? null : result.value();
    }

    static WindowAssigner<Object> windows(Scenario.Window window) {
        Duration size = Duration.ofMillis(window.size());
        Duration slide = Duration.ofMillis(window.slide());
        Duration offset = Duration.ofMillis(window.offset());
        return switch (window.kind()) {
            case TUMBLING -> Windows.tumbling(size, offset);
            case SLIDING -> Windows.sliding(size, slide, offset);
            case SESSION -> Windows.session(size);
            case GLOBAL -> Windows.global();
            case CALENDAR -> calendar(Objects.requireNonNull(window.calendar()));
        };
    }

    private static WindowAssigner<Object> calendar(Scenario.Calendar calendar) {
        return Windows.calendar(Period.ofDays(calendar.days()), calendar.zone(), calendar.start());
    }

    static Aggregation<Event, ?> aggregation(String name) {
        return switch (name) {
            case "sum" -> Aggregators.sumExact(Event::value);
            case "count" -> Aggregators.count();
            case "min" -> Aggregators.min(Event::value);
            case "max" -> Aggregators.max(Event::value);
            case "list" -> Aggregators.list(Event::value);
            default -> throw new IllegalArgumentException("unknown aggregate " + name);
        };
    }
}
