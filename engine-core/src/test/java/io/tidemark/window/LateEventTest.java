package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LateEventTest {

    private static LateEvent<String, String> late(long timestamp, long watermark) {
        return new LateEvent<>(
                "totals",
                "gateway",
                "4111-1111",
                timestamp,
                List.of(987L),
                LateEvent.Reason.LATE,
                new TimeWindow(0, 10),
                watermark,
                "secret");
    }

    @Test
    void lateness_isHowFarTheEventWasBehind() {
        assertThat(late(5, 12).lateness()).isEqualTo(7);
        assertThat(late(Long.MIN_VALUE + 1, Long.MAX_VALUE).lateness()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void printed_itShowsNeitherKeyNorValuesNorEvent() {
        assertThat(late(5, 12))
                .hasToString("LateEvent[totals from gateway, LATE, timestamp 5, missed [0, 10), watermark 12]");
    }
}
