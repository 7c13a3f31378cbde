package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.testing.Seeds;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the windows and the rules: after the last expiry nothing is in memory, neither windows nor object keys. */
class WindowLifeTest {
    private static final Firing EVERYTHING = Firing.firstOf(
            Firing.everyEvents(3),
            Firing.everyEventTime(millis(4)),
            Firing.everyClock(Duration.ofNanos(50)),
            Firing.when(window -> window.fresh() == 2));

    private static Map<String, WindowAssigner<Object>> kinds() {
        Map<String, WindowAssigner<Object>> kinds = new LinkedHashMap<>();
        kinds.put("tumbling", Windows.tumbling(millis(10)));
        kinds.put("sliding", Windows.sliding(millis(25), millis(10)));
        kinds.put("with gaps", Windows.sliding(millis(4), millis(10)));
        kinds.put("cumulating", Windows.cumulating(Windows.tumbling(millis(20)), millis(7)));
        kinds.put("days", Windows.days(ZoneOffset.UTC));
        kinds.put("business days", Windows.businessDays(LocalTime.NOON, ZoneOffset.UTC, Set.of()));
        kinds.put("sessions", Windows.session(millis(10)));
        kinds.put("longest sessions", Windows.session(millis(10), millis(25)));
        kinds.put("sessions by", Windows.sessionBy(event -> 0));
        kinds.put("longest sessions by", Windows.sessionBy(event -> 0, millis(12)));
        kinds.put("following", Windows.following(millis(10)));
        kinds.put("tumbling by", Windows.tumblingBy(event -> 0));
        kinds.put("custom", Windows.custom((timestamp, input, windows) -> {
            windows.add(timestamp - 3, timestamp + 9);
            windows.add(timestamp - 5, timestamp + 1);
        }));
        kinds.put("global", Windows.global());
        return kinds;
    }

    private static Map<String, Supplier<Trigger>> triggers() {
        Map<String, Supplier<Trigger>> triggers = new LinkedHashMap<>();
        triggers.put("at the end", Trigger::afterWatermark);
        triggers.put("early", () -> Trigger.afterWatermark().early(EVERYTHING).lateEvery(2));
        triggers.put("repeatedly", () -> Trigger.repeatedly(EVERYTHING));
        triggers.put("never", Trigger::never);
        return triggers;
    }

    @TestFactory
    List<DynamicTest> afterTheLastExpiry_nothingIsLeft() {
        return kinds().entrySet().stream()
                .flatMap(kind -> triggers().entrySet().stream()
                        .map(trigger -> DynamicTest.dynamicTest(kind.getKey() + ", " + trigger.getKey(), () -> {
                            for (int seed = 0; seed < 12; seed++) {
                                run(kind.getValue(), trigger.getValue().get(), seed);
                            }
                        })))
                .toList();
    }

    private static void run(WindowAssigner<Object> windows, Trigger trigger, int seed) {
        PaneHarness harness = PaneHarness.of(windows)
                .trigger(trigger)
                .lateness(seed % 2 * 15L)
                .byObject();
        if (seed % 3 == 1) {
            harness.retracting();
        } else if (seed % 3 == 2) {
            harness.discarding();
        }
        if (seed % 4 > 1) {
            harness.closing(ClosingBehavior.values()[seed % 3]);
        }
        Random random = Seeds.random(seed);
        long time = -200;
        for (int i = 0; i < 300; i++) {
            time += random.nextInt(4);
            harness.event(time - random.nextInt(70), random.nextInt(20), 1 + random.nextInt(12));
            if (random.nextInt(4) == 0) {
                harness.watermark(time - 40);
            }
            if (random.nextInt(4) == 0) {
                harness.clock(10L * i);
            }
        }
        assertThat(harness.counters().liveEntries()).as("seed %d", seed).isPositive();
        harness.finish();
        assertThat(harness.counters().liveEntries()).as("seed %d", seed).isZero();
        assertThat(harness.counters().liveWindows()).as("seed %d", seed).isZero();
        assertThat(harness.counters().oldestOpenEnd()).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
        assertThat(harness.failures).isEmpty();
    }

    /** Not only the end of input: each window's own expiry, of keys that come, go silent, and come again. */
    @TestFactory
    List<DynamicTest> aKeyThatComesAndGoes_leavesNothingBehindEachTime() {
        return kinds().entrySet().stream()
                .filter(kind -> !kind.getKey().equals("global"))
                .flatMap(kind -> triggers().entrySet().stream()
                        .map(trigger -> DynamicTest.dynamicTest(kind.getKey() + ", " + trigger.getKey(), () -> {
                            PaneHarness harness = PaneHarness.of(kind.getValue())
                                    .trigger(trigger.getValue().get())
                                    .lateness(15)
                                    .byObject()
                                    .retracting();
                            long week = Duration.ofDays(7).toMillis();
                            for (long time = 0; time < 200 * week; time += week) {
                                harness.clock(time)
                                        .event(time + 1, time / week % 3, 2)
                                        .event(time + 2, 1, 1);
                                assertThat(harness.counters().liveEntries()).isPositive();
                                harness.watermark(time + week - 1);
                                assertThat(harness.isEmpty()).isTrue();
                                harness.take();
                            }
                        })))
                .toList();
    }
}
