package io.tidemark.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.watermark.WatermarkStrategy;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Object keys live in a dictionary that forgets them; what that must not do to results. */
class ObjectKeyTest {
    private final ChainHarness harness =
            new ChainHarness().source(WatermarkStrategy.boundedOutOfOrderness(Duration.ofMillis(1_000)));

    private void stream(Stream stream) {
        harness.stream(stream.by(KeyLocation.Kind.OBJECT));
    }

    @Test
    void aRowInAGap_doesNotTakeTheKeyFromTheRowBehindIt() {
        stream(Stream.of("gaps", Windows.sliding(Duration.ofMillis(5), Duration.ofMillis(10))));
        harness.batch(List.of(Row.of(7, 1, 70), Row.of(12, 1, 120), Row.of(13, 2, 130)), 0);
        assertThat(harness.streams.get(0).unassigned()).isEqualTo(1);
        harness.finish();
        assertThat(harness.failures).isEmpty();
        assertThat(harness.take())
                .containsExactlyInAnyOrder(
                        "gaps k1 [10,15) ON_TIME0 last 1:120", "gaps k2 [10,15) ON_TIME0 last 1:130");
    }

    @Test
    void aKeyOfWhichNothingIsLeft_isForgotten() {
        stream(Stream.of("tumbling", Windows.tumbling(Duration.ofMillis(10))));
        harness.rows(Row.of(1, 1, 1), Row.of(2, 2, 2));
        assertThat(harness.streams.get(0).liveEntries())
                .as("two entries, two keys")
                .isEqualTo(4);
        harness.rows(Row.of(1_010, 3, 3));
        assertThat(harness.streams.get(0).liveEntries()).isEqualTo(2);
        harness.rows(Row.of(1, 4, 4));
        assertThat(harness.streams.get(0).late()).isEqualTo(1);
        assertThat(harness.streams.get(0).liveEntries())
                .as("the key of a late row")
                .isEqualTo(2);
    }

    @Test
    void aKeyWhoseHashThrows_failsAloneAndIsAccountedFor() {
        stream(Stream.of("tumbling", Windows.tumbling(Duration.ofMillis(10))));
        Object bad = new Object() {
            @Override
            public int hashCode() {
                throw new IllegalStateException("no hash");
            }
        };
        long[] longs = new long[3 * Row.LONGS];
        Object[] objects = new Object[3 * Row.OBJECTS];
        for (int i = 0; i < 3; i++) {
            Row.of(i, i, i).write(longs, objects, i);
        }
        objects[Row.OBJECTS + Row.KEY_LANE] = bad;
        harness.chain.process(
                new RowBatch(longs, Row.LONGS, objects, Row.OBJECTS, Row.EVENT_LANE), 0, 3, harness.sources.get(0));
        StreamCounters counters = harness.streams.get(0);
        assertThat(harness.failures).hasSize(1).allMatch(failure -> Objects.equals(failure.getMessage(), "no hash"));
        assertThat(counters.handedOn()).isEqualTo(3);
        assertThat(counters.failed()).isEqualTo(1);
        harness.finish();
        assertThat(harness.take())
                .containsExactlyInAnyOrder(
                        "tumbling k0 [0,10) ON_TIME0 last 1:0", "tumbling k2 [0,10) ON_TIME0 last 1:2");
    }
}
