package io.tidemark.examples;

import static io.tidemark.testing.PaneAssertions.assertPanes;
import static io.tidemark.testing.PanePattern.early;
import static io.tidemark.testing.PanePattern.late;
import static io.tidemark.testing.PanePattern.onTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.window.Firing;
import io.tidemark.window.TimeWindow;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowResult;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a later pane holds, and what becomes of the pane before it. */
class AccumulationExamplesTest extends PaymentExamples {

    @Test
    void accumulating() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, then late 6: ON_TIME 5, LATE 11
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).count(1),
                        late().window(0, 60_000).number(1).value(11).count(2));
    }

    @Test
    void discarding() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .discarding() // 5, then late 6: ON_TIME 5, LATE 6
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).count(1),
                        late().window(0, 60_000).number(1).value(6).count(1));
    }

    @Test
    void retracting() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .retracting() // 5, then late 6: ON_TIME 5; retraction of that, LATE 11
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 5);
        watermark(60_000); // step 1
        pay(2_000, 7, 6); // step 2
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 60_000).number(0).value(5).step(1),
                        late().window(0, 60_000).number(1).value(11).step(2));
        assertPanes(steps)
                .retractions()
                .exactly(onTime().window(0, 60_000).number(0).value(5).step(2));
        assertThat(steps.observedResults())
                .map(observed -> observed.what().isRetraction())
                .containsExactly(false, true, false);
    }

    /** Whoever adds up results takes retractions off again. */
    @Test
    void retracting_inASumOfOnesOwn() {
        long[] total = new long[1];
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .retracting()
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(sum -> total[0] += sum.isRetraction() ? -sum.longValue() : sum.longValue());
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        complete();
        assertThat(total[0]).isEqualTo(5 + 6);
    }

    @Test
    void retracting_sessionsThatMerge() {
        payments.window(Windows.session(Duration.ofSeconds(30)))
                .allowedLateness(Duration.ofMinutes(5))
                .retracting()
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(report::add);
        pay(0, 7, 5);
        pay(50_000, 7, 6);
        watermark(80_000); // step 2: two sessions
        pay(25_000, 7, 7); // step 3: which were one
        complete();
        assertPanes(steps)
                .exactly(
                        onTime().window(0, 30_000).number(0).value(5).step(2),
                        onTime().window(50_000, 80_000).number(0).value(6).step(2),
                        late().window(0, 80_000).number(0).value(18).step(3));
        assertPanes(steps)
                .retractions()
                .exactly(
                        onTime().window(0, 30_000).number(0).value(5).step(3),
                        onTime().window(50_000, 80_000).number(0).value(6).step(3));
    }

    @Test
    void replaced() {
        Map<TimeWindow, Long> table = new HashMap<>();
        payments.window(Windows.session(Duration.ofSeconds(30)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onResult(session -> {
                    session.replaced().forEach(table::remove);
                    table.put(session.window(), session.longValue());
                });
        pay(0, 7, 5);
        pay(50_000, 7, 6);
        watermark(80_000);
        assertThat(table).containsOnly(row(0, 30_000, 5), row(50_000, 80_000, 6));
        pay(25_000, 7, 7);
        assertThat(table).containsOnly(row(0, 80_000, 18));
    }

    @Test
    void onUpdate() {
        Map<TimeWindow, Long> table = new HashMap<>();
        payments.window(Windows.session(Duration.ofSeconds(30)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onUpdate((before, after) -> {
                    if (before != null) {
                        table.remove(before.window());
                    }
                    if (after != null) {
                        table.put(after.window(), after.longValue());
                    }
                });
        pay(0, 7, 5);
        pay(50_000, 7, 6);
        watermark(80_000);
        assertThat(table).containsOnly(row(0, 30_000, 5), row(50_000, 80_000, 6));
        pay(60_000, 7, 1); // the second session lasts longer than it seemed
        watermark(90_000);
        assertThat(table).containsOnly(row(0, 30_000, 5), row(50_000, 90_000, 7));
        pay(25_000, 7, 7); // the two were one
        assertThat(table).containsOnly(row(0, 90_000, 19));
    }

    @Test
    void onUpdate_tellsOldAndNew() {
        List<String> changes = new ArrayList<>();
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .allowedLateness(Duration.ofMinutes(5))
                .aggregate(Aggregators.sumExact(Payment::amountMinor))
                .dropLate()
                .onUpdate((before, after) -> changes.add(shown(before) + " -> " + shown(after)));
        pay(1_000, 7, 5);
        watermark(60_000);
        pay(2_000, 7, 6);
        assertThat(changes).containsExactly("null -> ON_TIME 0: 5", "ON_TIME 0: 5 -> LATE 1: 11");
    }

    @Test
    void suppressUnchanged() {
        payments.window(Windows.tumbling(Duration.ofMinutes(1)))
                .trigger(Trigger.afterWatermark().early(Firing.everyEvents(1)))
                .suppressUnchanged()
                .aggregate(Aggregators.max(Payment::amountMinor)) // 9, 5 and 12: EARLY 9, EARLY 12, ON_TIME 12
                .dropLate()
                .onResult(report::add);
        pay(1_000, 7, 9);
        pay(2_000, 7, 5);
        pay(3_000, 7, 12); // step 2
        watermark(60_000);
        assertPanes(steps)
                .exactly(
                        early().window(0, 60_000).number(0).value(9).step(0),
                        early().window(0, 60_000).number(1).value(12).step(2),
                        onTime().window(0, 60_000).number(2).value(12).step(3).last());
    }

    private static Map.Entry<TimeWindow, Long> row(long start, long end, long value) {
        return Map.entry(new TimeWindow(start, end), value);
    }

    private static String shown(WindowResult<Long, Long> result) {
        return result == null
                ? "null"
                : result.pane().timing() + " " + result.pane().number() + ": " + result.value();
    }
}
