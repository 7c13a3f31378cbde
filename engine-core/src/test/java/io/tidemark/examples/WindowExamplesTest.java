package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.early;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The kinds of windows that are no sessions and of no calendar. */
class WindowExamplesTest extends PaymentExamples {
    private static final long HOUR = 3_600_000;

    @Test
    void cumulating() {
        payments.window(Windows.cumulating(Windows.tumbling(Duration.ofMinutes(1)), Duration.ofSeconds(20)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // the minute so far, every 20 s
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(41_000, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 20_000).number(0).value(5).last(),
                        onTime().window(0, 40_000).number(0).value(5).last(),
                        onTime().window(0, 60_000).number(0).value(11).last());
    }

    @Test
    void count() {
        payments.window(Windows.count(3))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6, 7 and 8: 18, and 8 at the end of input
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(9_000, 7, 6);
        pay(2_000, 7, 7); // step 2: order of arrival counts
        pay(3_000, 7, 8);
        complete();
        assertPanes(steps)
                .exactly(
                        early().window(Long.MIN_VALUE, Long.MAX_VALUE)
                                .number(0)
                                .value(18)
                                .step(2),
                        onTime().window(Long.MIN_VALUE, Long.MAX_VALUE)
                                .number(1)
                                .value(8)
                                .step(4)
                                .last());
    }

    @Test
    void timeOrCount() {
        payments.window(Windows.timeOrCount(Duration.ofMinutes(1), 2))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: 11, and 7 at the minute's end
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6); // step 1
        pay(3_000, 7, 7);
        watermark(60_000); // step 3
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(11).step(1),
                        onTime().window(0, 60_000).number(1).value(7).step(3).last());
    }

    @Test
    void following() {
        payments.window(Windows.following(Duration.ofSeconds(5)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // payments at 8000, 9200 and 12400 are in
                // [3000, 8001), [4200, 9201), [7400, 12401), [8001, 13002) and [9201, 14202)
                .dropLate()
                .onResult(report::add);
        pay(8_000, 7, 1);
        pay(9_200, 7, 2);
        pay(12_400, 7, 4);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(3_000, 8_001).number(0).value(1).last(), // there: [3000;8000]
                        onTime().window(4_200, 9_201).number(0).value(3).last(), // [4200;9200]
                        onTime().window(7_400, 12_401).number(0).value(7).last(), // [7400;12400]
                        onTime().window(8_001, 13_002).number(0).value(6).last(), // [8001;13001]
                        onTime().window(9_201, 14_202).number(0).value(4).last()); // [9201;14201]
    }

    @Test
    void tumblingBy() {
        Map<Long, Duration> periods = Map.of(7L, Duration.ofMinutes(1), 8L, Duration.ofSeconds(10));
        payments.window(Windows.tumblingBy(
                        payment -> periods.get(payment.merchantId()).toMillis()))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // each merchant is paid out in its own period
                .dropLate()
                .onResult(report::add);
        pay(11_000, 7, 5);
        pay(12_000, 8, 6);
        pay(21_000, 8, 7);
        pay(22_000, 7, 8);
        complete();
        assertPanes(steps)
                .ofKey(7)
                .exactly(onTime().window(0, 60_000).number(0).value(13).last());
        assertPanes(steps)
                .ofKey(8)
                .exactly(
                        onTime().window(10_000, 20_000).number(0).value(6).last(),
                        onTime().window(20_000, 30_000).number(0).value(7).last());
    }

    @Test
    void custom() {
        payments.window(Windows.custom((timestamp, nothing, windows) -> {
                    long midnight = Math.floorDiv(timestamp, 24 * HOUR) * 24 * HOUR;
                    long opening = midnight + 8 * HOUR;
                    if (timestamp < opening) {
                        windows.add(midnight, opening); // the night
                    } else {
                        windows.add(opening, midnight + 24 * HOUR);
                    }
                }))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(8 * HOUR - 1, 7, 5);
        pay(8 * HOUR, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 8 * HOUR).number(0).value(5).last(),
                        onTime().window(8 * HOUR, 24 * HOUR).number(0).value(6).last());
    }

    @Test
    void custom_byTheEvent() {
        payments.window(Windows.custom(Payment::amountMinor, (timestamp, amount, windows) -> {
                    long minute = Math.floorDiv(timestamp, 60_000) * 60_000;
                    if (amount >= 10_000) {
                        windows.add(minute, minute + 60_000); // small payments belong to no window
                    }
                }))
                .named("large")
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 10_000);
        complete();
        assertPanes(steps)
                .exactly(onTime().window(0, 60_000).number(0).value(10_000).last());
        assertThat(steps.metrics().stream("large").unassigned()).isEqualTo(1);
    }

    @Test
    void emptyWindows() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .emptyWindows(Duration.ofMinutes(2)) // after a payment: two zeros, then silence
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000); // step 1
        watermark(120_000);
        watermark(180_000);
        watermark(240_000);
        assertPanes(steps)
                .ofKey(7)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).count(1).step(1),
                        onTime().window(60_000, 120_000)
                                .number(0)
                                .value(0)
                                .count(0)
                                .step(2),
                        onTime().window(120_000, 180_000)
                                .number(0)
                                .value(0)
                                .count(0)
                                .step(3));
    }

    /** The horizon bounds them, however far the watermark jumps. */
    @Test
    void emptyWindows_atAJumpOfAThousandYears() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .emptyWindows(Duration.ofMinutes(2))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(at("2970-01-01T00:00:00Z"));
        assertPanes(steps)
                .atStep(1)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).count(1),
                        onTime().window(60_000, 120_000).number(0).value(0).count(0),
                        onTime().window(120_000, 180_000).number(0).value(0).count(0));
    }

    @Test
    void microseconds() {
        var micros = SteppedEngine.of(EventTimeEngine.<Payment>builder("micros")
                .timeUnit(TimeUnit.MICROSECONDS)
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.ascending()));
        micros.engine()
                .keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofNanos(50_000)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(micros.results());
        micros.start();
        micros.publish(new Payment(1_704_448_800_000_049L, 7, 5));
        micros.publish(new Payment(1_704_448_800_000_050L, 7, 6)); // one microsecond later
        micros.complete();
        assertPanes(micros)
                .exactly(
                        onTime().window(1_704_448_800_000_000L, 1_704_448_800_000_050L)
                                .number(0)
                                .value(5)
                                .last(),
                        onTime().window(1_704_448_800_000_050L, 1_704_448_800_000_100L)
                                .number(0)
                                .value(6)
                                .last());
        EngineLaws.check(micros);
    }

    @Test
    void nanoseconds() {
        var nanos = SteppedEngine.of(EventTimeEngine.<Payment>builder("nanos")
                .timeUnit(TimeUnit.NANOSECONDS)
                .timestamp(Payment::occurredAt)
                .watermark(WatermarkStrategy.ascending()));
        nanos.engine()
                .keyByLong(Payment::merchantId)
                .window(Windows.tumbling(Duration.ofNanos(250)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(nanos.results());
        nanos.start();
        nanos.publish(new Payment(-1, 7, 5)); // one nanosecond before 1970
        nanos.publish(new Payment(0, 7, 6));
        nanos.complete();
        assertPanes(nanos)
                .exactly(
                        onTime().window(-250, 0).number(0).value(5).last(),
                        onTime().window(0, 250).number(0).value(6).last());
        EngineLaws.check(nanos);
    }
}
