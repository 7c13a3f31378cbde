package io.tidemark.conformance;

import io.tidemark.conformance.Answer.Late;
import io.tidemark.conformance.Answer.Result;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Trial.ClockAdvance;
import io.tidemark.testing.ReferenceModel;
import io.tidemark.window.TimeWindow;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A trial through the brute-force model, one keyed window at a time. */
final class ModelTrial {

    private ModelTrial() {}

    static List<Answer> run(Trial trial) {
        List<Answer> answers = new ArrayList<>();
        for (TrialDeclaration declaration : trial.declarations()) {
            answers.add(run(trial, declaration));
        }
        return answers;
    }

    private static Answer run(Trial trial, TrialDeclaration declaration) {
        ReferenceModel<String, Event> model = model(declaration);
        declare(model, declaration, declaration.aggregate()::expected);
        if (trial.delay() >= 0) {
            model.boundedOutOfOrderness(trial.delay());
        }
        feed(model, trial, declaration);

        List<Result> panes = model.panes().stream()
                .map(pane -> new Result(
                        pane.step(),
                        pane.window(),
                        pane.key(),
                        declaration.aggregate().expected(pane.values()),
                        pane.values().size(),
                        pane.pane(),
                        pane.retraction(),
                        pane.replaced()))
                .toList();
        List<Late> late = model.late().stream()
                .map(event -> new Late(event.step(), event.missed(), event.watermark()))
                .toList();
        return new Answer(
                declaration.orderIsExact() ? panes : Answer.sorted(panes),
                late,
                List.copyOf(model.windowsMissed().keySet()),
                model.windowsMissed().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum(),
                model.unassigned().size(),
                model.failed().size());
    }

    /** Everything but the windows themselves. */
    static <V> void declare(
            ReferenceModel<String, V> model, TrialDeclaration declaration, Function<List<V>, Object> valueOf) {
        model.allowedLateness(declaration.allowedLateness()).onTime(declaration.onTime());
        if (!declaration.bringsTrigger()) {
            trigger(model, declaration);
            switch (declaration.accumulation()) {
                case ACCUMULATING -> {}
                case DISCARDING -> model.discarding();
                case RETRACTING -> model.retracting();
            }
        }
        if (declaration.closing() != null) {
            model.closing(declaration.closing());
        }
        if (declaration.suppressUnchanged()) {
            model.suppressUnchanged(valueOf);
        }
        if (declaration.horizon() > 0) {
            model.emptyWindows(declaration.horizon());
        }
    }

    private static void feed(ReferenceModel<String, Event> model, Trial trial, TrialDeclaration declaration) {
        long clock = 0;
        for (Step step : trial.steps()) {
            if (step instanceof Event event) {
                String key = declaration.keys() == TrialDeclaration.Keys.NONE ? "" : event.key();
                model.event(event.timestamp(), key, event, declaration.inputOf(event));
            } else if (step instanceof Watermark advance) {
                model.watermark(advance.watermark());
            } else if (step instanceof ClockAdvance advance) {
                clock += advance.millis();
                model.clock(clock);
            }
        }
        model.watermark(Long.MAX_VALUE);
        if (model.liveWindows() != 0) {
            throw new AssertionError("the model keeps " + model.liveWindows() + " windows");
        }
    }

    static <V> void trigger(ReferenceModel<String, V> model, TrialDeclaration declaration) {
        switch (declaration.trigger()) {
            case AFTER_WATERMARK -> {
                model.lateEvery(declaration.lateEvery());
                if (declaration.everyEvents() > 0) {
                    model.earlyEvery(declaration.everyEvents());
                }
                if (declaration.step() > 0) {
                    model.earlyStep(declaration.step());
                }
                if (declaration.clock() > 0) {
                    model.earlyClock(declaration.clock());
                }
                if (declaration.condition()) {
                    model.earlyWhen((all, fresh) -> fresh.size() % 3 == 2);
                }
            }
            case REPEATEDLY -> {
                if (declaration.everyEvents() > 0) {
                    model.repeatedlyEvery(declaration.everyEvents());
                }
                if (declaration.step() > 0) {
                    model.repeatedlyStep(declaration.step());
                }
                if (declaration.clock() > 0) {
                    model.repeatedlyClock(declaration.clock());
                }
                if (declaration.condition()) {
                    model.repeatedlyWhen((all, fresh) -> fresh.size() % 3 == 2);
                }
            }
            case NEVER -> model.never();
        }
    }

    static <V> ReferenceModel<String, V> model(TrialDeclaration declaration) {
        long unit = declaration.unit();
        long size = unit * declaration.size();
        long slide = unit * declaration.slide();
        long offset = declaration.offset();
        ZoneId zone = declaration.zone();
        return switch (declaration.kind()) {
            case TUMBLING -> ReferenceModel.tumbling(size, offset);
            case SLIDING -> ReferenceModel.sliding(size, slide, offset);
            case SESSION -> ReferenceModel.session(size);
            case SESSION_LONGEST -> ReferenceModel.session(size, slide);
            case SESSION_BY -> ReferenceModel.sessionBy(0);
            case SESSION_BY_LONGEST -> ReferenceModel.sessionBy(slide);
            case GLOBAL -> ReferenceModel.global();
            case DAYS -> ReferenceModel.calendar(Period.ofDays(1), zone, LocalDate.EPOCH);
            case WEEKS -> ReferenceModel.calendar(Period.ofDays(7), zone, LocalDate.of(1970, 1, 4));
            case MONTHS -> ReferenceModel.calendar(Period.ofMonths(1), zone, LocalDate.EPOCH);
            case BUSINESS_DAYS -> ReferenceModel.businessDays(EngineTrial.CUT_OFF, zone, EngineTrial::isBusinessDay);
            case CUMULATING -> ReferenceModel.<String, V>tumbling(size, offset).cumulating(slide);
            case CUMULATING_DAYS ->
                ReferenceModel.<String, V>calendar(Period.ofDays(1), zone, LocalDate.EPOCH)
                        .cumulating(slide);
            case COUNT -> ReferenceModel.count(declaration.size());
            case TIME_OR_COUNT -> ReferenceModel.timeOrCount(size, declaration.slide());
            case FOLLOWING -> ReferenceModel.following(size);
            case TUMBLING_BY -> ReferenceModel.tumblingBy();
            case CUSTOM ->
                ReferenceModel.assigned(timestamp -> EngineTrial.custom(declaration, timestamp).stream()
                        .map(bounds -> new TimeWindow(bounds[0], bounds[1]))
                        .toList());
        };
    }
}
