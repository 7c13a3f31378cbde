package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The windows that another engine found for the same events; what it made of them is compared elsewhere. */
class CalendarVectorsTest {
    private static final String RECORDED = "/conformance/beam-calendar.jsonl";

    private record KeyedWindow(String key, long start, long end) {}

    @Test
    void everyEventThatWasNotLate_liesInARecordedWindow_andNoOtherWindowExists() throws IOException {
        ObjectMapper json = new ObjectMapper();
        int scenarios = 0;
        try (InputStream in = CalendarVectorsTest.class.getResourceAsStream(RECORDED)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                JsonNode scenario = json.readTree(line);
                assertThat(assigned(scenario))
                        .as(scenario.get("id").textValue())
                        .isEqualTo(recorded(scenario.get("expect")));
                scenarios++;
            }
        }
        assertThat(scenarios).isEqualTo(88);
    }

    private static Set<KeyedWindow> assigned(JsonNode scenario) {
        SlicedWindows windows = windows(scenario.get("window"));
        Set<Integer> late = new HashSet<>();
        scenario.get("late").forEach(step -> late.add(step.intValue()));
        Set<KeyedWindow> assigned = new HashSet<>();
        JsonNode steps = scenario.get("steps");
        for (int step = 0; step < steps.size(); step++) {
            JsonNode event = steps.get(step).get("e");
            if (event != null && !late.contains(step)) {
                long timestamp = event.get(0).longValue();
                assigned.add(new KeyedWindow(
                        event.get(1).textValue(), windows.sliceStart(timestamp), windows.sliceEnd(timestamp)));
            }
        }
        return assigned;
    }

    private static SlicedWindows windows(JsonNode window) {
        WindowAssigner<Object> days = Windows.calendar(
                Period.ofDays(window.get("days").intValue()),
                ZoneId.of(window.get("zone").textValue()),
                LocalDate.parse(window.get("start").textValue()));
        return (SlicedWindows) days.in(TimeUnit.MILLISECONDS);
    }

    private static Set<KeyedWindow> recorded(JsonNode panes) {
        Set<KeyedWindow> recorded = new HashSet<>();
        for (JsonNode pane : panes) {
            recorded.add(new KeyedWindow(
                    pane.get("key").textValue(),
                    pane.get("start").longValue(),
                    pane.get("end").longValue()));
        }
        return recorded;
    }
}
