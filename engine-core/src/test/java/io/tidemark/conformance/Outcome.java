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

    /**
     * As {@link #differences}, for recordings whose timing follows that engine's internals: neither timing nor numbers count, nor
     * panes in which nothing is new, nor whether a pane beside such a one is the last.
     */
    List<String> differencesBesidesTiming(Outcome actual, boolean listOrderCounts, boolean discarding) {
        List<String> differences = new ArrayList<>();
        TreeMap<Group, List<News>> expectedNews = newsByWindow(listOrderCounts, discarding);
        TreeMap<Group, List<News>> actualNews = actual.newsByWindow(listOrderCounts, discarding);
        TreeSet<Group> windows = new TreeSet<>(expectedNews.keySet());
        windows.addAll(actualNews.keySet());
        for (Group window : windows) {
            List<News> wanted = expectedNews.getOrDefault(window, List.of());
            List<News> got = actualNews.getOrDefault(window, List.of());
            boolean same = wanted.size() == got.size();
            for (int i = 0; same && i < wanted.size(); i++) {
                same = wanted.get(i).matches(got.get(i));
            }
            if (!same) {
                differences.add("window of " + window + " expected " + wanted + " actual " + got);
            }
        }
        compare("late steps", late, actual.late, differences);
        compare("unassigned steps", unassigned, actual.unassigned, differences);
        return differences;
    }

    /** A pane with something new in it; {@code besideEmpty} if the one before or after it in its window had nothing. */
    private record News(int step, @Nullable Object value, long count, boolean last, boolean besideEmpty) {

        boolean matches(News other) {
            boolean sameLast = last == other.last || besideEmpty || other.besideEmpty;
            return step == other.step && count == other.count && Objects.equals(value, other.value) && sameLast;
        }
    }

    private TreeMap<Group, List<News>> newsByWindow(boolean listOrderCounts, boolean discarding) {
        TreeMap<Group, List<Fired>> byWindow = new TreeMap<>();
        for (Fired pane : panes) {
            Group window = new Group(0, pane.key, pane.start, pane.end);
            byWindow.computeIfAbsent(window, group -> new ArrayList<>()).add(pane);
        }
        TreeMap<Group, List<News>> news = new TreeMap<>();
        byWindow.forEach((window, fired) -> {
            for (int i = 0; i < fired.size(); i++) {
                if (isEmpty(fired, i, discarding)) {
                    continue;
                }
                Fired pane = fired.get(i);
                Detail detail = Objects.requireNonNull(pane.detail);
                boolean beside = isEmpty(fired, i - 1, discarding) || isEmpty(fired, i + 1, discarding);
                news.computeIfAbsent(window, group -> new ArrayList<>())
                        .add(new News(
                                pane.step,
                                comparable(pane.value, listOrderCounts),
                                detail.count,
                                detail.pane.last(),
                                beside));
            }
        });
        return news;
    }

    private static boolean isEmpty(List<Fired> fired, int index, boolean discarding) {
        if (index < 0 || index >= fired.size()) {
            return false;
        }
        long before = discarding || index == 0 ? 0 : count(fired.get(index - 1));
        return count(fired.get(index)) == before;
    }

    private static long count(Fired pane) {
        return Objects.requireNonNull(pane.detail).count;
    }

    private static @Nullable Object comparable(@Nullable Object value, boolean listOrderCounts) {
        return !listOrderCounts && value instanceof List<?> list
                ? list.stream().sorted().toList()
                : value;
    }

    private static void compare(String what, List<Integer> wanted, List<Integer> got, List<String> differences) {
        if (!Objects.equals(wanted, got)) {
            differences.add(what + " expected " + wanted + " actual " + got);
        }
    }

    private TreeMap<Group, List<@Nullable Object>> byGroup(boolean listOrderCounts, boolean detailed) {
        TreeMap<Group, List<@Nullable Object>> values = new TreeMap<>();
        for (Fired pane : panes) {
            Object value = comparable(pane.value, listOrderCounts);
            values.computeIfAbsent(pane.group(), group -> new ArrayList<>())
                    .add(detailed ? Arrays.asList(value, pane.detail) : value);
        }
        return values;
    }
}
