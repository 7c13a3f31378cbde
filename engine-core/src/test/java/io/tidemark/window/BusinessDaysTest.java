package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BusinessDaysTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final LocalTime FIVE = LocalTime.of(17, 0);
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");

    private final WindowCursor cursor = new WindowCursor();

    private static SlicedWindows in(BusinessDays days, TimeUnit unit) {
        return (SlicedWindows) days.in(unit);
    }

    private static String windowOf(BusinessDays days, String instant) {
        SlicedWindows windows = in(days, TimeUnit.SECONDS);
        long timestamp = Instant.parse(instant).getEpochSecond();
        Instant end = Instant.ofEpochSecond(windows.sliceEnd(timestamp));
        return Instant.ofEpochSecond(windows.sliceStart(timestamp)) + "/" + end + " " + days.settlementDate(end);
    }

    /** Some weekends, some longer closures, the same for a date whenever asked. */
    private static boolean isOpen(LocalDate date) {
        boolean weekend = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(date.getDayOfWeek());
        return !weekend && new Random(date.toEpochDay() / 5).nextInt(6) > 0;
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2007, 17:00",
        "America/New_York, 1969, 02:30",
        "America/Sao_Paulo, 2017, 00:00",
        "America/St_Johns, 2010, 00:00",
        "America/St_Johns, 2010, 23:30",
        "America/Toronto, 1919, 23:45",
        "Australia/Lord_Howe, 2019, 01:45",
        "Asia/Kolkata, 2001, 15:30",
    })
    void windows_lieBetweenTheCutOffsOfBusinessDays(String zoneId, int year, LocalTime cutOff) {
        ZoneId zone = ZoneId.of(zoneId);
        TreeSet<Long> cutOffs = new WalkedClocks(zone, year, year + 2, cutOff).edges(BusinessDaysTest::isOpen);
        long millis = 1_000;
        ListedWindows.of(ListedWindows.between(cutOffs, millis))
                .check(in(Windows.businessDays(cutOff, zone, BusinessDaysTest::isOpen), TimeUnit.MILLISECONDS), year);
    }

    @Test
    void whatComesAfterFridaysCutOff_belongsToTheNextBusinessDay() {
        LocalDate independenceDay = LocalDate.of(2024, 7, 4);
        BusinessDays days = Windows.businessDays(FIVE, NEW_YORK, Set.of(independenceDay));
        String monday = "2024-07-05T21:00:00Z/2024-07-08T21:00:00Z 2024-07-08";
        assertThat(windowOf(days, "2024-07-05T20:59:59Z"))
                .isEqualTo("2024-07-03T21:00:00Z/2024-07-05T21:00:00Z 2024-07-05");
        assertThat(windowOf(days, "2024-07-05T21:00:00Z")).isEqualTo(monday);
        assertThat(windowOf(days, "2024-07-07T12:00:00Z")).isEqualTo(monday);
        assertThat(windowOf(days, "2024-07-08T20:59:59Z")).isEqualTo(monday);
    }

    @Test
    void aWeekendWithAChangeOfClocks_isAnHourShorter() {
        BusinessDays days = Windows.businessDays(FIVE, NEW_YORK, Set.of());
        assertThat(windowOf(days, "2007-03-11T00:00:00Z"))
                .isEqualTo("2007-03-09T22:00:00Z/2007-03-12T21:00:00Z 2007-03-12");
    }

    @Test
    void settlementDate_isTheBusinessDayEvenIfTheClocksShowAnotherDate() {
        // 23:30 of the 30th became 00:30 of the 31st
        BusinessDays toronto = Windows.businessDays(LocalTime.of(23, 45), ZoneId.of("America/Toronto"), date -> true);
        assertThat(windowOf(toronto, "1919-03-31T00:00:00Z"))
                .isEqualTo("1919-03-30T04:45:00Z/1919-03-31T04:30:00Z 1919-03-30");
        // midnight of the 7th is followed by the last hour of the 6th
        BusinessDays stJohns = Windows.businessDays(LocalTime.MIDNIGHT, ZoneId.of("America/St_Johns"), date -> true);
        assertThat(windowOf(stJohns, "2010-11-07T02:00:00Z"))
                .isEqualTo("2010-11-06T02:30:00Z/2010-11-07T02:30:00Z 2010-11-07");
        assertThat(windowOf(stJohns, "2010-11-07T03:00:00Z"))
                .isEqualTo("2010-11-07T02:30:00Z/2010-11-08T03:30:00Z 2010-11-08");
    }

    @Test
    void settlementDate_ofAnyInstant_isThatOfTheNextCutOff() {
        BusinessDays days = Windows.businessDays(FIVE, NEW_YORK, Set.of());
        LocalDate monday = LocalDate.of(2024, 7, 8);
        assertThat(days.settlementDate(Instant.parse("2024-07-08T21:00:00Z"))).isEqualTo(monday);
        assertThat(days.settlementDate(Instant.parse("2024-07-05T21:00:00.000000001Z")))
                .isEqualTo(monday);
        assertThat(days.settlementDate(Instant.parse("2024-07-08T21:00:00.000000001Z")))
                .isEqualTo(monday.plusDays(1));
    }

    @Test
    void aDateThatTheZoneSkips_isNoBusinessDay() {
        BusinessDays days = Windows.businessDays(FIVE, APIA, date -> true);
        assertThat(windowOf(days, "2011-12-30T10:00:00Z"))
                .isEqualTo("2011-12-30T03:00:00Z/2011-12-31T03:00:00Z 2011-12-31");
        BusinessDays midnights = Windows.businessDays(LocalTime.MIDNIGHT, APIA, date -> true);
        assertThat(windowOf(midnights, "2011-12-30T09:59:59Z"))
                .isEqualTo("2011-12-29T10:00:00Z/2011-12-30T10:00:00Z 2011-12-31");
    }

    @Test
    void aYearWithoutABusinessDay_isAnErrorThatNamesTheDates() {
        LocalDate last = LocalDate.of(2024, 1, 31);
        SlicedWindows windows =
                in(Windows.businessDays(FIVE, ZoneOffset.UTC, date -> !date.isAfter(last)), TimeUnit.SECONDS);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        windows.sliceEnd(Instant.parse("2024-01-31T17:00:00Z").getEpochSecond()))
                .withMessage("no business day within 366 days after 2024-01-31;"
                        + " isBusinessDay must know one for every time that events or the watermark may reach");
        SlicedWindows never = in(Windows.businessDays(FIVE, ZoneOffset.UTC, date -> false), TimeUnit.SECONDS);
        assertThatIllegalStateException()
                .isThrownBy(() -> never.sliceStart(0))
                .withMessageContaining("within 366 days before 1970-01-02;");
    }

    @Test
    void aClosureOf366Days_isTheLongest() {
        long day = 86_400;
        SlicedWindows windows = in(openEvery(367), TimeUnit.SECONDS);
        assertThat(windows.sliceEnd(0)).isEqualTo(367 * day);
        assertThat(windows.sliceStart(367 * day - 1)).isZero();
        assertThat(windows.longestWindow()).isEqualTo(736 * day);
        SlicedWindows longer = in(openEvery(368), TimeUnit.SECONDS);
        assertThatIllegalStateException()
                .isThrownBy(() -> longer.sliceEnd(0))
                .withMessageContaining("after 1970-01-01");
    }

    private static BusinessDays openEvery(int days) {
        return Windows.businessDays(LocalTime.MIDNIGHT, ZoneOffset.UTC, date -> date.toEpochDay() % days == 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = TimeUnit.class,
            names = {"NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS"})
    void atTheEndsOfTime_windowsReachTheEndAndFollowEachOther(TimeUnit unit) {
        SlicedWindows windows = in(Windows.businessDays(FIVE, NEW_YORK, Set.of()), unit);
        for (long timestamp : new long[] {MIN, MIN + 1, -1, 0, MAX - 1}) {
            assertThat(windows.lastWindow(timestamp, cursor)).isTrue();
            assertThat(cursor.start()).isLessThanOrEqualTo(timestamp);
            assertThat(cursor.end()).isGreaterThan(timestamp);
        }
        assertThat(windows.nextWindow(cursor)).isFalse();
        assertThat(windows.sliceStart(MIN)).isEqualTo(MIN);
        assertThat(windows.sliceEnd(MAX - 1)).isEqualTo(MAX);
        long first = windows.sliceEnd(MIN);
        assertThat(windows.sliceStart(first)).isEqualTo(first);
        assertThat(windows.sliceEnd(first - 1)).isEqualTo(first);
        long last = windows.sliceStart(MAX - 1);
        assertThat(windows.sliceEnd(last - 1)).isEqualTo(last);
    }

    @Test
    void settlementDate_atTheEndsOfTheCalendar_isADate() {
        BusinessDays days = Windows.businessDays(FIVE, NEW_YORK, Set.of());
        assertThat(days.settlementDate(Instant.MIN)).isBefore(LocalDate.of(-999_999_998, 1, 7));
        assertThat(days.settlementDate(Instant.MAX)).isAfter(LocalDate.of(999_999_998, 12, 30));
    }

    @Test
    void aCutOffThatIsNoWholeNumberOfUnits_isRefused() {
        BusinessDays days = Windows.businessDays(LocalTime.of(17, 0, 0, 1_000), NEW_YORK, Set.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> days.in(TimeUnit.MILLISECONDS))
                .withMessageContaining("cut-off PT17H0.000001S is no whole number of MILLISECONDS");
        assertThat(in(days, TimeUnit.MICROSECONDS).sliceStart(0) % 1_000_000).isEqualTo(-1_000_000 + 1);
    }

    @Test
    void null_isRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Windows.businessDays(null, NEW_YORK, Set.of()))
                .withMessage("cut-off");
        assertThatNullPointerException()
                .isThrownBy(() -> Windows.businessDays(FIVE, null, Set.of()))
                .withMessage("zone");
        assertThatNullPointerException()
                .isThrownBy(() -> Windows.businessDays(FIVE, NEW_YORK, (Set<LocalDate>) null))
                .withMessage("holidays");
        assertThatNullPointerException()
                .isThrownBy(() -> Windows.businessDays(FIVE, NEW_YORK, (Predicate<LocalDate>) null))
                .withMessage("isBusinessDay");
    }

    @Test
    void theDescription_isForPeopleToRead() {
        assertThat(Windows.businessDays(FIVE, NEW_YORK, Set.of()))
                .hasToString("business days until 17:00 America/New_York");
    }
}
