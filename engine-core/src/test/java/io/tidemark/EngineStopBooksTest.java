package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** User code that ends an engine ends it with its books in order, and asks of a user's calendar only what must be known. */
class EngineStopBooksTest {
    private final EventTimeEngine<Sale> engine =
            Engines.sales().polled().errorPolicy(ErrorPolicy.stop()).build();

    private static <T> void stop(T seen) {
        throw new IllegalStateException("stop");
    }

    /** Five shops, and one sale that closes their window. */
    private void fiveShops() {
        engine.start();
        for (int shop = 1; shop <= 5; shop++) {
            Engines.publish(engine, new Sale(5, shop, 100));
        }
        Engines.publish(engine, new Sale(40, 1, 100));
        while (engine.poll() > 0) {
            // until it has failed
        }
        assertThat(engine.state()).isEqualTo(EngineState.FAILED);
        EngineLaws.checkBooks(engine.metrics());
    }

    private WindowedStream<Sale, Long> tens(String name) {
        return engine.keyByLong(Sale::shop).window(Engines.TEN).named(name);
    }

    @Test
    void resultsThatWaitForTheNextStage_areInTheBooks_whenAnotherListenerStops() {
        tens("first")
                .aggregate(Aggregators.count())
                .dropLate()
                .results()
                .window(Engines.TEN)
                .named("second")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        tens("stopping").aggregate(Aggregators.count()).dropLate().onResult(EngineStopBooksTest::stop);
        fiveShops();
    }

    @Test
    void resultsBesideOneThatCannotBeRead_areInTheBooks() {
        tens("first")
                .aggregate(Aggregators.count())
                .dropLate()
                .results()
                .keyByLong(result -> result.longKey() == 3 ? Long.parseLong("three") : result.longKey())
                .window(Engines.TEN)
                .named("second")
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        fiveShops();
    }

    @Test
    void resultsAfterOneOnWhichTheNextStageStops_areInTheBooks() {
        tens("first")
                .aggregate(Aggregators.count())
                .dropLate()
                .results()
                .keyByLong(WindowResult::longKey)
                .window(Engines.TEN)
                .named("second")
                .trigger(Trigger.repeatedly(Firing.everyEvents(1)))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(EngineStopBooksTest::stop);
        fiveShops();
    }

    @Test
    void eventsOnWhichAnEarlierStreamStops_areInTheBooksOfTheOthers() {
        tens("stopping")
                .trigger(Trigger.repeatedly(Firing.everyEvents(1)))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(EngineStopBooksTest::stop);
        tens("after").aggregate(Aggregators.count()).dropLate().onResult(result -> {});
        fiveShops();
    }

    @Test
    void aCalendar_isNotAskedBeforeThereIsAWatermark() {
        engine.window(Windows.businessDays(LocalTime.NOON, ZoneOffset.UTC, EngineStopBooksTest::isBusinessDay))
                .named("settlement")
                .emptyWindows(Duration.ofDays(3))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        tens("ticking")
                .trigger(Trigger.afterWatermark().early(Firing.everyClock(Duration.ofNanos(1))))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, new Sale(5, 1, 100));
        for (int pass = 0; pass < 3; pass++) {
            engine.poll();
        }
        assertThat(engine.state()).isEqualTo(EngineState.RUNNING);
        engine.close();
    }

    /** Knows its own century only. */
    private static boolean isBusinessDay(LocalDate date) {
        if (date.getYear() < 1900 || date.getYear() > 2100) {
            throw new IllegalArgumentException("no holidays are known for " + date);
        }
        return date.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    @Test
    void aWindowThatWaitsForItsExpiry_isNotOpen() {
        tens("tens")
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(5)))
                .allowedLateness(Duration.ofMillis(100))
                .aggregate(Aggregators.count())
                .dropLate()
                .onResult(result -> {});
        engine.start();
        Engines.publish(engine, new Sale(5, 1, 100));
        engine.poll();
        assertThat(engine.metrics().streams().get(0).liveWindows()).isOne();
        assertThat(engine.advanceTo(50)).isNotNull();
        engine.poll();
        StreamMetrics metrics = engine.metrics().streams().get(0);
        assertThat(metrics.liveWindows()).isZero();
        assertThat(metrics.liveEntries()).isPositive();
        engine.close();
    }
}
