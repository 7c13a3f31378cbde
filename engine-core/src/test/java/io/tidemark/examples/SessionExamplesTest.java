package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Windows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows that last as long as payments keep coming. */
class SessionExamplesTest extends PaymentExamples {

    @Test
    void session() {
        payments.window(Windows.session(Duration.ofSeconds(30)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(0, 7, 5);
        pay(30_000, 7, 6); // exactly the gap: the same session
        pay(60_001, 7, 7); // one millisecond more: another
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(11).last(),
                        onTime().window(60_001, 90_001).number(0).value(7).last());
    }

    /** An event between two sessions makes them one, and the new one says what it replaces. */
    @Test
    void session_thatMerges() {
        payments.window(Windows.session(Duration.ofSeconds(30)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(0, 7, 5);
        pay(50_000, 7, 6);
        watermark(80_000); // step 2
        pay(25_000, 7, 7); // step 3
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 30_000).number(0).value(5).step(2),
                        onTime().window(50_000, 80_000).number(0).value(6).step(2),
                        late().window(0, 80_000).number(0).value(18).step(3));
        assertThat(steps.observedResults().get(2).what().replaced())
                .containsExactly(new TimeWindow(0, 30_000), new TimeWindow(50_000, 80_000));
    }

    @Test
    void sessionBy() {
        payments.window(Windows.sessionBy(payment -> payment.amountMinor() >= 10_000 ? 60_000 : 30_000))
                .aggregate(Aggregators.count()) // after a large payment, wait longer for the next
                .dropLate()
                .onResult(report::add);
        pay(0, 7, 5);
        pay(20_000, 7, 10_000);
        pay(80_000, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(onTime().window(0, 110_000).number(0).value(3).last());
    }

    /** A device that never falls silent gives results all the same. */
    @Test
    void longest() {
        payments.window(Windows.session(Duration.ofSeconds(30), Duration.ofMinutes(1)))
                .aggregate(Aggregators.count()) // a payment every 20 s, without end: 3 a minute
                .dropLate()
                .onResult(report::add);
        for (long at = 0; at < 180_000; at += 20_000) {
            pay(at, 7, 5);
            watermark(at);
        }
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(3).last(),
                        onTime().window(60_000, 120_000).number(0).value(3).last());
        complete();
        assertPanes(steps)
                .inWindow(120_000, 180_000)
                .exactly(onTime().number(0).value(3).last());
    }
}
