package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.early;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.Pane;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When panes are given. */
class TriggerExamplesTest extends PaymentExamples {

    @Test
    void everyEvents() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: EARLY 11, ON_TIME 18
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6); // step 1
        pay(3_000, 7, 7);
        watermark(60_000); // step 3
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(11).step(1),
                        onTime().window(0, 60_000).number(1).value(18).step(3).last());
    }

    @Test
    void everyEventTime() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEventTime(Duration.ofSeconds(20))))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(20_000); // step 1: the first boundary
        watermark(40_000); // nothing new
        pay(41_000, 7, 6);
        watermark(60_000); // step 4: the end
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(5).step(1),
                        onTime().window(0, 60_000).number(1).value(11).step(4).last());
    }

    @Test
    void everyClock() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyClock(Duration.ofSeconds(5))))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pass(Duration.ofMillis(4_999));
        pass(Duration.ofMillis(1)); // step 2: 5 s after the first payment
        pass(Duration.ofSeconds(5)); // nothing new
        watermark(60_000); // step 4
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(5).step(2),
                        onTime().window(0, 60_000).number(1).value(5).step(4).last());
    }

    @Test
    void when() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.when(minute -> minute.longValue() >= 10_000)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // at once when a merchant takes 10,000 or more
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 6_000);
        pay(2_000, 8, 9_999);
        pay(3_000, 7, 5_000); // step 2
        assertPanes(steps)
                .exactly(
                        early().key(7).window(0, 60_000).number(0).value(11_000).step(2));
        watermark(60_000);
        assertPanes(steps)
                .ofKey(7)
                .atStep(3)
                .exactly(onTime().window(0, 60_000).number(1).value(11_000).last());
        assertPanes(steps)
                .ofKey(8)
                .exactly(onTime().window(0, 60_000).number(0).value(9_999).last());
    }

    @Test
    void firstOf() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark()
                        .early(Firing.firstOf(Firing.everyEvents(3), Firing.everyClock(Duration.ofSeconds(5)))))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 1);
        pay(2_000, 7, 2);
        pass(Duration.ofSeconds(5)); // step 2: the clock was first; the count begins anew
        pay(3_000, 7, 4);
        pay(4_000, 7, 8);
        pay(5_000, 7, 16); // step 5: the count was first
        pass(Duration.ofSeconds(5));
        watermark(60_000); // step 7
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(3).step(2),
                        early().window(0, 60_000).number(1).value(31).step(5),
                        onTime().window(0, 60_000).number(2).value(31).step(7).last());
    }

    @Test
    void lateEvery() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .trigger(Trigger.afterWatermark().lateEvery(2)) // 5, then late 6, 7 and 8: ON_TIME 5, LATE 18, LATE 26
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .onLate(deadLetters::add)
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000); // step 1
        pay(2_000, 7, 6);
        pay(3_000, 7, 7); // step 3
        pay(4_000, 7, 8);
        watermark(360_000); // step 5: the window expires, and the rest comes
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).step(1),
                        late().window(0, 60_000).number(1).value(18).step(3),
                        late().window(0, 60_000).number(2).value(26).step(5).last());
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void repeatedly() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: 11 at once, 18 at expiry
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6); // step 1
        pay(3_000, 7, 7);
        watermark(60_000); // the end as such gives nothing
        watermark(360_000); // step 4
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(11).step(1),
                        onTime().window(0, 60_000).number(1).value(18).step(4).last());
    }

    @Test
    void repeatedly_onAWindowWithoutEnd() {
        payments.window(Windows.global())
                .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // a running total
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6);
        pay(3_000, 7, 7);
        complete();
        assertPanes(steps)
                .exactly(
                        early().window(Long.MIN_VALUE, Long.MAX_VALUE).number(0).value(11),
                        onTime().window(Long.MIN_VALUE, Long.MAX_VALUE)
                                .number(1)
                                .value(18)
                                .last());
    }

    @Test
    void never() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .named("watched")
                .trigger(Trigger.never())
                .aggregate(Aggregators.count())
                .onLate(deadLetters::add)
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        assertPanes(steps).isEmpty();
        assertThat(steps.metrics().stream("watched").aggregated()).isEqualTo(1);
        assertThat(deadLetters).hasSize(1);
    }

    /** One result a window, with all corrections in it. */
    @Test
    void never_butAtExpiry() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .trigger(Trigger.never())
                .closing(ClosingBehavior.FIRE_IF_NON_EMPTY) // one pane a window, with all that came late
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        watermark(360_000); // step 3
        assertPanes(steps)
                .exactly(onTime().window(0, 60_000).number(0).value(11).step(3).last());
    }

    @Test
    void closing_fireAlways() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .closing(ClosingBehavior.FIRE_ALWAYS) // a last pane even if nothing came late
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000); // step 1
        watermark(360_000); // step 2
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).step(1),
                        late().window(0, 60_000).number(1).value(5).step(2).last());
    }

    /** What Flink does with a count trigger; here it must be asked for. */
    @Test
    void closing_discard() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.repeatedly(Firing.everyEvents(2)))
                .closing(ClosingBehavior.DISCARD) // 5, 6 and 7: 11, and the third is dropped
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6);
        pay(3_000, 7, 7);
        complete();
        assertPanes(steps).exactly(early().window(0, 60_000).number(0).value(11));
    }

    @Test
    void onTime_fireAlways() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(11),
                        onTime().window(0, 60_000).number(1).value(11).last());
    }

    @Test
    void onTime_fireIfNonEmpty() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(2)))
                .onTime(OnTimeBehavior.FIRE_IF_NON_EMPTY) // 5 and 6: EARLY 11, and no second 11 at the end
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 6);
        complete();
        assertPanes(steps).exactly(early().window(0, 60_000).number(0).value(11));
    }

    @Test
    void pane() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(1)))
                .closing(ClosingBehavior.FIRE_ALWAYS)
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        watermark(360_000);
        assertPanes(steps)
                .inWindow(0, 60_000)
                .hasValues(5, 5, 11, 11)
                .exactly(
                        early().number(0),
                        onTime().number(1),
                        late().number(2),
                        late().number(3).last())
                .areNumberedFromZero()
                .endWithLast();
        assertThat(steps.observedResults())
                .map(observed -> observed.what().pane())
                .map(Pane::first)
                .containsExactly(true, false, false, false);
    }
}
