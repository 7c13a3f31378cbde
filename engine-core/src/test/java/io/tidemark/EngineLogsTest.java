package io.tidemark;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.aggregate.Aggregators;
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
        String log = LogCapture.of(() -> run(new ArrayList<>(), ErrorPolicy.goOn(), Duration.ZERO));
        assertThat(log.lines().filter(line -> line.contains(" threw "))).hasSize(1);
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
