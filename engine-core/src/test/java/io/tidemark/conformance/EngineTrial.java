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
import io.tidemark.conformance.Trial.ClockAdvance;
import io.tidemark.ring.OfferResult;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.Seeds;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Pane;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A trial through the engine's front door. */
final class EngineTrial {
    static final LocalTime CUT_OFF = LocalTime.of(18, 30);

    private final Trial trial;
    private final int shards;
    private final LongKeys longKeys = new LongKeys();
    private final SteppedEngine<Event> stepped;
    private final Consumer<Event> publish;
    private final Consumer<Watermark> advance;

    private EngineTrial(Trial trial, int batchSize, int shards) {
        this.trial = trial;
        this.shards = shards;
        WatermarkStrategy<Event> strategy = trial.delay() < 0
                ? WatermarkStrategy.manual()
                : WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(trial.delay()));
        stepped = SteppedEngine.of(EventTimeEngine.<Event>builder("trial")
                .timestamp(Event::timestamp)
                .watermark(strategy)
                .processingTime(Event::timestamp)
                .capacity(64)
                .shards(shards)
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
    static List<Answer> stepByStep(Trial trial, int shards) {
        EngineTrial run = new EngineTrial(trial, 64, shards);
        try (SteppedEngine<Event> stepped = run.stepped) {
            trial.steps().forEach(step -> stepped.step(() -> run.feed(step)));
            stepped.complete();
            long lateness = trial.declarations().stream()
                    .mapToLong(TrialDeclaration::allowedLateness)
                    .max()
                    .orElseThrow();
            EngineLaws.check(stepped, lateness);
            assertThat(stepped.metrics().failures())
                    .as("failures of user code")
                    .isEqualTo(stepped.metrics().streams().stream()
                            .mapToLong(StreamMetrics::failed)
                            .sum());
            if (shards == 1) {
                run.checkOrderOfClosing();
            }
            List<Answer> answers = new ArrayList<>();
            for (int i = 0; i < trial.declarations().size(); i++) {
                answers.add(run.answer("s" + i, trial.declarations().get(i)));
            }
            return answers;
        }
    }

    /** Everything that comes out, in order and without step numbers, when steps are fed {@code atMost} at a time. */
    static List<String> inBatches(Trial trial, int atMost) {
        return inBatches(trial, atMost, 1).all();
    }

    /** What comes out, in order, of each stream and key by itself: what does not depend on the number of shards. */
    static Map<String, List<String>> byKeyInBatches(Trial trial, int atMost, int shards) {
        return inBatches(trial, atMost, shards).byKey();
    }

    /** Results and then late events, as texts. */
    private record Sequence(List<String> all, Map<String, List<String>> byKey) {
        Sequence() {
            this(new ArrayList<>(), new TreeMap<>());
        }

        void add(String stream, String key, String text) {
            all.add(text);
            byKey.computeIfAbsent(stream + " " + key, first -> new ArrayList<>())
                    .add(text);
        }
    }

    private static Sequence inBatches(Trial trial, int atMost, int shards) {
        Random random = Seeds.random(~trial.seed());
        EngineTrial run = new EngineTrial(trial, 1 + random.nextInt(64), shards);
        try (SteppedEngine<Event> stepped = run.stepped) {
            List<Step> steps = trial.steps();
            for (int from = 0, to; from < steps.size(); from = to) {
                to = untilClock(steps, from, Math.min(steps.size(), from + 1 + random.nextInt(atMost)));
                List<Step> batch = steps.subList(from, to);
                stepped.step(() -> batch.forEach(run::feed));
            }
            stepped.complete();
            Sequence sequence = new Sequence();
            stepped.observedResults().stream()
                    .map(Observed::what)
                    .forEach(result -> sequence.add(result.stream(), run.key(result), run.text(result)));
            stepped.observedLate().stream()
                    .map(Observed::what)
                    .forEach(late -> sequence.add(late.stream(), "late " + late.key(), text(late)));
            return sequence;
        }
    }

    /** A reading of the clock has its place in the order of events: a batch ends before it, and it is one by itself. */
    private static int untilClock(List<Step> steps, int from, int to) {
        if (steps.get(from) instanceof ClockAdvance) {
            return from + 1;
        }
        for (int i = from; i < to; i++) {
            if (steps.get(i) instanceof ClockAdvance) {
                return i;
            }
        }
        return to;
    }

    private void declare(String name, TrialDeclaration declaration) {
        EventTimeEngine<Event> engine = stepped.engine();
        WindowAssigner<? super Event> windows = windows(declaration);
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

    private <K> void declare(String name, TrialDeclaration declaration, WindowedStream<Event, K> windowed) {
        behaving(windowed.named(name), declaration)
                .aggregate(declaration.aggregate().aggregation())
                .onLate(stepped.lateEvents())
                .onPartlyLate(stepped.partlyLateEvents())
                .onResult(stepped.results());
    }

    /** Everything that is said of windows but what they compute. */
    static <E, K> WindowedStream<E, K> behaving(WindowedStream<E, K> windowed, TrialDeclaration declaration) {
        WindowedStream<E, K> stream = windowed.allowedLateness(Duration.ofMillis(declaration.allowedLateness()))
                .onTime(declaration.onTime());
        if (!declaration.bringsTrigger()) {
            stream = stream.trigger(trigger(declaration));
            stream = switch (declaration.accumulation()) {
                case ACCUMULATING -> stream;
                case DISCARDING -> stream.discarding();
                case RETRACTING -> stream.retracting();
            };
        }
        ClosingBehavior closing = declaration.closing();
        if (closing != null) {
            stream = stream.closing(closing);
        }
        if (declaration.suppressUnchanged()) {
            stream = stream.suppressUnchanged();
        }
        if (declaration.horizon() > 0) {
            stream = stream.emptyWindows(Duration.ofMillis(declaration.horizon()));
        }
        if (declaration.ordered()) {
            stream = stream.ordered();
        }
        return stream;
    }

    private static Trigger trigger(TrialDeclaration declaration) {
        List<Firing> firings = new ArrayList<>();
        if (declaration.everyEvents() > 0) {
            firings.add(Firing.everyEvents(declaration.everyEvents()));
        }
        if (declaration.step() > 0) {
            firings.add(Firing.everyEventTime(Duration.ofMillis(declaration.step())));
        }
        if (declaration.clock() > 0) {
            firings.add(Firing.everyClock(Duration.ofMillis(declaration.clock())));
        }
        if (declaration.condition()) {
            firings.add(Firing.when(window -> window.fresh() % 3 == 2));
        }
        Firing[] all = firings.toArray(new Firing[0]);
        return switch (declaration.trigger()) {
            case AFTER_WATERMARK -> {
                Trigger atEnd = Trigger.afterWatermark().lateEvery(declaration.lateEvery());
                yield all.length == 0 ? atEnd : atEnd.early(Firing.firstOf(all));
            }
            case REPEATEDLY -> Trigger.repeatedly(Firing.firstOf(all));
            case NEVER -> Trigger.never();
        };
    }

    static WindowAssigner<? super Event> windows(TrialDeclaration declaration) {
        long unit = declaration.unit();
        Duration size = Duration.ofMillis(unit * declaration.size());
        Duration slide = Duration.ofMillis(unit * declaration.slide());
        Duration offset = Duration.ofMillis(declaration.offset());
        ZoneId zone = declaration.zone();
        return switch (declaration.kind()) {
            case TUMBLING -> Windows.tumbling(size, offset);
            case SLIDING -> Windows.sliding(size, slide, offset);
            case SESSION -> Windows.session(size);
            case SESSION_LONGEST -> Windows.session(size, slide);
            case SESSION_BY -> Windows.sessionBy(declaration::inputOf);
            case SESSION_BY_LONGEST -> Windows.sessionBy(declaration::inputOf, slide);
            case GLOBAL -> Windows.global();
            case DAYS -> Windows.days(zone);
            case WEEKS -> Windows.weeks(DayOfWeek.SUNDAY, zone);
            case MONTHS -> Windows.months(zone);
            case BUSINESS_DAYS -> Windows.businessDays(CUT_OFF, zone, EngineTrial::isBusinessDay);
            case CUMULATING -> Windows.cumulating(Windows.tumbling(size, offset), slide);
            case CUMULATING_DAYS -> Windows.cumulating(Windows.days(zone), slide);
            case COUNT -> Windows.count(declaration.size());
            case TIME_OR_COUNT -> Windows.timeOrCount(size, declaration.slide());
            case FOLLOWING -> Windows.following(size);
            case TUMBLING_BY -> Windows.tumblingBy(declaration::inputOf);
            case CUSTOM ->
                Windows.custom((timestamp, input, collector) ->
                        custom(declaration, timestamp).forEach(bounds -> collector.add(bounds[0], bounds[1])));
        };
    }

    static boolean isBusinessDay(LocalDate date) {
        return date.getDayOfWeek() != DayOfWeek.SUNDAY && date.getDayOfMonth() % 9 != 5;
    }

    /** A user's windows: a short and a long one, sometimes none, sometimes one that is not around the event. */
    static List<long[]> custom(TrialDeclaration declaration, long timestamp) {
        long size = declaration.unit() * declaration.size();
        long turn = Math.floorMod(Math.floorDiv(timestamp, declaration.unit()), 9L);
        if (timestamp < Long.MIN_VALUE + 3 * size || timestamp > Long.MAX_VALUE - 3 * size) {
            return List.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
        }
        long start = timestamp - Math.floorMod(timestamp, size);
        long[] small = {start, start + size};
        if (turn == 3) {
            return List.of();
        }
        if (turn == 5 && start % 5 == 0 && declaration.size() % 5 == 0) {
            return List.of(small, new long[] {start + size, start + 2 * size});
        }
        return turn % 2 == 0 ? List.of(new long[] {start - size, start + 2 * size}, small, small) : List.of(small);
    }

    private void feed(Step step) {
        if (step instanceof Event event) {
            publish.accept(event);
        } else if (step instanceof Watermark watermark) {
            advance.accept(watermark);
        } else if (step instanceof ClockAdvance elapsed) {
            stepped.clock().advance(Duration.ofMillis(elapsed.millis()));
        }
    }

    private Answer answer(String stream, TrialDeclaration declaration) {
        List<Result> panes = new ArrayList<>();
        for (Observed<WindowResult<?, ?>> observed : stepped.observedResults(stream)) {
            WindowResult<?, ?> result = observed.what();
            panes.add(new Result(
                    observed.step(),
                    result.window(),
                    key(result),
                    declaration.aggregate().comparable(result.value()),
                    result.count(),
                    result.pane(),
                    result.isRetraction(),
                    result.replaced()));
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
                declaration.orderIsExact() && shards == 1 ? panes : Answer.sorted(panes),
                late,
                partlyLate,
                metrics.windowsMissed(),
                metrics.unassigned(),
                metrics.failed());
    }

    private void checkAudit(LateEvent<?, ?> late, Event event) {
        boolean keyed = trial.declarations().get(index(late.stream())).keys() != TrialDeclaration.Keys.NONE;
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
            TrialDeclaration declaration = trial.declarations().get(index(observed.what().stream()));
            // another trigger's ON_TIME pane may come with an event
            if (declaration.trigger() != TrialDeclaration.TriggerKind.AFTER_WATERMARK
                    || observed.what().pane().timing() != Pane.Timing.ON_TIME
                    || observed.what().isRetraction()) {
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
        boolean keyed = trial.declarations().get(index(result.stream())).keys() != TrialDeclaration.Keys.NONE;
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
        TrialDeclaration declaration = trial.declarations().get(index(result.stream()));
        Object value = declaration.aggregate().comparable(result.value());
        return (result.isRetraction() ? "not " : "") + result.stream() + " " + key(result) + " " + result.window() + " "
                + value + " of " + result.count() + " " + result.pane();
    }

    private static String text(LateEvent<?, ?> late) {
        return late.toString();
    }
}
