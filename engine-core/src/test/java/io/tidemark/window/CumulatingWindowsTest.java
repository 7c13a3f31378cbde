package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidemark.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CumulatingWindowsTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final WindowCursor cursor = new WindowCursor();

    private static SlicedWindows in(WindowAssigner<Object> assigner, TimeUnit unit) {
        return (SlicedWindows) assigner.in(unit);
    }

    @Test
    void overTumblingWindows_eachGrowsStepByStep() {
        for (long seed = 0; seed < 30; seed++) {
            Random random = Seeds.random(seed);
            long size = 1 + random.nextInt(30);
            long step = 1 + random.nextInt(12); // often no divisor of the size, sometimes longer
            long offset = random.nextLong() % size;
            long first = Math.floorMod(offset, size) - 20 * size;
            List<TimeWindow> bases = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                bases.add(new TimeWindow(first + i * size, first + (i + 1) * size));
            }
            WindowAssigner<Object> base = Windows.tumbling(Duration.ofMillis(size), Duration.ofMillis(offset));
            ListedWindows.of(ListedWindows.growing(bases, step))
                    .check(in(Windows.cumulating(base, Duration.ofMillis(step)), TimeUnit.MILLISECONDS), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"})
    void overDays_eachGrowsUntilItsMidnight(String zoneId) {
        ZoneId zone = ZoneId.of(zoneId);
        long hours = 5;
        List<TimeWindow> days =
                ListedWindows.between(new WalkedClocks(zone, 2011, 2013, LocalTime.MIDNIGHT).edges(date -> true), 1);
        ListedWindows.of(ListedWindows.growing(days, hours * 3_600))
                .check(in(Windows.cumulating(Windows.days(zone), HOUR.multipliedBy(hours)), TimeUnit.SECONDS), 5);
    }

    @Test
    void overBusinessDays_eachGrowsUntilItsCutOff() {
        ZoneId zone = ZoneId.of("Europe/London");
        LocalTime cutOff = LocalTime.of(16, 30);
        Set<LocalDate> holidays = Set.of(LocalDate.of(2011, 12, 26), LocalDate.of(2011, 12, 27));
        List<TimeWindow> days = ListedWindows.between(
                new WalkedClocks(zone, 2011, 2013, cutOff).edges(BusinessDays.weekdaysWithout(holidays)), 1);
        ListedWindows.of(ListedWindows.growing(days, 4 * 3_600))
                .check(
                        in(
                                Windows.cumulating(Windows.businessDays(cutOff, zone, holidays), HOUR.multipliedBy(4)),
                                TimeUnit.SECONDS),
                        6);
    }

    @Test
    void aBaseWindowLongerThanHalfOfTime_isDividedAllTheSame() {
        WindowAssigner<Object> halves = Windows.calendar(Period.ofYears(500), ZoneOffset.UTC, LocalDate.of(1700, 1, 1));
        SlicedWindows windows = in(Windows.cumulating(halves, DAY.multipliedBy(200)), TimeUnit.NANOSECONDS);
        long step = DAY.multipliedBy(200).toNanos();
        long start = Instant.parse("1700-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000;
        long end = Instant.parse("2200-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000;
        assertThat(windows.firstWindow(start, MIN, cursor)).isTrue();
        long steps = 0;
        for (long edge = start; edge < end; edge = windows.nextEnd(edge)) {
            assertThat(windows.sliceStart(edge)).isEqualTo(edge);
            assertThat(windows.windowsEndedBy(start, edge)).isEqualTo(steps);
            assertThat(windows.previousEnd(edge)).isEqualTo(edge);
            assertThat(cursor.start()).isEqualTo(start);
            assertThat(cursor.end()).isEqualTo(Math.min(edge + step, end));
            assertThat(windows.nextWindow(cursor)).isTrue();
            steps++;
        }
        assertThat(steps).isEqualTo(914); // 182,621 days
        assertThat(windows.windowsEndedBy(start, end)).isEqualTo(914);
        assertThat(cursor.start()).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(longs = {MIN, MIN + 1, MAX - 1})
    void aBaseWindowHeldAtAnEndOfTime_isNotDivided(long timestamp) {
        for (WindowAssigner<Object> base : List.of(
                Windows.tumbling(DAY),
                Windows.days(ZoneId.of("Asia/Tokyo")),
                Windows.businessDays(LocalTime.NOON, ZoneOffset.UTC, date -> true))) {
            for (TimeUnit unit : List.of(TimeUnit.NANOSECONDS, TimeUnit.SECONDS)) {
                SlicedWindows held = in(base, unit);
                SlicedWindows windows = in(Windows.cumulating(base, HOUR), unit);
                String situation = base + " in " + unit;
                TimeWindow window = new TimeWindow(held.sliceStart(timestamp), held.sliceEnd(timestamp));
                assertThat(windows.sliceStart(timestamp)).as(situation).isEqualTo(window.start());
                assertThat(windows.sliceEnd(timestamp)).as(situation).isEqualTo(window.end());
                assertThat(windows.nextEnd(timestamp)).as(situation).isEqualTo(window.end());
                assertThat(windows.previousEnd(timestamp)).as(situation).isEqualTo(window.start());
                assertThat(windows.windowsEndedBy(timestamp, MAX)).as(situation).isEqualTo(1);
                assertThat(windows.windowsEndedBy(timestamp, MAX - 1))
                        .as(situation)
                        .isEqualTo(window.end() < MAX ? 1 : 0);
                assertThat(windows.firstWindow(timestamp, MIN, cursor)).isTrue();
                assertThat(new TimeWindow(cursor.start(), cursor.end()))
                        .as(situation)
                        .isEqualTo(window);
                assertThat(windows.nextWindow(cursor)).as(situation).isEqualTo(window.end() < MAX);
            }
        }
    }

    @Test
    void atTheEndOfTime_everyWindowHasEnded() {
        SlicedWindows windows = in(Windows.cumulating(Windows.tumbling(HOUR), MINUTE), TimeUnit.SECONDS);
        assertThat(windows.nextEnd(MAX)).isEqualTo(MAX);
        assertThat(windows.previousEnd(MAX)).isEqualTo(MAX);
        assertThat(windows.windowsEndedBy(0, MAX)).isEqualTo(60);
        assertThat(windows.lastEndedWindow(0, MAX, cursor)).isTrue();
        assertThat(cursor.end()).isEqualTo(3_600);
        assertThat(windows.firstWindow(0, MAX, cursor)).isFalse();
        assertThat(windows.longestWindow()).isEqualTo(3_600);
    }

    @Test
    void aBaseWhoseWindowsDoNotFollowEachOther_isRefused() {
        String remedy = "; use tumbling, calendar or businessDays";
        refused("not inside sliding PT1M by PT1S" + remedy, () -> over(Windows.sliding(MINUTE, SECOND)));
        refused("not inside sliding PT1S by PT1M" + remedy, () -> over(Windows.sliding(SECOND, MINUTE)));
        refused("not inside session gap PT1M" + remedy, () -> over(Windows.session(MINUTE)));
        refused("not inside global" + remedy, () -> over(Windows.global()));
        refused("not inside every 5 events" + remedy, () -> over(Windows.count(5)));
        refused("not inside tumbling PT1M or 5 events" + remedy, () -> over(Windows.timeOrCount(MINUTE, 5)));
        refused("not inside following each event by PT1M" + remedy, () -> over(Windows.following(MINUTE)));
        refused("not inside custom" + remedy, () -> over(Windows.custom((timestamp, input, windows) -> {})));
        refused(
                "not inside cumulating by PT1S over tumbling PT1M" + remedy,
                () -> over(Windows.cumulating(Windows.tumbling(MINUTE), SECOND)));
    }

    @Test
    void moreThanTenThousandSteps_areRefused() {
        Duration tooLong = SECOND.multipliedBy(10_000).plusNanos(1);
        refused(
                "step PT1S divides tumbling PT2H46M40.000000001S into more than 10000 windows; choose a longer step",
                () -> over(Windows.tumbling(tooLong)));
        refused("more than 10000 windows", () -> over(Windows.days(ZoneOffset.UTC)));
        refused("more than 10000 windows", () -> over(Windows.businessDays(LocalTime.NOON, ZoneOffset.UTC, Set.of())));
        assertThat(over(Windows.tumbling(tooLong.minusNanos(1)))).isNotNull();
        assertThat(Windows.cumulating(Windows.months(ZoneOffset.UTC), HOUR)).isNotNull();
    }

    @Test
    void aStepThatIsNotPositive_orNoWholeNumberOfUnits_isRefused() {
        refused("step must be positive, got PT0S", () -> Windows.cumulating(Windows.tumbling(MINUTE), Duration.ZERO));
        WindowAssigner<Object> odd = Windows.cumulating(Windows.tumbling(SECOND), Duration.ofNanos(1_500_000));
        refused("step PT0.0015S is no whole number of MILLISECONDS", () -> odd.in(TimeUnit.MILLISECONDS));
    }

    @Test
    void theDescription_isForPeopleToRead() {
        assertThat(over(Windows.tumbling(MINUTE))).hasToString("cumulating by PT1S over tumbling PT1M");
    }

    private static WindowAssigner<Object> over(WindowAssigner<Object> base) {
        return Windows.cumulating(base, SECOND);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }
}
