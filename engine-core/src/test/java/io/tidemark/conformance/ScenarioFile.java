package io.tidemark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.conformance.Outcome.Detail;
import io.tidemark.conformance.Outcome.Fired;
import io.tidemark.conformance.Scenario.Event;
import io.tidemark.conformance.Scenario.Firing;
import io.tidemark.conformance.Scenario.Step;
import io.tidemark.conformance.Scenario.Watermark;
import io.tidemark.conformance.Scenario.Window;
import io.tidemark.conformance.Scenario.WindowKind;
import io.tidemark.window.Pane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of scenarios: those that the engine can run today, and how many of the others there are, by the reason why not. */
record ScenarioFile(String name, List<Scenario> scenarios, Map<String, Integer> notYet) {
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
        Map<String, Integer> notYet = new TreeMap<>();
        for (String line : (Iterable<String>) lines.filter(text -> !text.isBlank())::iterator) {
            JsonNode json = JSON.readTree(line);
            String reason = notYet(json);
            if (reason == null) {
                scenarios.add(scenario(json));
            } else {
                notYet.merge(reason, 1, Integer::sum);
            }
        }
        return new ScenarioFile(name, scenarios, notYet);
    }

    private static @Nullable String notYet(JsonNode json) {
        String trigger = text(json.get("trigger"), "type");
        if (trigger.equals("eventTime") || trigger.equals("endOfStream") || trigger.equals("never")) {
            return null;
        }
        if (!trigger.equals("default")) {
            return trigger;
        }
        // Beam's default trigger is ours, but its sessions are not, and calendars and closing behaviours are still to
        // come
        String window = text(json.get("window"), "type");
        if (!window.equals("tumbling") && !window.equals("sliding")) {
            return trigger + " on " + window;
        }
        String closing = text(json, "closing");
        return closing.equals("FIRE_IF_NON_EMPTY") ? null : trigger + " closing " + closing;
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
        boolean never = text(json.get("trigger"), "type").equals("never");
        return new Scenario(
                text(json, "id"),
                window(json.get("window")),
                number(json, "allowedLateness"),
                never ? Firing.NEVER : Firing.AFTER_WATERMARK,
                text(json, "accumulation").equals("discarding"),
                text(json, "aggregate"),
                json.path("listOrder").asText("arrival").equals("arrival"),
                List.copyOf(steps),
                new Outcome(panes(json.get("expect")), steps(json.get("late")), steps(json.path("unassigned"))));
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
