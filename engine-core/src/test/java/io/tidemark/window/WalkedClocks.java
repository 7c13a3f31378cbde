package io.tidemark.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a zone's clocks show, watched minute by minute: the model that edges in local time are checked against. */
final class WalkedClocks {
    private static final int MINUTE = 60;

    /** For each day the second at which the clocks first show the time awaited, or something later. */
    private final NavigableMap<LocalDate, Long> firstShown = new TreeMap<>();

    WalkedClocks(ZoneId zone, int fromYear, int toYear, LocalTime time) {
        long second = second(fromYear);
        long last = second(toYear);
        LocalDateTime awaited = shown(zone, second).toLocalDate().plusDays(1).atTime(time);
        while (second < last) {
            second += MINUTE;
            LocalDateTime shown = shown(zone, second);
            while (!awaited.isAfter(shown)) {
                firstShown.put(awaited.toLocalDate(), second);
                awaited = awaited.plusDays(1);
            }
        }
    }

    private static long second(int year) {
        return LocalDateTime.of(year, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    }

    private static LocalDateTime shown(ZoneId zone, long second) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(second), zone);
    }

    /** The seconds of the days that are accepted; one only if the clocks pass several at once. */
    TreeSet<Long> edges(Predicate<LocalDate> accepted) {
        return firstShown.entrySet().stream()
                .filter(day -> accepted.test(day.getKey()))
                .map(NavigableMap.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
