package io.tidemark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.conformance.Scenario.Calendar;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Trigger;
import io.tidemark.conformance.Scenario.TriggerKind;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Scenario.Window;
import io.tidemark.conformance.Scenario.WindowKind;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Pane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of scenarios, without those that are left out by name; how many these are. */
record ScenarioFile(String name, List<Scenario> scenarios, int leftOut) {
    /** Behaviour on purpose not ours: one engine's continuous trigger, the other's two session rules. */
    private static final Set<String> LEFT_OUT = Set.of(
            "flink-WindowOperatorTest.testSessionWindowsWithContinuousEventTimeTrigger",
            "beam-SessionsTest.testSimple",
            "beam-probe.session-own-window-late-but-merged-alive",
            "beam-probe.session-touching-does-not-merge");

    private static final ObjectMapper JSON = new ObjectMapper();

    static ScenarioFile resource(String name) throws IOException {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("/conformance/" + name + ".jsonl")) {
            if (in == null) {
                throw new IOException("no resource conformance/" + name + ".jsonl");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines());
        }
    }

    static List<ScenarioFile> directory(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> found = Files.list(directory)) {
            paths = found.filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        List<ScenarioFile> files = new ArrayList<>();
        for (Path path : paths) {
            try (Stream<String> lines = Files.lines(path)) {
                files.add(parse(path.getFileName().toString(), lines));
            }
        }
        return files;
    }

    private static ScenarioFile parse(String name, Stream<String> lines) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        int leftOut = 0;
        for (String line : (Iterable<String>) lines.filter(text -> !text.isBlank())::iterator) {
            JsonNode json = JSON.readTree(line);
            if (LEFT_OUT.contains(text(json, "id"))) {
                leftOut++;
            } else {
                scenarios.add(scenario(json));
            }
        }
        return new ScenarioFile(name, scenarios, leftOut);
    }

    private static Scenario scenario(JsonNode json) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : json.get("steps")) {
            JsonNode event = step.get("e");
            steps.add(
                    event == null
                            ? new Watermark(number(step, "w"))
                            : new Event(integer(event.get(0)), event.get(1).textValue(), integer(event.get(2))));
        }
        return new Scenario(
                text(json, "id"),
                window(json.get("window")),
                number(json, "allowedLateness"),
                trigger(json.get("trigger")),
                closing(json),
                OnTimeBehavior.valueOf(json.path("onTime").asText("FIRE_ALWAYS")),
                text(json, "accumulation").equals("discarding"),
                text(json, "aggregate"),
                json.path("listOrder").asText("arrival").equals("arrival"),
                json.path("timingDependsOnHolds").booleanValue(),
                List.copyOf(steps),
                new Outcome(panes(json.get("expect")), steps(json.get("late")), steps(json.path("unassigned"))));
    }

    private static Trigger trigger(JsonNode json) {
        return switch (text(json, "type")) {
            case "default", "eventTime", "endOfStream" -> new Trigger(TriggerKind.AFTER_WATERMARK, 0, 1);
            case "afterWatermark" ->
                // without late firings only where no window takes late events
                new Trigger(
                        TriggerKind.AFTER_WATERMARK,
                        json.required("early").asLong(0),
                        json.required("late").asLong(1));
            case "count", "repeatedlyCount" -> new Trigger(TriggerKind.REPEATEDLY, number(json, "n"), 1);
            case "never" -> new Trigger(TriggerKind.NEVER, 0, 1);
            default -> throw new IllegalArgumentException("unknown trigger " + json);
        };
    }

    private static ClosingBehavior closing(JsonNode json) {
        String trigger = text(json.get("trigger"), "type");
        // the engine that says nothing about it loses the remainder of a count
        boolean discards = trigger.equals("count") || trigger.equals("never");
        String unlessSaid = (discards ? ClosingBehavior.DISCARD : ClosingBehavior.FIRE_IF_NON_EMPTY).name();
        return ClosingBehavior.valueOf(json.path("closing").asText(unlessSaid));
    }

    private static Window window(JsonNode json) {
        return switch (text(json, "type")) {
            case "tumbling" -> {
                long size = number(json, "size");
                yield new Window(WindowKind.TUMBLING, size, size, number(json, "offset"));
            }
            case "sliding" ->
                new Window(WindowKind.SLIDING, number(json, "size"), number(json, "slide"), number(json, "offset"));
            case "session" -> new Window(WindowKind.SESSION, number(json, "gap"), 0, 0);
            case "global" -> new Window(WindowKind.GLOBAL, 0, 0, 0);
            case "calendarDays" ->
                new Window(
                        WindowKind.CALENDAR,
                        0,
                        0,
                        0,
                        new Calendar(
                                Math.toIntExact(number(json, "days")),
                                ZoneId.of(text(json, "zone")),
                                LocalDate.parse(text(json, "start"))));
            default -> throw new IllegalArgumentException("unknown window " + json);
        };
    }

    private static List<Fired> panes(JsonNode json) {
        List<Fired> panes = new ArrayList<>();
        for (JsonNode pane : json) {
            panes.add(new Fired(
                    (int) number(pane, "step"),
                    text(pane, "key"),
                    number(pane, "start"),
                    number(pane, "end"),
                    value(pane.get("value")),
                    pane.has("timing") ? detail(pane) : null));
        }
        return panes;
    }

    private static Detail detail(JsonNode pane) {
        Pane.Timing timing = Pane.Timing.valueOf(text(pane, "timing"));
        boolean last = pane.required("last").booleanValue();
        return new Detail(number(pane, "n"), new Pane(timing, number(pane, "index"), last));
    }

    private static @Nullable Object value(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (!json.isArray()) {
            return integer(json);
        }
        List<Long> values = new ArrayList<>();
        json.forEach(element -> values.add(integer(element)));
        return values;
    }

    private static List<Integer> steps(JsonNode json) {
        List<Integer> steps = new ArrayList<>();
        json.forEach(step -> steps.add((int) integer(step)));
        return steps;
    }

    private static String text(JsonNode json, String field) {
        return json.required(field).textValue();
    }

    private static long number(JsonNode json, String field) {
        return integer(json.required(field));
    }

    /** Refuses what a double would round. */
    private static long integer(JsonNode json) {
        if (!json.canConvertToLong() || !json.isIntegralNumber()) {
            throw new IllegalArgumentException("not a 64-bit integer: " + json);
        }
        return json.longValue();
    }
}
