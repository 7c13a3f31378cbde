package io.tidemark.examples;

import io.tidemark.EventTimeEngine;
import io.tidemark.KeyedStream;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * What the examples share: payments by merchant, an engine that takes them one step at a time, a watermark that moves by hand, and a report
 * that keeps every result. The body of each test is the example; its Javadoc twin is held by {@link JavadocExamplesTest}.
 */
abstract class PaymentExamples {

    /** A payment: when in milliseconds, to whom, and how many cents. */
    record Payment(long occurredAt, long merchantId, long amountMinor) {}

    final SteppedEngine<Payment> steps = SteppedEngine.of(EventTimeEngine.<Payment>builder("payments")
            .timestamp(Payment::occurredAt)
            .watermark(WatermarkStrategy.manual()));
    final EventTimeEngine<Payment> engine = steps.engine();
    final KeyedStream<Payment, Long> payments = engine.keyByLong(Payment::merchantId);
    final List<LateEvent<?, ?>> deadLetters = new ArrayList<>();
    final Report report = new Report();
    private boolean started;

    final class Report {
        <K, R> void add(WindowResult<K, R> result) {
            steps.<K, R>results().onResult(result);
        }
    }

    /** One step: a payment. */
    final void pay(long occurredAt, long merchantId, long amountMinor) {
        start();
        steps.publish(new Payment(occurredAt, merchantId, amountMinor));
    }

    /** One step: a payment of one cent to merchant 7. */
    final void pay(String instant) {
        pay(at(instant), 7, 1);
    }

    /** One step: the watermark. */
    final void watermark(long watermark) {
        start();
        steps.advanceTo(watermark);
    }

    /** One step: so much time passes on the clock. */
    final void pass(Duration time) {
        start();
        steps.advanceClock(time);
    }

    /** The last step: no more input, all windows close. */
    final void complete() {
        start();
        steps.complete();
    }

    private void start() {
        if (!started) {
            started = true;
            steps.start();
        }
    }

    static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    @AfterEach
    final void theLawsHold() {
        EngineLaws.check(steps);
        steps.close();
    }
}
