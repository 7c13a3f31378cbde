package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Days, months and business days in zones whose clocks jump; edges as published for these zones. */
class ReferenceCalendarTest {
    private static final LocalDate EPOCH = LocalDate.of(1970, 1, 1);
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void dayOnWhichTheClockGoesForward_lasts23Hours() {
        assertThat(day("America/New_York", "2007-03-11T12:00:00Z"))
                .isEqualTo("2007-03-11T05:00:00Z 2007-03-12T04:00:00Z");
    }

    @Test
    void edge_belongsToTheDayItBegins() {
        assertThat(day("America/New_York", "2007-03-12T04:00:00Z")).startsWith("2007-03-12T04:00:00Z");
        assertThat(day("America/New_York", "2007-03-12T03:59:59.999Z")).endsWith("2007-03-12T04:00:00Z");
    }

    @Test
    void midnightThatOccursTwice_countsAtTheEarlierInstant() {
        // 01:00 -> 00:00 on 4 November
        assertThat(day("America/Havana", "2012-11-04T04:30:00Z"))
                .isEqualTo("2012-11-04T04:00:00Z 2012-11-05T05:00:00Z");
        assertThat(day("America/Havana", "2012-11-04T05:30:00Z"))
                .isEqualTo("2012-11-04T04:00:00Z 2012-11-05T05:00:00Z");
    }

    @Test
    void midnightThatDoesNotOccur_countsAtTheEndOfTheGap() {
        // 00:00 -> 01:00 on 15 October
        assertThat(day("America/Sao_Paulo", "2017-10-15T03:00:00Z"))
                .isEqualTo("2017-10-15T03:00:00Z 2017-10-16T02:00:00Z");
        assertThat(day("America/Sao_Paulo", "2017-10-15T02:59:59Z"))
                .isEqualTo("2017-10-14T03:00:00Z 2017-10-15T03:00:00Z");
    }

    @Test
    void clockThatGoesBackAcrossMidnight_doesNotSplitADay() {
        // 00:01 -> 23:01 on 7 November: at 03:00Z the wall shows 6 November again
        assertThat(day("America/St_Johns", "2010-11-07T03:00:00Z"))
                .isEqualTo("2010-11-07T02:30:00Z 2010-11-08T03:30:00Z");
    }

    @Test
    void dayThatAZoneSkips_isNoWindow() {
        // there was no 30 December
        assertThat(day("Pacific/Apia", "2011-12-30T09:59:59Z")).isEqualTo("2011-12-29T10:00:00Z 2011-12-30T10:00:00Z");
        assertThat(day("Pacific/Apia", "2011-12-30T10:00:00Z")).isEqualTo("2011-12-30T10:00:00Z 2011-12-31T10:00:00Z");
    }

    @Test
    void dayThatAZoneShowsTwice_isOneOf48Hours() {
        // at the end of 4 July the wall went back to its beginning
        assertThat(day("Pacific/Apia", "1892-07-05T00:00:00Z")).isEqualTo("1892-07-03T11:26:56Z 1892-07-05T11:26:56Z");
    }

    @Test
    void weeksAndMonths_areCountedFromTheStart_beforeItToo() {
        assertThat(window(Period.ofWeeks(2), UTC, LocalDate.of(2024, 1, 1), "2023-12-31T00:00:00Z"))
                .isEqualTo("2023-12-18T00:00:00Z 2024-01-01T00:00:00Z");
        assertThat(window(Period.ofMonths(1), UTC, LocalDate.of(2023, 1, 31), "2023-02-28T00:00:00Z"))
                .isEqualTo("2023-02-28T00:00:00Z 2023-03-31T00:00:00Z");
        assertThat(window(Period.ofMonths(3), UTC, LocalDate.of(2023, 1, 31), "2022-10-31T00:00:00Z"))
                .isEqualTo("2022-10-31T00:00:00Z 2023-01-31T00:00:00Z");
        assertThat(window(Period.ofYears(1), UTC, LocalDate.of(2024, 2, 29), "1969-12-31T23:59:59Z"))
                .isEqualTo("1969-02-28T00:00:00Z 1970-02-28T00:00:00Z");
    }

    @Test
    void calendarInAnotherUnit_hasTheSameEdges() {
        var model = ReferenceModel.<String, Integer>calendar(Period.ofDays(1), UTC, EPOCH)
                .timeUnit(TimeUnit.NANOSECONDS);
        model.event(-1, "a", 1);
        model.event(Long.MAX_VALUE - 1, "a", 2);
        model.event(Long.MIN_VALUE + 1, "a", 3);
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(pane -> pane.window().start(), pane -> pane.window().end())
                .containsExactly(
                        tuple(Long.MIN_VALUE, -9_223_286_400_000_000_000L),
                        tuple(-86_400_000_000_000L, 0L),
                        tuple(9_223_286_400_000_000_000L, Long.MAX_VALUE));
    }

    @Test
    void businessDays_runFromCutOffToCutOff_overWeekendsAndHolidays() {
        LocalDate christmas = LocalDate.of(2023, 12, 25);
        var model = ReferenceModel.<String, Integer>businessDays(
                LocalTime.of(17, 30),
                ZoneId.of("Europe/Berlin"),
                date -> !Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek())
                        && !date.equals(christmas));

        assertThat(windowOf(model, "2023-12-23T12:00:00Z")).isEqualTo("2023-12-22T16:30:00Z 2023-12-26T16:30:00Z");
    }

    @Test
    void businessDayThatAZoneSkips_hasNoCutOff() {
        // Friday, 30 December
        var model = ReferenceModel.<String, Integer>businessDays(
                LocalTime.of(0, 30),
                ZoneId.of("Pacific/Apia"),
                date -> !Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek()));

        assertThat(windowOf(model, "2011-12-30T10:00:00Z")).isEqualTo("2011-12-29T10:30:00Z 2012-01-01T10:30:00Z");
    }

    @Test
    void cumulatingDay_endsAtEachStepAndAtItsOwnEnd() {
        var model = ReferenceModel.<String, Integer>calendar(Period.ofDays(1), ZoneId.of("America/New_York"), EPOCH)
                .cumulating(10 * 3_600_000L);
        model.event(millis("2007-03-11T16:00:00Z"), "a", 1); // 11 hours into a day of 23
        model.watermark(Long.MAX_VALUE);

        assertThat(model.panes())
                .extracting(pane -> text(pane.window().start(), pane.window().end()))
                .containsExactly(
                        "2007-03-11T05:00:00Z 2007-03-12T01:00:00Z", "2007-03-11T05:00:00Z 2007-03-12T04:00:00Z");
    }

    @Test
    void misuse_isRefused() {
        assertThatThrownBy(() -> ReferenceModel.calendar(Period.of(0, 1, 1), UTC, EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.calendar(Period.ZERO, UTC, EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.calendar(Period.ofDays(-1), UTC, EPOCH))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.sliding(10, 5, 0).cumulating(2))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReferenceModel.tumbling(10, 0).cumulating(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String day(String zone, String instant) {
        return window(Period.ofDays(1), ZoneId.of(zone), EPOCH, instant);
    }

    private static String window(Period period, ZoneId zone, LocalDate start, String instant) {
        return windowOf(ReferenceModel.calendar(period, zone, start), instant);
    }

    private static String windowOf(ReferenceModel<String, Integer> model, String instant) {
        model.event(millis(instant), "a", 1);
        model.watermark(Long.MAX_VALUE);
        var window = model.panes().get(0).window();
        return text(window.start(), window.end());
    }

    private static String text(long start, long end) {
        return Instant.ofEpochMilli(start) + " " + Instant.ofEpochMilli(end);
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
