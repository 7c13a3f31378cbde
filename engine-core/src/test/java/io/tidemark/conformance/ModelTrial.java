package io.tidemark.conformance;

import io.tidemark.conformance.Answer.Late;
import io.tidemark.conformance.Answer.Result;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Trial.Declaration;
import io.tidemark.testing.ReferenceModel;
import java.util.ArrayList;
import java.util.List;

/** A trial through the brute-force model, one keyed window at a time. */
final class ModelTrial {

    private ModelTrial() {}

    static List<Answer> run(Trial trial) {
        List<Answer> answers = new ArrayList<>();
        for (Declaration declaration : trial.declarations()) {
            answers.add(run(trial, declaration));
        }
        return answers;
    }

    private static Answer run(Trial trial, Declaration declaration) {
        ReferenceModel<String, Long> model = ModelRun.model(declaration.window());
        model.allowedLateness(declaration.allowedLateness());
        if (declaration.discarding()) {
            model.discarding();
        }
        if (declaration.never()) {
            model.never();
        }
        if (trial.delay() >= 0) {
            model.boundedOutOfOrderness(trial.delay());
        }
        for (Step step : trial.steps()) {
            if (step instanceof Event event) {
                String key = declaration.keys() == Trial.Keys.NONE ? "" : event.key();
                model.event(event.timestamp(), key, event.value());
            } else if (step instanceof Watermark advance) {
                model.watermark(advance.watermark());
            }
        }
        model.watermark(Long.MAX_VALUE);

        List<Result> panes = model.panes().stream()
                .map(pane -> new Result(
                        pane.step(),
                        pane.window(),
                        pane.key(),
                        ModelRun.aggregate(declaration.aggregate(), pane.values()),
                        pane.values().size(),
                        pane.pane()))
                .toList();
        List<Late> late = model.late().stream()
                .map(event -> new Late(event.step(), event.missed(), event.watermark()))
                .toList();
        return new Answer(
                declaration.ordered() ? panes : Answer.sorted(panes),
                late,
                List.copyOf(model.windowsMissed().keySet()),
                model.windowsMissed().values().stream()
                        .mapToLong(Integer::longValue)
                        .sum(),
                model.unassigned().size());
    }
}
