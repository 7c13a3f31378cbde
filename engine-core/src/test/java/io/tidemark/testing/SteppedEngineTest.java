package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteppedEngineTest {

    private record Reading(long at, String sensor, long value) {}

    private final SteppedEngine<Reading> stepped = SteppedEngine.of(
            EventTimeEngine.<Reading>builder("readings")
                    .timestamp(Reading::at)
                    .watermark(WatermarkStrategy.<Reading>boundedOutOfOrderness(Duration.ofMillis(5))
                            .withIdleTimeout(Duration.ofSeconds(1)))
                    .maxFutureSkew(Duration.ofSeconds(10)),
            new VirtualClock(Instant.EPOCH));

    SteppedEngineTest() {
        stepped.engine()
                .keyBy(Reading::sensor)
                .window(Windows.sliding(Duration.ofMillis(10), Duration.ofMillis(5)))
                .named("sums")
                .aggregate(Aggregators.sumExact(Reading::value))
                .onLate(stepped.lateEvents())
                .onPartlyLate(stepped.partlyLateEvents())
                .onResult(stepped.results());
        stepped.start();
    }

    @Test
    void publish_keepsWhatTheStepCaused_withItsNumber() {
        stepped.publish(new Reading(3, "a", 1));
        stepped.publish(new Reading(15, "a", 2));
        stepped.publish(new Reading(1, "a", 4));

        assertThat(stepped.watermarks()).containsExactly(-2L, 10L, 10L);
        assertThat(stepped.observedResults("sums"))
                .extracting(
                        Observed::step,
                        result -> result.what().start(),
                        result -> result.what().value())
                .containsExactly(tuple(1, -5L, 1L), tuple(1, 0L, 1L));
        assertThat(stepped.observedLate()).extracting(Observed::step).containsExactly(2);
        assertThat(stepped.observedResults("another")).isEmpty();
    }

    @Test
    void results_areCopies() {
        stepped.publish(new Reading(3, "a", 1));
        stepped.publish(new Reading(4, "b", 2));
        stepped.publish(new Reading(20, "c", 3));

        assertThat(stepped.observedResults())
                .extracting(result -> (Object) result.what().value())
                .containsExactlyInAnyOrder(1L, 2L, 1L, 2L);
    }

    @Test
    void partlyLateEvents_areKeptApart() {
        stepped.advanceTo(10);
        stepped.publish(new Reading(8, "a", 1));

        assertThat(stepped.observedPartlyLate()).extracting(Observed::step).containsExactly(1);
        assertThat(stepped.observedLate()).isEmpty();
    }

    @Test
    void rejectedEvents_areKept() {
        stepped.publish(new Reading(3, "a", 1));
        stepped.publish(new Reading(Long.MIN_VALUE, "a", 1));
        stepped.publish(new Reading(3_600_000, "a", 1));

        assertThat(stepped.observedRejected()).extracting(Observed::step).containsExactly(1, 2);
        EngineLaws.check(stepped);
    }

    @Test
    void advanceClock_isAStep_inWhichTheEngineLooksAtItsClock() {
        var other = stepped.engine().source("other");
        stepped.step(() -> assertThat(other.publish(new Reading(0, "a", 1))).isNotNull());
        stepped.publish(new Reading(100, "a", 1));
        assertThat(stepped.watermarks()).last().isEqualTo(-5L);

        stepped.advanceClock(Duration.ofMillis(600));
        stepped.publish(new Reading(100, "a", 1));
        stepped.advanceClock(Duration.ofMillis(600));

        assertThat(stepped.watermarks()).containsExactly(-5L, -5L, -5L, -5L, 95L);
        assertThat(stepped.clock().instant()).isEqualTo(Instant.ofEpochMilli(1_200));
    }

    @Test
    void complete_isTheLastStep_andLeavesNothing() {
        stepped.publish(new Reading(3, "a", 1));
        stepped.complete();

        assertThat(stepped.steps()).isEqualTo(2);
        assertThat(stepped.watermarks()).last().isEqualTo(Long.MAX_VALUE);
        assertThat(stepped.observedResults())
                .hasSize(2)
                .extracting(Observed::step)
                .containsOnly(1);
        EngineLaws.check(stepped, 0);
    }
}
