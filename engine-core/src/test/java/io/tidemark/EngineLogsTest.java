package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
import io.tidemark.operator.FailureHandler.Stage;
import io.tidemark.testing.EngineLaws;
import io.tidemark.testing.VirtualClock;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.LateEvent;
import io.tidemark.window.WindowResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** No personal data gets out: not into the log, not into explanations, not into what results print of themselves. */
@ResourceLock(Resources.SYSTEM_ERR)
class EngineLogsTest {
    private static final String PAN = "4111111111111111";

    /** An event and a key that would give the card number away to anybody who prints them. */
    private record Card(long at, String pan) {
        @Override
        public String toString() {
            return "Card " + PAN;
        }
    }

    private static RuntimeException leaking() {
        return new IllegalStateException("cannot charge " + PAN);
    }

    @Test
    void logs_showNeitherEventsNorKeysNorMessages() {
        List<String> shown = new ArrayList<>();
        String log = LogCapture.of(() -> run(shown, ErrorPolicy.goOn(), Duration.ofMinutes(2)));
        assertThat(log)
                .contains("Engine cards", "IllegalStateException", "timestamp that is INVALID")
                .contains("EXTRACTOR", "RESULT_LISTENER", "LATE_HANDLER", "REJECTED_HANDLER")
                .doesNotContain(PAN);
        assertThat(shown).isNotEmpty().noneMatch(text -> text.contains(PAN));
    }

    @Test
    void logsOfAFailedEngine_showNeitherEventsNorKeysNorMessages() {
        List<String> shown = new ArrayList<>();
        String log = LogCapture.of(() -> run(shown, ErrorPolicy.stop(), Duration.ofMinutes(2)));
        assertThat(log)
                .contains("Engine cards failed with java.lang.IllegalStateException", "ended as FAILED")
                .doesNotContain(PAN);
        assertThat(shown).isNotEmpty().noneMatch(text -> text.contains(PAN));
    }

    @Test
    void failures_areLoggedNowAndThenOnly() {
        List<String> threw = threw(() -> run(new ArrayList<>(), ErrorPolicy.goOn(), Duration.ZERO));
        assertThat(threw).as("one line a stage").hasSize(4);
        assertThat(threw).filteredOn(line -> line.contains("RESULT_LISTENER")).hasSize(1);
    }

    private static List<String> threw(Runnable run) {
        return LogCapture.of(run)
                .lines()
                .filter(line -> line.contains(" threw "))
                .toList();
    }

    @Test
    void aFailureOfAnotherClassOrAtAnotherPlace_isLoggedAtOnce() {
        VirtualClock clock = new VirtualClock();
        Failures failures = new Failures("cards", ErrorPolicy.goOn(), clock);
        List<RuntimeException> kinds =
                List.of(leaking(), new ArithmeticException(PAN), new IllegalStateException(PAN), placeless());
        Runnable all = () -> {
            for (int times = 0; times < 3; times++) {
                kinds.forEach(kind -> failures.failed(Stage.AGGREGATOR, "sums", kind));
            }
        };
        assertThat(threw(all)).hasSize(4);
        clock.advance(Duration.ofSeconds(9));
        assertThat(threw(all)).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(threw(all)).hasSize(4).last().asString().contains("at an unknown place; 28 failures");
    }

    private static RuntimeException placeless() {
        RuntimeException thrown = new IllegalStateException(PAN);
        thrown.setStackTrace(new StackTraceElement[0]);
        return thrown;
    }

    @Test
    void failuresAtEverNewPlaces_areLoggedUpToABound() {
        Failures failures = new Failures("cards", ErrorPolicy.goOn(), new VirtualClock());
        assertThat(threw(() -> {
                    for (int line = 0; line < 1_000; line++) {
                        RuntimeException thrown = new IllegalStateException(PAN);
                        thrown.setStackTrace(
                                new StackTraceElement[] {new StackTraceElement("Card", "charge", "Card.java", line)});
                        failures.failed(Stage.AGGREGATOR, "sums", thrown);
                    }
                }))
                .hasSizeBetween(10, 50);
    }

    /** Runs an engine into every kind of failure; {@code step} passes between two events. */
    private static void run(List<String> shown, ErrorPolicy policy, Duration step) {
        RuntimeException leaking = leaking();
        VirtualClock clock = new VirtualClock();
        EventTimeEngine<Card> engine = EventTimeEngine.<Card>builder("cards")
                .timestamp(card -> {
                    if (card.at() == 666) {
                        throw leaking;
                    }
                    return card.at();
                })
                .watermark(WatermarkStrategy.ascending())
                .maxFutureSkew(Duration.ofDays(1))
                .onRejected(rejected -> {
                    shown.add(rejected.toString());
                    throw leaking;
                })
                .errorPolicy(policy)
                .keepEvents()
                .polled()
                .ticker(clock)
                .epochClock(clock)
                .build();
        engine.keyBy(card -> card)
                .window(Engines.TEN)
                .allowedLateness(Duration.ofMillis(5))
                .aggregate(Aggregators.list(Card::pan))
                .onLate(late -> {
                    shown.add(print(late));
                    throw leaking;
                })
                .onResult(result -> {
                    shown.add(print(result.copy()));
                    throw leaking;
                });
        Source<Card> source = engine.source("till");
        engine.start();
        assertThat(source.offer(new Card(1, PAN))).isNotNull();
        source.close();
        for (long at : new long[] {1, 12, Long.MIN_VALUE, Long.MAX_VALUE, 8, 30, 2, 666}) {
            assertThat(engine.offer(new Card(at, PAN))).isNotNull();
            Engines.drain(engine);
            clock.advance(step);
            shown.add(engine.explain());
        }
        EngineReport report = engine.complete();
        shown.add(engine.explain());
        shown.add(report.metrics().toString());
        EngineLaws.checkBooks(report.metrics());
    }

    private static String print(LateEvent<?, ?> late) {
        return late.toString();
    }

    private static String print(WindowResult<?, ?> result) {
        return result.toString();
    }
}
