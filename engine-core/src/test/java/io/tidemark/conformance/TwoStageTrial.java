package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.KeyedStream;
import io.tidemark.ResultStream;
import io.tidemark.StreamMetrics;
import io.tidemark.WindowedStream;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Trial.ClockAdvance;
import io.tidemark.conformance.TrialDeclaration.Keys;
import io.tidemark.conformance.TrialDeclaration.Kind;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.ExpectedPane;
import io.tidemark.testing.Observed;
import io.tidemark.testing.ReferenceModel;
import io.tidemark.testing.ReferenceStages;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A trial whose first windows feed others: the engine's answer is that of two models, one behind the other. */
final class TwoStageTrial {
    /** Their windows read a number from an event, which a result has not. */
    private static final Set<Kind> READING_EVENTS =
            EnumSet.of(Kind.SESSION_BY, Kind.SESSION_BY_LONGEST, Kind.TUMBLING_BY);

    private TwoStageTrial() {}

    /** What the second stage gave: the results of the first in each of its panes, as texts. */
    private record Second(
            int step, String key, TimeWindow window, List<String> results, Pane pane, boolean retraction) {}

    /** The first difference, or null. */
    static @Nullable String difference(Trial trial) {
        TrialDeclaration first = trial.declarations().get(0).inExactOrder(); // the second stage may depend on it
        TrialDeclaration second = second(trial);
        List<Second> expected = expected(trial, first, second);
        List<Second> actual = actual(trial, first, second);
        if (!second.orderIsExact()) {
            expected = sorted(expected);
            actual = sorted(actual);
        }
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            Object wanted = i < expected.size() ? expected.get(i) : "none";
            Object got = i < actual.size() ? actual.get(i) : "none";
            if (!wanted.equals(got)) {
                return "second stage " + second + "\n    pane " + i + ": expected " + wanted + "\n    actual " + got;
            }
        }
        return null;
    }

    private static TrialDeclaration second(Trial trial) {
        Random random = Seeds.random(trial.seed() * 31);
        TrialDeclaration second = TrialDeclaration.random(random, trial.unit());
        while (READING_EVENTS.contains(second.kind())
                || second.needsDays()
                || second.suppressUnchanged()
                || second.readsClock()) {
            second = TrialDeclaration.random(random, trial.unit());
        }
        return second;
    }

    private static List<Second> expected(Trial trial, TrialDeclaration first, TrialDeclaration second) {
        ReferenceModel<String, Event> firstModel = ModelTrial.model(first);
        ModelTrial.declare(firstModel, first, first.aggregate()::expected);
        if (trial.delay() >= 0) {
            firstModel.boundedOutOfOrderness(trial.delay());
        }
        ReferenceModel<String, String> secondModel = ModelTrial.model(second);
        ModelTrial.declare(secondModel, second, results -> results);
        ReferenceStages<String, Event, String, String> stages = new ReferenceStages<>(
                firstModel,
                secondModel,
                result -> second.keys() == Keys.NONE ? "" : String.valueOf(result.key()),
                TwoStageTrial::text);
        long clock = 0;
        for (Step step : trial.steps()) {
            if (step instanceof Event event) {
                String key = first.keys() == Keys.NONE ? "" : event.key();
                stages.event(event.timestamp(), key, event, first.inputOf(event));
            } else if (step instanceof Watermark advance) {
                stages.watermark(advance.watermark());
            } else if (step instanceof ClockAdvance advance) {
                clock += advance.millis();
                stages.clock(clock);
            }
        }
        stages.watermark(Long.MAX_VALUE);
        return secondModel.panes().stream()
                .map(pane -> new Second(
                        pane.step(), pane.key(), pane.window(), pane.values(), pane.pane(), pane.retraction()))
                .toList();
    }

    private static String text(ExpectedPane<String, Event> pane) {
        return text(pane.key(), pane.window(), pane.pane(), pane.values().size(), pane.retraction());
    }

    private static String text(String key, TimeWindow window, Pane pane, long count, boolean retraction) {
        return (retraction ? "not " : "") + key + " " + window + " " + pane + " of " + count;
    }

    private static List<Second> actual(Trial trial, TrialDeclaration first, TrialDeclaration second) {
        WatermarkStrategy<Event> strategy = trial.delay() < 0
                ? WatermarkStrategy.manual()
                : WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(trial.delay()));
        SteppedEngine<Event> stepped = SteppedEngine.of(EventTimeEngine.<Event>builder("two stages")
                .timestamp(Event::timestamp)
                .watermark(strategy)
                .processingTime(Event::timestamp)
                .capacity(64));
        try (stepped) {
            EventTimeEngine<Event> engine = stepped.engine();
            if (first.keys() == Keys.NONE) {
                declare(stepped, first, second, engine.window(EngineTrial.windows(first)), false);
            } else {
                declare(stepped, first, second, engine.keyBy(Event::key).window(EngineTrial.windows(first)), true);
            }
            stepped.start();
            for (Step step : trial.steps()) {
                stepped.step(() -> feed(stepped, step));
            }
            stepped.complete();
            EngineLaws.check(stepped, Math.max(first.allowedLateness(), second.allowedLateness()));
            assertThat(stepped.metrics().failures())
                    .isEqualTo(stepped.metrics().streams().stream()
                            .mapToLong(StreamMetrics::failed)
                            .sum());
            return seconds(stepped, second);
        }
    }

    private static <K> void declare(
            SteppedEngine<Event> stepped,
            TrialDeclaration first,
            TrialDeclaration second,
            WindowedStream<Event, K> windowed,
            boolean keyed) {
        ResultStream<K, ?> results = EngineTrial.behaving(windowed.named("first"), first)
                .aggregate(first.aggregate().aggregation())
                .dropLate()
                .results();
        declareSecond(stepped, second, results, keyed);
    }

    @SuppressWarnings("unchecked") // windows that read no event take any
    private static <K, R> void declareSecond(
            SteppedEngine<Event> stepped, TrialDeclaration second, ResultStream<K, R> results, boolean keyed) {
        WindowAssigner<Object> windows = (WindowAssigner<Object>) EngineTrial.windows(second);
        if (second.keys() == Keys.NONE) {
            finish(stepped, second, results.window(windows), keyed);
        } else {
            KeyedStream<WindowResult<K, R>, String> byKey = results.keyBy(result -> keyed ? (String) result.key() : "");
            finish(stepped, second, byKey.window(windows), keyed);
        }
    }

    private static <K, R, L> void finish(
            SteppedEngine<Event> stepped,
            TrialDeclaration second,
            WindowedStream<WindowResult<K, R>, L> windowed,
            boolean keyed) {
        EngineTrial.behaving(windowed.named("second"), second)
                .aggregate(Aggregators.list((WindowResult<K, R> result) -> text(
                        keyed ? (String) result.key() : "",
                        result.window(),
                        result.pane(),
                        result.count(),
                        result.isRetraction())))
                .dropLate()
                .onResult(stepped.results());
    }

    private static void feed(SteppedEngine<Event> stepped, Step step) {
        if (step instanceof Event event) {
            OfferResult answer = stepped.engine().publish(event);
            assertThat(answer).isEqualTo(OfferResult.ACCEPTED);
        } else if (step instanceof Watermark watermark) {
            stepped.engine().advanceTo(watermark.watermark());
        } else if (step instanceof ClockAdvance elapsed) {
            stepped.clock().advance(Duration.ofMillis(elapsed.millis()));
        }
    }

    @SuppressWarnings("unchecked") // the second stage's values are lists of texts
    private static List<Second> seconds(SteppedEngine<Event> stepped, TrialDeclaration second) {
        List<Second> seconds = new ArrayList<>();
        for (Observed<WindowResult<?, ?>> observed : stepped.observedResults("second")) {
            WindowResult<?, ?> result = observed.what();
            seconds.add(new Second(
                    observed.step(),
                    second.keys() == Keys.NONE ? "" : (String) result.key(),
                    result.window(),
                    (List<String>) result.value(),
                    result.pane(),
                    result.isRetraction()));
        }
        return seconds;
    }

    private static List<Second> sorted(List<Second> panes) {
        return panes.stream()
                .sorted(Comparator.comparingInt(Second::step)
                        .thenComparingLong(pane -> pane.window().end())
                        .thenComparingLong(pane -> pane.window().start())
                        .thenComparing(Second::key))
                .toList();
    }
}
