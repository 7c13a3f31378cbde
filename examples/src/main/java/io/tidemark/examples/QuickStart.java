package io.tidemark.examples;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.ring.OfferResult;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The smallest whole program: four payments, one of them too late, summed per merchant and minute. */
public final class QuickStart {

    /** A payment of so many cents, made at this moment. */
    record Payment(long merchant, Instant madeAt, long cents) {}

    private QuickStart() {}

    /** Prints the windows as they close and the payment that came too late. */
    public static void main(String[] arguments) {
        run(System.out);
    }

    static void run(PrintStream out) {
        Instant ten = Instant.parse("2026-01-05T10:00:00Z");
        List<Payment> payments = List.of(
                new Payment(7, ten, 1_250),
                new Payment(7, ten.plusSeconds(70), 300), // lifts W to 10:01:00: the first minute closes
                new Payment(8, ten.plusSeconds(65), 999), // behind the newest, yet in time
                new Payment(7, ten.plusSeconds(59), 50)); // its minute has closed: late
        // tag::quick-start[]
        EventTimeEngine<Payment> engine = EventTimeEngine.<Payment>builder("payments")
                .timestampInstant(Payment::madeAt)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(Duration.ofSeconds(10)))
                .build();

        engine.keyByLong(Payment::merchant)
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Payment::cents))
                .onLate(late -> out.println("too late by " + late.lateness() + " ms: merchant " + late.key()))
                .onResult(sum -> out.println("merchant " + sum.longKey() + ", minute from "
                        + Instant.ofEpochMilli(sum.start()) + ": " + sum.longValue() + " cents"));

        try (engine) {
            engine.start();
            for (Payment payment : payments) {
                if (engine.publish(payment) != OfferResult.ACCEPTED) {
                    throw new IllegalStateException("no room in the engine for 5 s, or it was closed");
                }
            }
            engine.complete(); // no more input: the windows still open close
        }
        // end::quick-start[]
    }
}
