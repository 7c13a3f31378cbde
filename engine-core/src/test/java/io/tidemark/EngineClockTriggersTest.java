package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.SteppedEngine;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Panes that the clock gives, through the front door. */
class EngineClockTriggersTest {

    private static SteppedEngine<Sale> stepped(Trigger trigger) {
        SteppedEngine<Sale> steps = SteppedEngine.of(Engines.sales().watermark(WatermarkStrategy.manual()));
        steps.engine()
                .keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .allowedLateness(Duration.ofMillis(5))
                .trigger(trigger)
                .aggregate(Aggregators.sumExact(Sale::amount))
                .onLate(steps.lateEvents())
                .onResult(steps.results());
        steps.start();
        return steps;
    }

    private static List<String> lines(SteppedEngine<Sale> steps) {
        return steps.observedResults().stream()
                .map(observed -> Engines.line(observed.what()))
                .toList();
    }

    @Test
    void aPaneComesWhenTheClockSaysSo_withoutAnEvent() {
        SteppedEngine<Sale> steps = stepped(Trigger.afterWatermark().early(Firing.everyClock(Duration.ofMillis(100))));
        steps.publish(new Sale(1, 7, 5));
        steps.advanceClock(Duration.ofMillis(60));
        steps.publish(new Sale(2, 7, 6));
        steps.advanceClock(Duration.ofMillis(39));
        assertThat(lines(steps)).isEmpty();
        steps.advanceClock(Duration.ofMillis(1));
        assertThat(lines(steps)).containsExactly("7 [0, 10) 11 (2) EARLY 0");
        steps.advanceClock(Duration.ofMillis(200));
        assertThat(lines(steps)).hasSize(1);
        steps.complete();
        EngineLaws.check(steps, 5);
        assertThat(lines(steps)).hasSize(2);
    }

    @Test
    void repeatedly_theClockGivesThePaneOfTheEndToo() {
        SteppedEngine<Sale> steps = stepped(Trigger.repeatedly(Firing.everyClock(Duration.ofMillis(100))));
        steps.publish(new Sale(1, 7, 5));
        steps.advanceTo(10);
        steps.advanceClock(Duration.ofMillis(100));
        steps.publish(new Sale(2, 7, 6));
        steps.advanceClock(Duration.ofMillis(100));
        steps.complete();
        EngineLaws.check(steps, 5);
        assertThat(lines(steps)).containsExactly("7 [0, 10) 5 (1) ON_TIME 0", "7 [0, 10) 11 (2) LATE 1");
    }

    /** The ticker of the virtual clock wraps within its first second, as a real one may at any time. */
    @Test
    void anIntervalOfASecond_passesOverTheWrapOfTheTicker() {
        SteppedEngine<Sale> steps = stepped(Trigger.afterWatermark().early(Firing.everyClock(Duration.ofSeconds(1))));
        steps.publish(new Sale(1, 7, 5));
        steps.advanceClock(Duration.ofMillis(999));
        assertThat(lines(steps)).isEmpty();
        steps.advanceClock(Duration.ofMillis(1));
        assertThat(lines(steps)).containsExactly("7 [0, 10) 5 (1) EARLY 0");
        steps.complete();
        EngineLaws.check(steps, 5);
    }

    @Test
    void aThreadOfItsOwn_givesThePaneWhileNoEventComes() {
        VirtualClock clock = new VirtualClock();
        List<String> lines = new CopyOnWriteArrayList<>();
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        Firing seen = Firing.when(window -> {
            taken.countDown();
            return false;
        });
        EventTimeEngine<Sale> engine =
                Engines.sales().ticker(clock).epochClock(clock).build();
        engine.keyByLong(Sale::shop)
                .window(Engines.TEN)
                .named("sums")
                .trigger(
                        Trigger.afterWatermark().early(Firing.firstOf(seen, Firing.everyClock(Duration.ofMillis(100)))))
                .aggregate(Aggregators.sumExact(Sale::amount))
                .dropLate()
                .onResult(result -> {
                    lines.add(Engines.line(result));
                    given.countDown();
                });
        engine.start();
        Engines.publish(engine, new Sale(1, 7, 5));
        Gate.await(taken);
        clock.advance(Duration.ofMillis(99));
        assertThat(lines).isEmpty();
        clock.advance(Duration.ofMillis(1));
        Gate.await(given);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) EARLY 0");
        Engines.complete(engine);
        assertThat(lines).containsExactly("7 [0, 10) 5 (1) EARLY 0", "7 [0, 10) 5 (1) ON_TIME 1 last");
    }
}
