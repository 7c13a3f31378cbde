package io.tidemark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.Source;
import io.tidemark.StreamMetrics;
import io.tidemark.WindowedStream;
import io.tidemark.conformance.Answer.Late;
import io.tidemark.conformance.Answer.Result;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Trial.Declaration;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;

/** A trial through the engine's front door. */
final class EngineTrial {
    private final Trial trial;
    private final LongKeys longKeys = new LongKeys();
    private final SteppedEngine<Event> stepped;
    private final Consumer<Event> publish;
    private final Consumer<Watermark> advance;

    private EngineTrial(Trial trial, int batchSize) {
        this.trial = trial;
        WatermarkStrategy<Event> strategy = trial.delay() < 0
                ? WatermarkStrategy.manual()
                : WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(trial.delay()));
        stepped = SteppedEngine.of(EventTimeEngine.<Event>builder("trial")
                .timestamp(Event::timestamp)
                .watermark(strategy)
                .processingTime(Event::timestamp)
                .capacity(64)
                .batchSize(batchSize));
        for (int i = 0; i < trial.declarations().size(); i++) {
            declare("s" + i, trial.declarations().get(i));
        }
        stepped.start();
        if (trial.ownSource()) {
            Source<Event> source = stepped.engine().source("own");
            publish = event -> accepted(source.publish(event));
            advance = step -> source.advanceTo(step.watermark());
        } else {
            publish = event -> accepted(stepped.engine().publish(event));
            advance = step -> stepped.engine().advanceTo(step.watermark());
        }
    }

    private static void accepted(OfferResult answer) {
        if (answer != OfferResult.ACCEPTED) {
            throw new IllegalStateException("answered " + answer);
        }
    }

    /** Every step by itself: exact answers, one for each declaration. */
    static List<Answer> stepByStep(Trial trial) {
        EngineTrial run = new EngineTrial(trial, 64);
        try (SteppedEngine<Event> stepped = run.stepped) {
            trial.steps().forEach(step -> stepped.step(() -> run.feed(step)));
            stepped.complete();
            long lateness = trial.declarations().stream()
                    .mapToLong(Declaration::allowedLateness)
                    .max()
                    .orElseThrow();
            EngineLaws.check(stepped, lateness);
            assertThat(stepped.metrics().failures()).as("failures of user code").isZero();
            run.checkOrderOfClosing();
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < trial.declarations().size(); i++) {
                answers.add(run.answer("s" + i, trial.declarations().get(i).ordered()));
            }
            return answers;
        }
    }

    /** Everything that comes out, in order and without step numbers, when steps are fed {@code atMost} at a time. */
    static List<String> inBatches(Trial trial, int atMost) {
        Random random = new Random(trial.seed());
        EngineTrial run = new EngineTrial(trial, 1 + random.nextInt(64));
        try (SteppedEngine<Event> stepped = run.stepped) {
            List<Step> steps = trial.steps();
            for (int from = 0, to; from < steps.size(); from = to) {
                to = Math.min(steps.size(), from + 1 + random.nextInt(atMost));
                List<Step> batch = steps.subList(from, to);
                stepped.step(() -> batch.forEach(run::feed));
            }
            stepped.complete();
            List<String> sequence = new ArrayList<>();
            stepped.observedResults().forEach(observed -> sequence.add(run.text(observed.what())));
            stepped.observedLate().forEach(observed -> sequence.add(text(observed.what())));
            return sequence;
        }
    }

    private void declare(String name, Declaration declaration) {
        EventTimeEngine<Event> engine = stepped.engine();
        var windows = EngineRun.windows(declaration.window());
        switch (declaration.keys()) {
            case OBJECTS -> declare(name, declaration, engine.keyBy(Event::key).window(windows));
            case LONGS ->
                declare(
                        name,
                        declaration,
                        engine.keyByLong(event -> longKeys.of(event.key())).window(windows));
            case NONE -> declare(name, declaration, engine.window(windows));
        }
    }

    private <K> void declare(String name, Declaration declaration, WindowedStream<Event, K> windowed) {
        WindowedStream<Event, K> stream = windowed.named(name)
                .allowedLateness(Duration.ofMillis(declaration.allowedLateness()))
                .trigger(declaration.never() ? Trigger.never() : Trigger.afterWatermark());
        if (declaration.discarding()) {
            stream = stream.discarding();
        }
        if (declaration.ordered()) {
            stream = stream.ordered();
        }
        stream.aggregate(EngineRun.aggregation(declaration.aggregate()))
                .onLate(stepped.lateEvents())
                .onPartlyLate(stepped.partlyLateEvents())
                .onResult(stepped.results());
    }

    private void feed(Step step) {
        if (step instanceof Event event) {
            publish.accept(event);
        } else if (step instanceof Watermark watermark) {
            advance.accept(watermark);
        }
    }

    private Answer answer(String stream, boolean ordered) {
        List<Result> panes = new ArrayList<>();
        for (Observed<WindowResult<?, ?>> observed : stepped.observedResults(stream)) {
            WindowResult<?, ?> result = observed.what();
            panes.add(new Result(
                    observed.step(), result.window(), key(result), result.value(), result.count(), result.pane()));
        }
        List<Late> late = new ArrayList<>();
        for (Observed<LateEvent<?, ?>> observed : stepped.observedLate()) {
            LateEvent<?, ?> event = observed.what();
            if (event.stream().equals(stream)) {
                checkAudit(event, (Event) trial.steps().get(observed.step()));
                late.add(new Late(observed.step(), event.missed(), event.watermark()));
            }
        }
        List<Integer> partlyLate = stepped.observedPartlyLate().stream()
                .filter(observed -> observed.what().stream().equals(stream))
                .map(Observed::step)
                .distinct()
                .toList();
        StreamMetrics metrics = stepped.engine().metrics().streams().stream()
                .filter(candidate -> candidate.name().equals(stream))
                .findFirst()
                .orElseThrow();
        return new Answer(
                ordered ? panes : Answer.sorted(panes),
                late,
                partlyLate,
                metrics.windowsMissed(),
                metrics.unassigned());
    }

    private void checkAudit(LateEvent<?, ?> late, Event event) {
        boolean keyed = trial.declarations().get(index(late.stream())).keys() != Trial.Keys.NONE;
        String key = late.key() instanceof Long number ? longKeys.nameOf(number) : (String) late.key();
        LateEvent.Reason reason = late.missed() == null ? LateEvent.Reason.UNASSIGNED : LateEvent.Reason.LATE;
        if (late.timestamp() != event.timestamp()
                || !Objects.equals(key, keyed ? event.key() : null)
                || late.reason() != reason
                || late.lateness() <= 0) {
            throw new AssertionError("wrong audit of " + event + ": " + late);
        }
    }

    /** Windows that one step closes come by end, then start, then streams as declared. */
    private void checkOrderOfClosing() {
        Observed<WindowResult<?, ?>> before = null;
        for (Observed<WindowResult<?, ?>> observed : stepped.observedResults()) {
            if (observed.what().pane().timing() != io.tidemark.window.Pane.Timing.ON_TIME) {
                continue;
            }
            if (before != null && before.step() == observed.step()) {
                WindowResult<?, ?> a = before.what();
                WindowResult<?, ?> b = observed.what();
                int order = Long.compare(a.end(), b.end());
                order = order != 0 ? order : Long.compare(a.start(), b.start());
                order = order != 0 ? order : a.stream().compareTo(b.stream());
                if (order > 0) {
                    throw new AssertionError(
                            "closed out of order in step " + observed.step() + ": " + text(a) + " before " + text(b));
                }
            }
            before = observed;
        }
    }

    private String key(WindowResult<?, ?> result) {
        boolean keyed = trial.declarations().get(index(result.stream())).keys() != Trial.Keys.NONE;
        if (!keyed) {
            return "";
        }
        Object key = Objects.requireNonNull(result.key());
        return key instanceof Long number ? longKeys.nameOf(number) : (String) key;
    }

    private static int index(String stream) {
        return Integer.parseInt(stream.substring(1));
    }

    private String text(WindowResult<?, ?> result) {
        return result.stream() + " " + key(result) + " " + result.window() + " " + result.value() + " of "
                + result.count() + " " + result.pane();
    }

    private static String text(LateEvent<?, ?> late) {
        return late.toString();
    }
}
