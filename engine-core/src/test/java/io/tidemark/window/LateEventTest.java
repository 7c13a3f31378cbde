package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
    void values_areItsOwn() {
        List<Long> values = new ArrayList<>(List.of(1L, 2L));
        LateEvent<String, String> event =
                new LateEvent<>("totals", "gateway", null, 5, values, LateEvent.Reason.UNASSIGNED, null, 12, null);
        values.clear();
        assertThat(event.values()).containsExactly(1L, 2L).isUnmodifiable();
    }

    @Test
    void printed_itShowsNeitherKeyNorValuesNorEvent() {
        assertThat(late(5, 12))
                .hasToString("LateEvent[totals from gateway, LATE, timestamp 5, missed [0, 10), watermark 12]");
    }
}
