package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.operator.ChainHarness.Step;
import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that come in every window: what is kept of them from one to the next must not show. */
class RecurringKeysTest {
    private static final WindowAssigner<Object> TENS = Windows.tumbling(Duration.ofMillis(10));
    private static final int KEYS = 64;

    private final ChainHarness harness = new ChainHarness().source(WatermarkStrategy.manual());

    /** An event of each key, in an order that differs from window to window. */
    private static List<Row> rows(long timestamp, int factor) {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> Row.of(timestamp, (i * factor) % KEYS, 1))
                .toList();
    }

    private void advance(long watermark) {
        harness.run(List.of(Step.advance(0, watermark)), any -> 1);
    }

    @Test
    void ordered_isByFirstArrivalInEachWindow() {
        harness.stream(Stream.of("sums", TENS).inOrder());
        for (int window = 0; window < 6; window++) {
            harness.batch(rows(10L * window + 3, 2 * window + 1), 0);
            advance(10L * window);
            if (window > 0) {
                assertThat(harness.take())
                        .extracting(line -> Long.parseLong(line.split(" ")[1]))
                        .containsExactlyElementsOf(
                                rows(0, 2 * window - 1).stream().map(Row::key).toList());
            }
        }
    }

    @Test
    void keysThatAreObjects_areForgottenWithTheirWindows() {
        harness.stream(Stream.of("sums", TENS).by(KeyLocation.Kind.OBJECT));
        harness.batch(rows(3, 1), 0);
        harness.batch(rows(13, 3), 0);
        advance(10);
        advance(20);
        assertThat(harness.take()).hasSize(2 * KEYS);
        assertThat(harness.streams.get(0).liveEntries()).isZero();
    }
}
