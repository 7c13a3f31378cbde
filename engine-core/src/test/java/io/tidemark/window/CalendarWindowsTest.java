package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.tidemark.testing.Seeds;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarWindowsTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    private final WindowCursor cursor = new WindowCursor();

    private static SlicedWindows in(WindowAssigner<Object> assigner, TimeUnit unit) {
        return (SlicedWindows) assigner.in(unit);
    }

    /** The window of an instant, in seconds. */
    private static String windowOf(WindowAssigner<Object> assigner, String instant) {
        SlicedWindows windows = in(assigner, TimeUnit.SECONDS);
        long timestamp = Instant.parse(instant).getEpochSecond();
        return Instant.ofEpochSecond(windows.sliceStart(timestamp)) + "/"
                + Instant.ofEpochSecond(windows.sliceEnd(timestamp));
    }

    private static String day(String zone, String instant) {
        return windowOf(Windows.days(ZoneId.of(zone)), instant);
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2007",
        "America/New_York, 1967",
        "Europe/Paris, 1976",
        "Europe/Paris, 1940",
        "America/Sao_Paulo, 2017",
        "America/Havana, 2012",
        "America/St_Johns, 2010",
        "America/Toronto, 1919",
        "Australia/Lord_Howe, 2019",
        "Pacific/Apia, 2011",
        "Pacific/Kwajalein, 1969",
        "Pacific/Kwajalein, 1993",
        "Africa/Casablanca, 2020",
        "Asia/Kathmandu, 1985",
        "UTC, 1969",
    })
    void days_areThoseThatTheClocksShow(String zoneId, int year) {
        ZoneId zone = ZoneId.of(zoneId);
        TreeSet<Long> midnights = new WalkedClocks(zone, year, year + 2, LocalTime.MIDNIGHT).edges(date -> true);
        long millis = 1_000;
        ListedWindows.of(ListedWindows.between(midnights, millis))
                .check(in(Windows.days(zone), TimeUnit.MILLISECONDS), year);
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/St_Johns", "Pacific/Apia", "Africa/Cairo", "Asia/Amman"})
    void weeksMonthsYearsAndPairsOfDays_beginWithTheirFirstDay(String zoneId) {
        ZoneId zone = ZoneId.of(zoneId);
        WalkedClocks clocks = new WalkedClocks(zone, 2010, 2013, LocalTime.MIDNIGHT);
        check(clocks.edges(date -> date.getDayOfWeek() == DayOfWeek.MONDAY), Windows.weeks(DayOfWeek.MONDAY, zone));
        check(clocks.edges(date -> date.getDayOfMonth() == 1), Windows.months(zone));
        check(clocks.edges(date -> date.getDayOfYear() == 1), Windows.years(zone));
        LocalDate start = LocalDate.of(2011, 12, 28);
        check(
                clocks.edges(date -> (date.toEpochDay() - start.toEpochDay()) % 2 == 0),
                Windows.calendar(Period.ofDays(2), zone, start));
    }

    private static void check(TreeSet<Long> seconds, WindowAssigner<Object> assigner) {
        long micros = 1_000_000;
        ListedWindows.of(ListedWindows.between(seconds, micros)).check(in(assigner, TimeUnit.MICROSECONDS), 1);
    }

    @Test
    void aDayHas23Or25Hours_whenTheClocksChange() {
        assertThat(day("America/New_York", "2007-03-11T12:00:00Z"))
                .isEqualTo("2007-03-11T05:00:00Z/2007-03-12T04:00:00Z");
        assertThat(day("America/New_York", "2007-11-04T12:00:00Z"))
                .isEqualTo("2007-11-04T04:00:00Z/2007-11-05T05:00:00Z");
        assertThat(day("Australia/Lord_Howe", "2019-04-07T00:00:00Z")) // 24.5 hours
                .isEqualTo("2019-04-06T13:00:00Z/2019-04-07T13:30:00Z");
        assertThat(day("Australia/Lord_Howe", "2019-10-05T14:00:00Z")) // 23.5 hours
                .isEqualTo("2019-10-05T13:30:00Z/2019-10-06T13:00:00Z");
    }

    @Test
    void aMidnightThatDoesNotExist_isTheFirstInstantAfterTheGap() {
        assertThat(day("America/Sao_Paulo", "2017-10-15T03:00:00Z"))
                .isEqualTo("2017-10-15T03:00:00Z/2017-10-16T02:00:00Z");
        assertThat(day("America/Sao_Paulo", "2017-10-15T02:59:59Z"))
                .isEqualTo("2017-10-14T03:00:00Z/2017-10-15T03:00:00Z");
        assertThat(day("America/Toronto", "1919-03-31T04:30:00Z")) // 23:30 became 00:30
                .isEqualTo("1919-03-31T04:30:00Z/1919-04-01T04:00:00Z");
    }

    @Test
    void aMidnightThatOccursTwice_isTheEarlier() {
        assertThat(day("America/Havana", "2012-11-04T05:30:00Z")) // 00:30 for the second time
                .isEqualTo("2012-11-04T04:00:00Z/2012-11-05T05:00:00Z");
    }

    @Test
    void clocksPutBackAtMidnight_makeTheDayLonger() {
        assertThat(day("America/Sao_Paulo", "2018-02-18T02:30:00Z")) // 23:30 of the 17th for the second time
                .isEqualTo("2018-02-17T02:00:00Z/2018-02-18T03:00:00Z");
    }

    @Test
    void clocksPutBackAcrossMidnight_doNotOpenTheDayBeforeAgain() {
        String seventh = "2010-11-07T02:30:00Z/2010-11-08T03:30:00Z";
        assertThat(day("America/St_Johns", "2010-11-07T02:29:59Z"))
                .isEqualTo("2010-11-06T02:30:00Z/2010-11-07T02:30:00Z");
        assertThat(day("America/St_Johns", "2010-11-07T02:30:59Z"))
                .isEqualTo(seventh); // 00:00:59, about to be put back
        assertThat(day("America/St_Johns", "2010-11-07T02:31:00Z")).isEqualTo(seventh); // 23:01 of the 6th again
        assertThat(day("America/St_Johns", "2010-11-07T03:29:59Z")).isEqualTo(seventh); // 23:59:59 of the 6th
    }

    @Test
    void aDayThatAZoneSkips_isNoWindow() {
        String twentyNinth = "2011-12-29T10:00:00Z/2011-12-30T10:00:00Z";
        assertThat(day("Pacific/Apia", "2011-12-30T09:59:59Z")).isEqualTo(twentyNinth);
        assertThat(day("Pacific/Apia", "2011-12-30T10:00:00Z")).isEqualTo("2011-12-30T10:00:00Z/2011-12-31T10:00:00Z");
    }

    @Test
    void aDayThatAZoneRepeats_isOneWindow() {
        assertThat(day("Pacific/Kwajalein", "1969-10-01T11:59:59Z")) // 23 hours back at midnight
                .isEqualTo("1969-09-29T13:00:00Z/1969-10-01T12:00:00Z");
        assertThat(day("America/Juneau", "1867-10-19T00:31:13Z")) // 15:33:32 of the 19th became that of the 18th
                .isEqualTo("1867-10-18T08:57:41Z/1867-10-20T08:57:41Z");
    }

    @Test
    void months_areCountedFromTheStartWithItsDayHeldInTheMonth() {
        WindowAssigner<Object> months = Windows.calendar(Period.ofMonths(1), ZoneOffset.UTC, LocalDate.of(2024, 1, 31));
        assertThat(windowOf(months, "2024-02-10T00:00:00Z")).isEqualTo("2024-01-31T00:00:00Z/2024-02-29T00:00:00Z");
        assertThat(windowOf(months, "2024-03-30T23:59:59Z")).isEqualTo("2024-02-29T00:00:00Z/2024-03-31T00:00:00Z");
        assertThat(windowOf(months, "2023-02-28T00:00:00Z")).isEqualTo("2023-02-28T00:00:00Z/2023-03-31T00:00:00Z");
        assertThat(windowOf(months, "1969-12-30T00:00:00Z")).isEqualTo("1969-11-30T00:00:00Z/1969-12-31T00:00:00Z");
        WindowAssigner<Object> leapYears =
                Windows.calendar(Period.ofYears(1), ZoneOffset.UTC, LocalDate.of(2024, 2, 29));
        assertThat(windowOf(leapYears, "2026-01-01T00:00:00Z")).isEqualTo("2025-02-28T00:00:00Z/2026-02-28T00:00:00Z");
        assertThat(windowOf(leapYears, "1900-02-28T00:00:00Z")).isEqualTo("1900-02-28T00:00:00Z/1901-02-28T00:00:00Z");
    }

    @Test
    void yearsAndMonthsTogether_areMonths() {
        WindowAssigner<Object> periods = Windows.calendar(Period.of(1, 6, 0), ZoneOffset.UTC, LocalDate.of(2024, 1, 1));
        assertThat(windowOf(periods, "2024-01-01T00:00:00Z")).isEqualTo("2024-01-01T00:00:00Z/2025-07-01T00:00:00Z");
        assertThat(windowOf(periods, "2023-12-31T00:00:00Z")).isEqualTo("2022-07-01T00:00:00Z/2024-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"NANOSECONDS", "MICROSECONDS", "MILLISECONDS"})
    void daysOfUtc_areTumblingWindows_fromOneEndOfTimeToTheOther(TimeUnit unit) {
        long size = unit.convert(1, TimeUnit.DAYS);
        SlicedWindows days = in(Windows.days(ZoneOffset.UTC), unit);
        SlicedWindows tumbling = new SlidingWindows(size, size, 0);
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = Seeds.random(seed);
            long timestamp = anywhere(random, size);
            long watermark = random.nextInt(20) == 0 ? MAX : anywhere(random, size);
            String situation = "seed " + seed + " at " + timestamp + " by " + watermark;
            assertThat(answers(days, timestamp, watermark))
                    .as(situation)
                    .isEqualTo(answers(tumbling, timestamp, watermark));
        }
    }

    private static long anywhere(Random random, long size) {
        return switch (random.nextInt(4)) {
            case 0 -> MIN + Math.floorMod(random.nextLong(), 3 * size);
            case 1 -> MAX - 1 - Math.floorMod(random.nextLong(), 3 * size);
            case 2 -> (random.nextInt(6) - 3) * size + random.nextInt(3) - 1;
            default -> Math.min(MAX - 1, random.nextLong());
        };
    }

    private List<Object> answers(SlicedWindows windows, long timestamp, long watermark) {
        cursor.set(7, 8);
        boolean first = windows.firstWindow(timestamp, watermark, cursor);
        TimeWindow firstWindow = new TimeWindow(cursor.start(), cursor.end());
        boolean ended = windows.lastEndedWindow(timestamp, watermark, cursor);
        TimeWindow endedWindow = new TimeWindow(cursor.start(), cursor.end());
        windows.lastWindow(timestamp, cursor);
        TimeWindow last = new TimeWindow(cursor.start(), cursor.end());
        boolean more = windows.nextWindow(cursor);
        TimeWindow next = new TimeWindow(cursor.start(), cursor.end());
        return List.of(
                windows.sliceStart(timestamp),
                windows.sliceEnd(timestamp),
                first,
                firstWindow,
                ended,
                endedWindow,
                last,
                more,
                next,
                windows.windowsEndedBy(timestamp, watermark),
                windows.nextEnd(watermark),
                windows.previousEnd(watermark));
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS"})
    void atTheEndsOfTime_windowsReachTheEndAndFollowEachOther(TimeUnit unit) {
        ZoneId zone = ZoneId.of("America/New_York");
        for (WindowAssigner<Object> assigner : List.of(
                Windows.days(zone),
                Windows.weeks(DayOfWeek.SUNDAY, zone),
                Windows.months(zone),
                Windows.years(zone),
                Windows.calendar(Period.ofYears(5_000), zone, LocalDate.MAX),
                Windows.calendar(Period.ofDays(Integer.MAX_VALUE), zone, LocalDate.MIN))) {
            SlicedWindows windows = in(assigner, unit);
            for (long timestamp : new long[] {MIN, MIN + 1, MIN + 77, -1, 0, 1, MAX - 77, MAX - 1}) {
                assertThat(windows.lastWindow(timestamp, cursor)).isTrue();
                TimeWindow window = new TimeWindow(cursor.start(), cursor.end());
                assertThat(window.contains(timestamp))
                        .as("%s at %d", assigner, timestamp)
                        .isTrue();
                assertThat(windows.nextEnd(timestamp)).isEqualTo(window.end());
                assertThat(windows.previousEnd(timestamp)).isEqualTo(window.start());
                if (window.start() > MIN) {
                    assertThat(windows.sliceEnd(window.start() - 1)).isEqualTo(window.start());
                }
                assertThat(windows.nextWindow(cursor)).isEqualTo(window.end() < MAX);
                assertThat(cursor.start()).isEqualTo(window.end() < MAX ? window.end() : window.start());
            }
            assertThat(windows.sliceStart(MIN)).as("%s", assigner).isEqualTo(MIN);
            assertThat(windows.sliceEnd(MAX - 1)).as("%s", assigner).isEqualTo(MAX);
            assertThat(windows.nextEnd(MAX)).isEqualTo(MAX);
            assertThat(windows.previousEnd(MAX)).isEqualTo(MAX);
            assertThat(windows.windowsEndedBy(MAX - 1, MAX)).isEqualTo(1);
            assertThat(windows.windowsEndedBy(MAX - 1, MAX - 1)).isZero();
        }
    }

    @Test
    void beyondTheCalendar_secondsHaveOneWindowAtEachEnd() {
        SlicedWindows days = in(Windows.days(ZoneOffset.UTC), TimeUnit.SECONDS);
        long first = days.sliceEnd(MIN);
        assertThat(Instant.ofEpochSecond(first)).hasToString("-999999998-01-01T00:00:00Z");
        assertThat(days.sliceStart(first - 1)).isEqualTo(MIN);
        assertThat(days.sliceEnd(first)).isEqualTo(first + 86_400);
        long last = days.sliceStart(MAX - 1);
        assertThat(Instant.ofEpochSecond(last)).hasToString("+999999998-12-31T00:00:00Z");
        assertThat(days.sliceEnd(last)).isEqualTo(MAX);
        assertThat(days.sliceEnd(last - 1)).isEqualTo(last);
    }

    @Test
    void longestWindow_leavesRoomForClocksThatChange() {
        long hour = 3_600;
        assertThat(in(Windows.days(ZoneOffset.UTC), TimeUnit.SECONDS).longestWindow())
                .isEqualTo(72 * hour);
        assertThat(in(Windows.months(ZoneOffset.UTC), TimeUnit.SECONDS).longestWindow())
                .isEqualTo(33 * 24 * hour);
        WindowAssigner<Object> centuries = Windows.calendar(Period.ofYears(500), ZoneOffset.UTC, LocalDate.EPOCH);
        assertThat(in(centuries, TimeUnit.NANOSECONDS).longestWindow()).isEqualTo(MAX);
    }

    @Test
    void aPeriodThatIsNotPositive_isRefused() {
        refused("calendar period must be positive, got P0D", () -> calendar(Period.ZERO));
        refused("calendar period must be positive, got P-1D", () -> calendar(Period.ofDays(-1)));
        refused("calendar period must be positive, got P1Y-1M", () -> calendar(Period.of(1, -1, 0)));
    }

    @Test
    void aPeriodOfTwoKinds_isRefused() {
        refused("P1M15D mixes days with months or years", () -> calendar(Period.of(0, 1, 15)));
        refused("give it in days or in months", () -> calendar(Period.of(1, 0, 1)));
    }

    @Test
    void aUnitCoarserThanASecond_isRefused() {
        refused(
                "time unit HOURS is coarser than a second",
                () -> Windows.days(ZoneOffset.UTC).in(TimeUnit.HOURS));
    }

    @Test
    void null_isRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Windows.days(null)).withMessage("zone");
        assertThatNullPointerException().isThrownBy(() -> calendar(null)).withMessage("period");
        assertThatNullPointerException()
                .isThrownBy(() -> Windows.calendar(Period.ofDays(1), ZoneOffset.UTC, null))
                .withMessage("start");
    }

    @Test
    void descriptions_areForPeopleToRead() {
        assertThat(Windows.days(ZoneId.of("Europe/Paris"))).hasToString("calendar P1D Europe/Paris from 1970-01-01");
        assertThat(Windows.weeks(DayOfWeek.MONDAY, ZoneOffset.UTC)).hasToString("calendar P7D Z from 1970-01-05");
    }

    private static WindowAssigner<Object> calendar(Period period) {
        return Windows.calendar(period, ZoneOffset.UTC, LocalDate.EPOCH);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }
}
