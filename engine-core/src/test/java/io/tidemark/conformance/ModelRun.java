package io.tidemark.conformance;

import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.testing.ExpectedLate;
import io.tidemark.testing.ReferenceModel;
import java.util.List;

/** A scenario through the brute-force model. */
final class ModelRun {

    private ModelRun() {}

    static Outcome run(Scenario scenario) {
        ReferenceModel<String, Long> model = model(scenario.window());
        model.allowedLateness(scenario.allowedLateness());
        if (scenario.discarding()) {
            model.discarding();
        }
        if (scenario.firing() == Scenario.Firing.NEVER) {
            model.never();
        }
        for (Scenario.Step step : scenario.steps()) {
            if (step instanceof Event event) {
                model.event(event.timestamp(), event.key(), event.value());
            } else if (step instanceof Watermark advance) {
                model.watermark(advance.watermark());
            }
        }
        List<Fired> panes = model.panes().stream()
                .map(pane -> new Fired(
                        pane.step(),
                        pane.key(),
                        pane.window().start(),
                        pane.window().end(),
                        aggregate(scenario.aggregate(), pane.values()),
                        new Detail(pane.values().size(), pane.pane())))
                .toList();
        return new Outcome(panes, model.late().stream().map(ExpectedLate::step).toList(), model.unassigned());
    }

    static ReferenceModel<String, Long> model(Scenario.Window window) {
        return switch (window.kind()) {
            case TUMBLING -> ReferenceModel.tumbling(window.size(), window.offset());
            case SLIDING -> ReferenceModel.sliding(window.size(), window.slide(), window.offset());
            case SESSION -> ReferenceModel.session(window.size());
            case GLOBAL -> ReferenceModel.global();
        };
    }

    static Object aggregate(String name, List<Long> values) {
        return switch (name) {
            case "sum" -> values.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
            case "count" -> (long) values.size();
            case "min" -> values.stream().mapToLong(Long::longValue).min().orElseThrow();
            case "max" -> values.stream().mapToLong(Long::longValue).max().orElseThrow();
            case "list" -> values;
            default -> throw new IllegalArgumentException("unknown aggregate " + name);
        };
    }
}
