package io.tidemark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.EventTimeEngine;
import io.tidemark.aggregate.Aggregators;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfOrderStreamTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final long BOUND_MILLIS = 10_000;

    private static OutOfOrderStreamBuilder disordered(long seed) {
        return OutOfOrderStream.builder(seed)
                .events(2_000)
                .keys(5)
                .outOfOrderness(BOUND)
                .stragglers(0.1, Duration.ofMinutes(1))
                .duplicates(0.2);
    }

    private static List<GeneratedEvent> byNumber(OutOfOrderStream stream) {
        return stream.stream()
                .filter(event -> !event.duplicate())
                .sorted(Comparator.comparingLong(GeneratedEvent::number))
                .toList();
    }

    @Test
    void sameSeed_sameEvents() {
        assertThat(disordered(7).build().events())
                .isEqualTo(disordered(7).build().events())
                .isNotEqualTo(disordered(8).build().events());
    }

    /** If this fails on some JDK, a seed no longer means there what it means elsewhere. */
    @Test
    void aSeed_meansTheseEvents() {
        OutOfOrderStream stream = disordered(42).events(6).keys(5, 1).build();

        assertThat(stream.events())
                .containsExactly(
                        new GeneratedEvent(0, 1_767_225_600_000L, 1_767_225_603_263L, 4, 590, false, false),
                        new GeneratedEvent(4, 1_767_225_602_704L, 1_767_225_604_531L, 1, 189, false, false),
                        new GeneratedEvent(1, 1_767_225_601_165L, 1_767_225_607_118L, 0, 799, false, false),
                        new GeneratedEvent(2, 1_767_225_602_063L, 1_767_225_607_291L, 1, 756, false, false),
                        new GeneratedEvent(0, 1_767_225_600_000L, 1_767_225_608_715L, 4, 590, false, true),
                        new GeneratedEvent(5, 1_767_225_603_882L, 1_767_225_609_734L, 0, 532, false, false),
                        new GeneratedEvent(3, 1_767_225_602_301L, 1_767_225_610_250L, 2, 418, false, false),
                        new GeneratedEvent(4, 1_767_225_602_704L, 1_767_225_611_709L, 1, 189, false, true));
    }

    @Test
    void aDefaultStream_isInOrder() {
        OutOfOrderStream stream = OutOfOrderStream.builder(1).build();

        assertThat(stream.events())
                .hasSize(1_000)
                .isSortedAccordingTo(Comparator.comparingLong(GeneratedEvent::timestamp))
                .allMatch(event -> event.arrival() == event.timestamp() && event.key() == 0);
        assertThat(stream.events().get(0).timestamp())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertThat(stream.behind(Duration.ZERO)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void events_comeInOrderOfArrival_withinTheirBounds(long seed) {
        OutOfOrderStream stream = disordered(seed).build();

        assertThat(stream.events())
                .as("%s", stream)
                .isSortedAccordingTo(Comparator.comparingLong(GeneratedEvent::arrival));
        assertThat(stream.events()).as("%s", stream).allSatisfy(event -> {
            long delay = event.arrival() - event.timestamp();
            if (event.straggler()) {
                assertThat(delay).isBetween(BOUND_MILLIS + 1, BOUND_MILLIS + 60_000);
            } else {
                assertThat(delay).isBetween(0L, BOUND_MILLIS);
            }
        });
        assertThat(stream.events())
                .as("both ends and the disorder occur: %s", stream)
                .isNotEqualTo(stream.stream()
                        .sorted(Comparator.comparingLong(GeneratedEvent::timestamp))
                        .toList());
    }

    @Test
    void stragglers_areBeyondTheBound_ifOnlyByOneUnit() {
        OutOfOrderStream stream = OutOfOrderStream.builder(12)
                .outOfOrderness(BOUND)
                .stragglers(1, Duration.ofMillis(1))
                .duplicates(1)
                .build();

        assertThat(stream.events())
                .as("%s", stream)
                .hasSize(2_000)
                .allMatch(event -> event.straggler() && event.arrival() - event.timestamp() == BOUND_MILLIS + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void onlyStragglers_areBehindTheBound(long seed) {
        OutOfOrderStream stream = disordered(seed).build();
        OutOfOrderStream punctual = OutOfOrderStream.builder(seed)
                .events(2_000)
                .outOfOrderness(BOUND)
                .duplicates(0.2)
                .build();

        assertThat(punctual.behind(BOUND)).as("%s", punctual).isZero();
        assertThat(punctual.behind(BOUND.minusSeconds(3))).as("%s", punctual).isPositive();
        assertThat(stream.behind(BOUND))
                .as("%s", stream)
                .isPositive()
                .isLessThanOrEqualTo(
                        stream.stream().filter(GeneratedEvent::straggler).count());
        assertThat(stream.behind(BOUND.plusMinutes(1))).as("%s", stream).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lateEvents_areThoseThatTheEngineCounts(long seed) {
        OutOfOrderStream stream = disordered(seed).build();
        SteppedEngine<GeneratedEvent> engine = SteppedEngine.of(EventTimeEngine.<GeneratedEvent>builder("generated")
                .timestamp(GeneratedEvent::timestamp)
                .watermark(WatermarkStrategy.boundedOutOfOrderness(BOUND)));
        for (int lateness : new int[] {0, 7}) {
            engine.engine()
                    .keyByLong(GeneratedEvent::key)
                    .window(Windows.tumbling(Duration.ofSeconds(5)))
                    .named("lateness " + lateness)
                    .allowedLateness(Duration.ofSeconds(lateness))
                    .aggregate(Aggregators.count())
                    .onLate(engine.lateEvents())
                    .onResult(engine.results());
        }
        engine.start();
        stream.forEach(engine::publish);
        engine.complete();

        EngineLaws.check(engine);
        for (int lateness : new int[] {0, 7}) {
            assertThat(engine.metrics().stream("lateness " + lateness).late())
                    .as("lateness %s of %s", lateness, stream)
                    .isPositive()
                    .isEqualTo(stream.late(BOUND, Duration.ofSeconds(5), Duration.ofSeconds(lateness)));
        }
        assertThat(engine.metrics().stream("lateness 0").handedOn())
                .isEqualTo(stream.events().size());
    }

    @Test
    void anEventAtTheWatermark_isNotBehind_oneAtTheExpiryIsLate() {
        // from the second event on the watermark is 20, less the delay
        OutOfOrderStream stream = new OutOfOrderStream(
                "handmade",
                TimeUnit.MILLISECONDS,
                List.of(event(0, 20), event(1, 20), event(2, 19), event(3, 9), event(4, 10)));

        assertThat(stream.behind(Duration.ZERO)).isEqualTo(3);
        assertThat(stream.behind(Duration.ofMillis(1))).isEqualTo(2);
        assertThat(stream.late(Duration.ZERO, Duration.ofMillis(10), Duration.ZERO))
                .isEqualTo(3);
        assertThat(stream.late(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(1)))
                .isEqualTo(1);
        assertThat(stream.late(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(10)))
                .isEqualTo(1);
        assertThat(stream.late(Duration.ZERO, Duration.ofMillis(10), Duration.ofMillis(11)))
                .isZero();
    }

    private static GeneratedEvent event(long number, long timestamp) {
        return new GeneratedEvent(number, timestamp, timestamp, 0, 0, false, false);
    }

    @Test
    void duplicates_comeAfterTheirOriginal_andAreTheSameEvent() {
        OutOfOrderStream stream = disordered(3).build();

        Map<Long, GeneratedEvent> arrived = stream.stream()
                .filter(event -> !event.duplicate())
                .collect(Collectors.toMap(GeneratedEvent::number, Function.identity()));
        assertThat(arrived).as("%s", stream).hasSize(2_000);
        List<GeneratedEvent> again =
                stream.stream().filter(GeneratedEvent::duplicate).toList();
        assertThat(again).as("%s", stream).hasSizeBetween(300, 500).allSatisfy(duplicate -> {
            GeneratedEvent original = arrived.get(duplicate.number());
            assertThat(duplicate)
                    .usingRecursiveComparison()
                    .ignoringFields("arrival", "duplicate")
                    .isEqualTo(original);
            assertThat(stream.events().indexOf(duplicate))
                    .isGreaterThan(stream.events().indexOf(original));
        });
    }

    @Test
    void oneSettingChanged_leavesTheOthersDraws() {
        OutOfOrderStream plain = OutOfOrderStream.builder(5).keys(9).build();
        OutOfOrderStream late = disordered(5).keys(9).events(1_000).build();

        assertThat(withoutDelays(late)).as("%s and %s", late, plain).isEqualTo(withoutDelays(plain));
    }

    private static List<GeneratedEvent> withoutDelays(OutOfOrderStream stream) {
        return byNumber(stream).stream()
                .map(event -> new GeneratedEvent(
                        event.number(), event.timestamp(), 0, event.key(), event.value(), false, false))
                .toList();
    }

    @Test
    void distances_haveTheirMean() {
        List<GeneratedEvent> events = OutOfOrderStream.builder(6)
                .events(10_001)
                .meanDistance(Duration.ofMillis(100))
                .build()
                .events();

        long span = events.get(10_000).timestamp() - events.get(0).timestamp();
        assertThat(span).isBetween(970_000L, 1_030_000L);
    }

    @Test
    void bursts_areApartByThePause() {
        OutOfOrderStream stream = OutOfOrderStream.builder(7)
                .events(25)
                .meanDistance(Duration.ofMillis(10))
                .bursts(10, Duration.ofHours(1))
                .build();

        List<GeneratedEvent> events = stream.events();
        for (int i = 1; i < events.size(); i++) {
            long distance = events.get(i).timestamp() - events.get(i - 1).timestamp();
            assertThat(distance)
                    .as("before event %s of %s", i, stream)
                    .isBetween(i % 10 == 0 ? 3_600_000L : 0L, (i % 10 == 0 ? 3_600_000L : 0L) + 20);
        }
    }

    @Test
    void keys_areAlike_unlessSkewed() {
        assertThat(share(OutOfOrderStream.builder(8).keys(10), 0)).isBetween(0.09, 0.11);
        // 1 + 1/2 + ... + 1/10 = 2.93
        assertThat(share(OutOfOrderStream.builder(8).keys(10, 1), 0)).isBetween(0.33, 0.35);
        assertThat(share(OutOfOrderStream.builder(8).keys(10, 1), 1)).isBetween(0.16, 0.18);
        assertThat(share(OutOfOrderStream.builder(8).keys(10, 1), 9)).isBetween(0.03, 0.04);
        assertThat(share(OutOfOrderStream.builder(8).keys(10, 1), 10)).isZero();
    }

    private static double share(OutOfOrderStreamBuilder builder, long key) {
        return builder.events(20_000).build().stream()
                        .filter(event -> event.key() == key)
                        .count()
                / 20_000.0;
    }

    @Test
    void values_fillTheirRange_alsoOneWiderThanALong() {
        assertThat(OutOfOrderStream.builder(9).values(-2, 1).build().stream().mapToLong(GeneratedEvent::value))
                .containsOnly(-2L, -1L, 0L, 1L);
        assertThat(OutOfOrderStream.builder(9).values(Long.MIN_VALUE, Long.MAX_VALUE).build().stream()
                        .mapToLong(GeneratedEvent::value))
                .anyMatch(value -> value < Long.MIN_VALUE / 2)
                .anyMatch(value -> value > Long.MAX_VALUE / 2);
        assertThat(OutOfOrderStream.builder(9).values(-1, Long.MAX_VALUE).build().stream()
                        .mapToLong(GeneratedEvent::value))
                .allMatch(value -> value >= -1);
        assertThat(OutOfOrderStream.builder(9).values(5, 5).build().stream().mapToLong(GeneratedEvent::value))
                .containsOnly(5L);
    }

    @Test
    void atBothEndsOfLong_timestampsStayValid_andKeepTheirOrder() {
        OutOfOrderStream first = disordered(10).start(Instant.MIN).build();
        OutOfOrderStream last = disordered(10).start(Instant.MAX).build();

        assertThat(byNumber(first).get(0).timestamp()).isEqualTo(Long.MIN_VALUE + 1);
        assertThat(first.events()).extracting(GeneratedEvent::timestamp).doesNotContain(Long.MIN_VALUE);
        assertThat(first.behind(BOUND.plusMinutes(1))).isZero();
        assertThat(last.events()).extracting(GeneratedEvent::timestamp).containsOnly(Long.MAX_VALUE - 1);
        assertThat(last.events()).extracting(GeneratedEvent::arrival).containsOnly(Long.MAX_VALUE);
        assertThat(last.behind(Duration.ZERO)).isZero();
        assertThat(last.late(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO))
                .isZero();
    }

    @Test
    void aFinerUnit_takesFinerDurations() {
        OutOfOrderStream stream = OutOfOrderStream.builder(11)
                .timeUnit(TimeUnit.NANOSECONDS)
                .start(Instant.ofEpochSecond(1))
                .meanDistance(Duration.ofNanos(1))
                .outOfOrderness(Duration.ofNanos(3))
                .build();

        assertThat(byNumber(stream).get(0).timestamp()).isEqualTo(1_000_000_000);
        assertThat(stream.behind(Duration.ofNanos(3))).isZero();
        assertThat(stream.behind(Duration.ofNanos(0))).isPositive();
    }

    @Test
    void toString_namesSeedAndSettings() {
        assertThat(disordered(-12).keys(5, 1.5).bursts(3, Duration.ofHours(1)).build())
                .hasToString(
                        "OutOfOrderStream[seed -12, 2000 events from 2026-01-01T00:00:00Z in MILLISECONDS, mean distance"
                                + " PT1S, bursts of 3 and pauses of PT1H, 5 keys of skew 1.5, values 1 to 1000, out-of-orderness"
                                + " PT10S, stragglers 0.1 up to PT1M later, duplicates 0.2]");
        assertThat(OutOfOrderStream.builder(1).build())
                .hasToString(
                        "OutOfOrderStream[seed 1, 1000 events from 2026-01-01T00:00:00Z in MILLISECONDS, mean distance"
                                + " PT1S, 1 key, values 1 to 1000, out-of-orderness PT0S]");
    }

    @Test
    void noEvents_isAStreamToo() {
        assertThat(OutOfOrderStream.builder(1).events(0).build()).isEmpty();
    }

    @Test
    void impossibleSettings_areRefusedByName() {
        OutOfOrderStreamBuilder builder = OutOfOrderStream.builder(1);
        assertRefused(() -> builder.events(-1), "number of events", "-1");
        assertRefused(() -> builder.keys(0), "at least 1 key", "0");
        assertRefused(() -> builder.keys(1, Double.NaN), "skew", "NaN");
        assertRefused(() -> builder.keys(1, -0.5), "skew", "-0.5");
        assertRefused(() -> builder.values(2, 1), "smallest <= largest", "2 to 1");
        assertRefused(() -> builder.meanDistance(Duration.ofMillis(-1)), "mean distance", "PT-0.001S");
        assertRefused(() -> builder.outOfOrderness(Duration.ofMillis(-1)), "out-of-orderness", "PT-0.001S");
        assertRefused(() -> builder.stragglers(1.1, Duration.ofMillis(1)), "share of stragglers", "1.1");
        assertRefused(() -> builder.stragglers(0.5, Duration.ZERO), "further delay", "PT0S");
        assertRefused(() -> builder.duplicates(Double.NaN), "share of duplicates", "NaN");
        assertRefused(() -> builder.bursts(0, Duration.ZERO), "burst", "0");
        assertRefused(() -> builder.timeUnit(TimeUnit.MINUTES), "time unit", "MINUTES");
        assertRefused(
                () -> OutOfOrderStream.builder(1)
                        .meanDistance(Duration.ofNanos(1))
                        .build(),
                "mean distance",
                "PT0.000000001S");
        OutOfOrderStream stream = builder.build();
        assertRefused(() -> stream.behind(Duration.ofMillis(-1)), "delay", "PT-0.001S");
        assertRefused(() -> stream.late(Duration.ZERO, Duration.ZERO, Duration.ZERO), "window size", "PT0S");
    }

    private static void assertRefused(ThrowingCallable call, String setting, String value) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(setting)
                .hasMessageContaining(value);
    }
}
