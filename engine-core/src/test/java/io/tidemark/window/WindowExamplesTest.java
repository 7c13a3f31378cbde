package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.Observed;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The examples of {@link Windows}, through an engine: sales at given instants, counted. */
class WindowExamplesTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalTime FIVE = LocalTime.of(17, 0);

    private record Sale(Instant at) {}

    private static List<String> results(WindowAssigner<Object> windows, String... instants) {
        VirtualClock today = new VirtualClock(Instant.parse("2030-01-01T00:00:00Z"));
        try (SteppedEngine<Sale> stepped = SteppedEngine.of(
                EventTimeEngine.<Sale>builder("examples")
                        .timestampInstant(Sale::at)
                        .watermark(WatermarkStrategy.ascending()),
                today)) {
            stepped.engine()
                    .window(windows)
                    .aggregate(Aggregators.count())
                    .onLate(stepped.lateEvents())
                    .onResult(stepped.results());
            stepped.start();
            for (String instant : instants) {
                stepped.publish(new Sale(Instant.parse(instant)));
            }
            stepped.complete();
            EngineLaws.check(stepped);
            return stepped.observedResults().stream()
                    .map(Observed::what)
                    .map(result -> Instant.ofEpochMilli(result.start()) + " - " + Instant.ofEpochMilli(result.end())
                            + ": " + result.longValue())
                    .toList();
        }
    }

    @Test
    void days_followTheClocks() {
        assertThat(results(
                        Windows.days(NEW_YORK), "2007-03-11T04:59:59Z", "2007-03-11T05:00:00Z", "2007-03-12T03:59:59Z"))
                .containsExactly(
                        "2007-03-10T05:00:00Z - 2007-03-11T05:00:00Z: 1",
                        "2007-03-11T05:00:00Z - 2007-03-12T04:00:00Z: 2");
    }

    @Test
    void weeks_beginWithTheirDay() {
        assertThat(results(
                        Windows.weeks(DayOfWeek.MONDAY, ZoneId.of("Europe/Paris")),
                        "2024-03-24T23:00:00Z",
                        "2024-03-31T21:59:59Z",
                        "2024-03-31T22:00:00Z"))
                .containsExactly(
                        "2024-03-24T23:00:00Z - 2024-03-31T22:00:00Z: 2",
                        "2024-03-31T22:00:00Z - 2024-04-07T22:00:00Z: 1");
    }

    @Test
    void months_areAsLongAsTheyAre() {
        assertThat(results(Windows.months(ZoneId.of("Asia/Tokyo")), "2024-01-31T15:00:00Z", "2024-02-29T14:59:59Z"))
                .containsExactly("2024-01-31T15:00:00Z - 2024-02-29T15:00:00Z: 2");
    }

    @Test
    void years_areAsLongAsTheyAre() {
        assertThat(results(Windows.years(ZoneId.of("Asia/Kolkata")), "2023-12-31T18:30:00Z", "2024-12-31T18:29:59Z"))
                .containsExactly("2023-12-31T18:30:00Z - 2024-12-31T18:30:00Z: 2");
    }

    @Test
    void calendar_countsFromItsStart() {
        assertThat(results(
                        Windows.calendar(Period.ofMonths(3), ZoneId.of("Europe/London"), LocalDate.of(2024, 4, 6)),
                        "2024-04-05T22:59:59Z",
                        "2024-04-05T23:00:00Z"))
                .containsExactly(
                        "2024-01-06T00:00:00Z - 2024-04-05T23:00:00Z: 1",
                        "2024-04-05T23:00:00Z - 2024-07-05T23:00:00Z: 1");
    }

    @Test
    void businessDays_passOverWeekendsAndHolidays() {
        Set<LocalDate> holidays = Set.of(LocalDate.of(2024, 7, 4));
        String[] sales = {"2024-07-04T12:00:00Z", "2024-07-05T21:00:00Z", "2024-07-06T12:00:00Z"};
        assertThat(results(Windows.businessDays(FIVE, NEW_YORK, holidays), sales))
                .containsExactly(
                        "2024-07-03T21:00:00Z - 2024-07-05T21:00:00Z: 1",
                        "2024-07-05T21:00:00Z - 2024-07-08T21:00:00Z: 2");
        assertThat(results(Windows.businessDays(FIVE, NEW_YORK, WindowExamplesTest::isOpen), sales))
                .containsExactly(
                        "2024-07-03T21:00:00Z - 2024-07-04T21:00:00Z: 1",
                        "2024-07-05T21:00:00Z - 2024-07-08T21:00:00Z: 2");
    }

    private static boolean isOpen(LocalDate date) {
        return date.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
    }

    @Test
    void cumulating_holdsAllSinceTheStart() {
        assertThat(results(
                        Windows.cumulating(Windows.days(ZoneId.of("UTC")), Duration.ofHours(1)),
                        "2024-05-05T21:10:00Z",
                        "2024-05-05T23:30:00Z",
                        "2024-05-05T23:40:00Z",
                        "2024-05-06T00:10:00Z"))
                .startsWith(
                        "2024-05-05T00:00:00Z - 2024-05-05T22:00:00Z: 1",
                        "2024-05-05T00:00:00Z - 2024-05-05T23:00:00Z: 1",
                        "2024-05-05T00:00:00Z - 2024-05-06T00:00:00Z: 3",
                        "2024-05-06T00:00:00Z - 2024-05-06T01:00:00Z: 1",
                        "2024-05-06T00:00:00Z - 2024-05-06T02:00:00Z: 1")
                .hasSize(3 + 24);
    }
}
