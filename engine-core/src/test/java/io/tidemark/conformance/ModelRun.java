package io.tidemark.conformance;

import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.conformance.Scenario.Calendar;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.testing.ExpectedLate;
import io.tidemark.testing.ReferenceModel;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scenario through the brute-force model. */
final class ModelRun {

    private ModelRun() {}

    static Outcome run(Scenario scenario) {
        ReferenceModel<String, Long> model = model(scenario.window());
        model.allowedLateness(scenario.allowedLateness())
                .closing(scenario.closing())
                .onTime(scenario.onTime());
        if (scenario.discarding()) {
            model.discarding();
        }
        trigger(model, scenario.trigger());
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

    private static void trigger(ReferenceModel<String, Long> model, Scenario.Trigger trigger) {
        switch (trigger.kind()) {
            case AFTER_WATERMARK -> {
                model.lateEvery(trigger.lateEvery());
                if (trigger.every() > 0) {
                    model.earlyEvery(trigger.every());
                }
            }
            case REPEATEDLY -> model.repeatedlyEvery(trigger.every());
            case NEVER -> model.never();
        }
    }

    static ReferenceModel<String, Long> model(Scenario.Window window) {
        return switch (window.kind()) {
            case TUMBLING -> ReferenceModel.tumbling(window.size(), window.offset());
            case SLIDING -> ReferenceModel.sliding(window.size(), window.slide(), window.offset());
            case SESSION -> ReferenceModel.session(window.size());
            case GLOBAL -> ReferenceModel.global();
            case CALENDAR -> calendar(Objects.requireNonNull(window.calendar()));
        };
    }

    private static ReferenceModel<String, Long> calendar(Calendar calendar) {
        return ReferenceModel.calendar(Period.ofDays(calendar.days()), calendar.zone(), calendar.start());
    }

    /** Null for the least and the greatest of nothing. */
    static @Nullable Object aggregate(String name, List<Long> values) {
        return switch (name) {
            case "sum" -> values.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
            case "count" -> (long) values.size();
            case "min" -> values.stream().min(Long::compare).orElse(null);
            case "max" -> values.stream().max(Long::compare).orElse(null);
            case "list" -> values;
            default -> throw new IllegalArgumentException("unknown aggregate " + name);
        };
    }
}
