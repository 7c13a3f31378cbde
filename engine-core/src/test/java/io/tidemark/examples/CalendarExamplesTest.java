package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.PanePattern;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Windows of a zone's calendar: payments of one cent each, so that each sum is their number. */
class CalendarExamplesTest extends PaymentExamples {

    @Test
    void days() {
        var days = Windows.days(ZoneId.of("America/New_York"));
        // 2007-03-11, when summer time began, is 2007-03-11T05:00:00Z - 2007-03-12T04:00:00Z: 23 hours
        // 2007-11-04, when it ended, is 2007-11-04T04:00:00Z - 2007-11-05T05:00:00Z: 25 hours
        sums(days);
        pay("2007-03-11T04:59:59Z");
        pay("2007-03-11T05:00:00Z");
        pay("2007-03-12T03:59:59Z");
        pay("2007-11-04T04:00:00Z");
        pay("2007-11-05T04:59:59Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2007-03-10T05:00:00Z", "2007-03-11T05:00:00Z").value(1),
                        window("2007-03-11T05:00:00Z", "2007-03-12T04:00:00Z").value(2),
                        window("2007-11-04T04:00:00Z", "2007-11-05T05:00:00Z").value(2));
        assertThat(hours(1)).isEqualTo(23);
        assertThat(hours(2)).isEqualTo(25);
    }

    /** The clocks went from 00:01 back to 23:01 of the day before: an hour of the old day comes after the new one began. */
    @Test
    void days_whenTheClocksAreTurnedBackPastMidnight() {
        sums(Windows.days(ZoneId.of("America/St_Johns")));
        pay("2010-11-07T02:29:59Z");
        pay("2010-11-07T02:30:00Z"); // midnight for the first time
        pay("2010-11-07T03:00:00Z"); // the clocks show 23:30 of November 6 again
        pay("2010-11-08T03:29:59Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2010-11-06T02:30:00Z", "2010-11-07T02:30:00Z").value(1),
                        window("2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z").value(3));
    }

    @Test
    void weeks() {
        var weeks = Windows.weeks(DayOfWeek.MONDAY, ZoneId.of("Europe/Paris"));
        // the week of Monday 2024-03-25, in which summer time begins, is 2024-03-24T23:00:00Z - 2024-03-31T22:00:00Z
        sums(weeks);
        pay("2024-03-24T23:00:00Z");
        pay("2024-03-31T21:59:59Z");
        pay("2024-03-31T22:00:00Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2024-03-24T23:00:00Z", "2024-03-31T22:00:00Z").value(2),
                        window("2024-03-31T22:00:00Z", "2024-04-07T22:00:00Z").value(1));
    }

    @Test
    void months() {
        var months = Windows.months(ZoneId.of("Asia/Tokyo"));
        // February 2024 is 2024-01-31T15:00:00Z - 2024-02-29T15:00:00Z
        sums(months);
        pay("2024-01-31T15:00:00Z");
        pay("2024-02-29T14:59:59Z");
        complete();
        assertPanes(steps)
                .exactly(window("2024-01-31T15:00:00Z", "2024-02-29T15:00:00Z").value(2));
    }

    @Test
    void years() {
        var years = Windows.years(ZoneId.of("Asia/Kolkata"));
        // 2024 is 2023-12-31T18:30:00Z - 2024-12-31T18:30:00Z
        sums(years);
        pay("2023-12-31T18:30:00Z");
        pay("2024-12-31T18:29:59Z");
        complete();
        assertPanes(steps)
                .exactly(window("2023-12-31T18:30:00Z", "2024-12-31T18:30:00Z").value(2));
    }

    @Test
    void calendar() {
        var quarters = Windows.calendar(Period.ofMonths(3), ZoneId.of("Europe/London"), LocalDate.of(2024, 4, 6));
        // quarters of the tax year: the first is 2024-04-05T23:00:00Z - 2024-07-05T23:00:00Z,
        // the one before starts on 2024-01-06
        sums(quarters);
        pay("2024-04-05T22:59:59Z");
        pay("2024-04-05T23:00:00Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2024-01-06T00:00:00Z", "2024-04-05T23:00:00Z").value(1),
                        window("2024-04-05T23:00:00Z", "2024-07-05T23:00:00Z").value(1));
    }

    @Test
    void businessDays() {
        Map<LocalDate, Long> settled = new TreeMap<>();
        Set<LocalDate> holidays = Set.of(LocalDate.of(2024, 7, 4));
        var days = Windows.businessDays(LocalTime.of(17, 0), ZoneId.of("America/New_York"), holidays);
        // Friday 2024-07-05 is Wednesday 2024-07-03T21:00:00Z - Friday 2024-07-05T21:00:00Z
        payments.window(days)
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(sum -> {
                    settled.put(days.settlementDate(Instant.ofEpochMilli(sum.end())), sum.longValue());
                    report.add(sum);
                });
        pay("2024-07-04T12:00:00Z"); // the holiday
        pay("2024-07-05T21:00:00Z"); // Friday's cut-off
        pay("2024-07-06T12:00:00Z"); // Saturday
        complete();
        assertThat(settled).isEqualTo(Map.of(LocalDate.of(2024, 7, 5), 1L, LocalDate.of(2024, 7, 8), 2L));
        assertPanes(steps)
                .exactly(
                        window("2024-07-03T21:00:00Z", "2024-07-05T21:00:00Z").value(1),
                        window("2024-07-05T21:00:00Z", "2024-07-08T21:00:00Z").value(2));
    }

    @Test
    void businessDays_ofACalendarOfOnesOwn() {
        TradingCalendar calendar = new TradingCalendar();
        var days = Windows.businessDays(LocalTime.of(17, 0), ZoneId.of("America/New_York"), calendar::isOpen);
        // Monday 2024-07-08 is Friday 2024-07-05T21:00:00Z - Monday 2024-07-08T21:00:00Z
        sums(days);
        pay("2024-07-04T12:00:00Z");
        pay("2024-07-05T21:00:00Z");
        pay("2024-07-06T12:00:00Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2024-07-03T21:00:00Z", "2024-07-04T21:00:00Z").value(1),
                        window("2024-07-05T21:00:00Z", "2024-07-08T21:00:00Z").value(2));
    }

    @Test
    void cumulating() {
        var soFar = Windows.cumulating(Windows.days(ZoneId.of("UTC")), Duration.ofHours(1));
        // sales of the day so far, every hour: 00:00 - 01:00, 00:00 - 02:00, ... 00:00 - 24:00
        sums(soFar);
        pay("2024-05-05T21:10:00Z");
        pay("2024-05-05T23:30:00Z");
        pay("2024-05-05T23:40:00Z");
        complete();
        assertPanes(steps)
                .exactly(
                        window("2024-05-05T00:00:00Z", "2024-05-05T22:00:00Z").value(1),
                        window("2024-05-05T00:00:00Z", "2024-05-05T23:00:00Z").value(1),
                        window("2024-05-05T00:00:00Z", "2024-05-06T00:00:00Z").value(3));
    }

    private void sums(WindowAssigner<Object> windows) {
        payments.window(windows)
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
    }

    /** The only pane of a window. */
    private static PanePattern window(String start, String end) {
        return onTime().window(at(start), at(end)).number(0).last();
    }

    private long hours(int result) {
        List<Duration> lengths = steps.observedResults().stream()
                .map(observed -> Duration.ofMillis(
                        observed.what().end() - observed.what().start()))
                .toList();
        return lengths.get(result).toHours();
    }

    /** Open on every weekday, holidays included. */
    private static final class TradingCalendar {
        boolean isOpen(LocalDate date) {
            return date.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
        }
    }
}
