package io.tidemark.conformance;

import io.tidemark.window.Pane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What came out of a scenario: panes, and the steps of the events that no pane counts. */
record Outcome(List<Fired> panes, List<Integer> late, List<Integer> unassigned) {

    /** A value is a {@code Long}, a list of them, or null; detail is null if the recording has none. */
    record Fired(
            int step,
            String key,
            long start,
            long end,
            @Nullable Object value,
            @Nullable Detail detail) {

        Group group() {
            return new Group(step, key, start, end);
        }
    }

    record Detail(long count, Pane pane) {}

    /** Panes between which the order counts. */
    record Group(int step, String key, long start, long end) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int order = Integer.compare(step, other.step);
            order = order != 0 ? order : Long.compare(end, other.end);
            order = order != 0 ? order : Long.compare(start, other.start);
            return order != 0 ? order : key.compareTo(other.key);
        }

        @Override
        public String toString() {
            return "step " + step + " key " + key + " [" + start + ", " + end + ")";
        }
    }

    /** Where {@code actual} differs from this, one line each; empty if nowhere. */
    List<String> differences(Outcome actual, boolean listOrderCounts) {
        List<String> differences = new ArrayList<>();
        boolean detailed = panes.stream().allMatch(pane -> pane.detail != null);
        TreeMap<Group, List<@Nullable Object>> expectedValues = byGroup(listOrderCounts, detailed);
        TreeMap<Group, List<@Nullable Object>> actualValues = actual.byGroup(listOrderCounts, detailed);
        TreeSet<Group> groups = new TreeSet<>(expectedValues.keySet());
        groups.addAll(actualValues.keySet());
        for (Group group : groups) {
            List<@Nullable Object> wanted = expectedValues.getOrDefault(group, List.of());
            List<@Nullable Object> got = actualValues.getOrDefault(group, List.of());
            if (!wanted.equals(got)) {
                differences.add(group + " expected " + wanted + " actual " + got);
            }
        }
        compare("late steps", late, actual.late, differences);
        compare("unassigned steps", unassigned, actual.unassigned, differences);
        return differences;
    }

    private static void compare(String what, List<Integer> wanted, List<Integer> got, List<String> differences) {
        if (!Objects.equals(wanted, got)) {
            differences.add(what + " expected " + wanted + " actual " + got);
        }
    }

    private TreeMap<Group, List<@Nullable Object>> byGroup(boolean listOrderCounts, boolean detailed) {
        TreeMap<Group, List<@Nullable Object>> values = new TreeMap<>();
        for (Fired pane : panes) {
            Object value = pane.value;
            if (!listOrderCounts && value instanceof List<?> list) {
                value = list.stream().sorted().toList();
            }
            values.computeIfAbsent(pane.group(), group -> new ArrayList<>())
                    .add(detailed ? Arrays.asList(value, pane.detail) : value);
        }
        return values;
    }
}
