package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.aggregate.Ranked;
import io.tidemark.window.LateEvent;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that are windowed again. */
class StageExamplesTest extends PaymentExamples {

    @Test
    void topMerchants() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .results() // a sum for each merchant and minute
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.top(2, WindowResult::longValue, WindowResult::longKey)) // the best two
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 8, 6);
        pay(3_000, 7, 4);
        pay(4_000, 9, 1);
        watermark(60_000); // step 4: both stages close in it
        assertPanes(steps)
                .exactly(onTime().window(0, 60_000)
                        .number(0)
                        .value(List.of(new Ranked<>(9, 7L), new Ranked<>(6, 8L)))
                        .count(3)
                        .step(4)
                        .last());
    }

    /** The shape of Nexmark's query 5: the merchant with the most payments of the last minute, every 30 seconds. */
    @Test
    void hotItems() {
        payments.window(Windows.sliding(Duration.ofMinutes(1), Duration.ofSeconds(30)))
                .aggregate(Aggregators.count())
                .dropLate()
                .results()
                .window(Windows.tumbling(Duration.ofSeconds(30)))
                .aggregate(Aggregators.top(1, WindowResult::longValue, WindowResult::longKey))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 7, 5);
        pay(3_000, 8, 5);
        watermark(30_000);
        pay(31_000, 8, 5);
        pay(32_000, 8, 5);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 30_000)
                                .number(0)
                                .value(List.of(new Ranked<>(2, 7L)))
                                .last(),
                        onTime().window(30_000, 60_000)
                                .number(0)
                                .value(List.of(new Ranked<>(3, 8L)))
                                .last(),
                        onTime().window(60_000, 90_000)
                                .number(0)
                                .value(List.of(new Ranked<>(2, 8L)))
                                .last());
    }

    @Test
    void retractions() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .retracting()
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .results()
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .trigger(Trigger.afterWatermark().lateEvery(2)) // a correction is two events: the old sum, the new one
                .aggregate(Aggregators.sumExact(sum -> sum.isRetraction() ? -sum.longValue() : sum.longValue()))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        pay(2_000, 8, 6);
        watermark(60_000); // step 2
        pay(3_000, 7, 10); // step 3: merchant 7 had 15, not 5
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(11).count(2).step(2),
                        late().window(0, 60_000).number(1).value(21).count(4).step(3));
    }

    @Test
    void latePanes() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .results()
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.max(WindowResult::longValue))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000); // step 1
        pay(2_000, 7, 6); // step 2: LATE 11 in the first stage, and so in the second
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).step(1),
                        late().window(0, 60_000).number(1).value(11).step(2));
    }

    /** A LATE pane is judged by the allowed lateness of the windows that it enters. */
    @Test
    void latePanes_tooLateForTheSecondStage() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .named("merchants")
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .results()
                .window(Windows.tumbling(Duration.ofMinutes(1)))
                .aggregate(Aggregators.max(WindowResult::longValue))
                .onLate(deadLetters::add)
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        assertPanes(steps)
                .exactly(onTime().window(0, 60_000).number(0).value(5).step(1).last());
        assertThat(deadLetters).singleElement().satisfies(late -> {
            assertThat(late.source()).isEqualTo("merchants");
            assertThat(late.timestamp()).isEqualTo(59_999);
            assertThat(late.reason()).isEqualTo(LateEvent.Reason.LATE);
        });
    }
}
