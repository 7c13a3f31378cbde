package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.window.SlicedWindows;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.WindowCursor;
import io.tidemark.window.Windows;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The engine's calendars against the model's, around every change of the clocks, in any zone, that comes near midnight or goes far. */
class ReferenceCalendarZonesTest {
    private static final LocalDate START = LocalDate.of(1999, 12, 31);
    private static final Predicate<LocalDate> BUSINESS =
            date -> date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;

    @Test
    void days_agree() {
        assertThat(differences(
                        zone -> Windows.calendar(Period.ofDays(1), zone, START),
                        zone -> ReferenceCalendar.every(Period.ofDays(1), zone, START)))
                .isEmpty();
    }

    @Test
    void daysInThrees_agree() {
        assertThat(differences(
                        zone -> Windows.calendar(Period.ofDays(3), zone, START),
                        zone -> ReferenceCalendar.every(Period.ofDays(3), zone, START)))
                .isEmpty();
    }

    @Test
    void months_agree() {
        assertThat(differences(
                        zone -> Windows.calendar(Period.ofMonths(1), zone, START),
                        zone -> ReferenceCalendar.every(Period.ofMonths(1), zone, START)))
                .isEmpty();
    }

    @Test
    void businessDaysCutOffWhereClocksChange_agree() {
        LocalTime cutOff = LocalTime.of(0, 30);
        assertThat(differences(
                        zone -> Windows.businessDays(cutOff, zone, BUSINESS),
                        zone -> ReferenceCalendar.businessDays(cutOff, zone, BUSINESS)))
                .isEmpty();
    }

    private static List<String> differences(
            Function<ZoneId, WindowAssigner<?>> engine, Function<ZoneId, ReferenceCalendar> model) {
        List<String> differences = new ArrayList<>();
        Set<ZoneRules> seen = new HashSet<>();
        WindowCursor cursor = new WindowCursor();
        int compared = 0;
        for (String id : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
            ZoneId zone = ZoneId.of(id);
            if (!seen.add(zone.getRules())) {
                continue;
            }
            SlicedWindows sliced = (SlicedWindows) engine.apply(zone).in(TimeUnit.MILLISECONDS);
            ReferenceWindows expected = ReferenceWindows.calendar(model.apply(zone));
            for (ZoneOffsetTransition change : zone.getRules().getTransitions()) {
                if (!isUnusual(change)) {
                    continue;
                }
                long at = change.toEpochSecond() * 1_000;
                for (long hours : new long[] {-47, -24, -1, 0, 1, 23, 30}) {
                    long timestamp = at + hours * 3_600_000L - Math.floorMod(hours, 2);
                    TimeWindow wanted = expected.of(timestamp, 0).get(0);
                    compared++;
                    boolean found = sliced.lastWindow(timestamp, cursor);
                    if (!found || cursor.start() != wanted.start() || cursor.end() != wanted.end()) {
                        differences.add(id + " at " + timestamp + ": model " + wanted + ", engine [" + cursor.start()
                                + ", " + cursor.end() + ")");
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
        return differences.subList(0, Math.min(10, differences.size()));
    }

    private static boolean isUnusual(ZoneOffsetTransition change) {
        int hourBefore = change.getDateTimeBefore().getHour();
        int hourAfter = change.getDateTimeAfter().getHour();
        boolean nearMidnight = Math.min(hourBefore, hourAfter) == 0 || Math.max(hourBefore, hourAfter) == 23;
        return nearMidnight || Math.abs(change.getDuration().toHours()) >= 12;
    }
}
