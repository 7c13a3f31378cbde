package io.tidemark.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EdgeWindowsTest {
    private static final long MIN = Long.MIN_VALUE;
    private static final long MAX = Long.MAX_VALUE;

    /** Edges at some seconds; counts how often it is asked. */
    private static final class CountedEdges extends EdgeWindows {
        private final NavigableSet<Instant> edges = new TreeSet<>();
        private int asked;

        CountedEdges(TimeUnit unit, long... seconds) {
            super(unit, 1);
            for (long second : seconds) {
                edges.add(Instant.ofEpochSecond(second));
            }
        }

        @Override
        Instant edgeAtOrBefore(Instant instant) {
            asked++;
            Instant edge = edges.floor(instant);
            return edge == null ? Instant.MIN : edge;
        }

        @Override
        Instant edgeAfter(Instant instant) {
            asked++;
            Instant edge = edges.higher(instant);
            return edge == null ? Instant.MAX : edge;
        }
    }

    private final CountedEdges windows = new CountedEdges(TimeUnit.SECONDS, -7, 0, 10, 17);
    private final WindowCursor cursor = new WindowCursor();

    @BeforeEach
    void askForTwoWindows() {
        windows.sliceStart(3);
        windows.sliceStart(12);
        windows.asked = 0;
    }

    @Test
    void theWindowOfTheWatermarkAndTheNext_areRemembered() {
        for (int round = 0; round < 3; round++) {
            for (long watermark = 0; watermark < 10; watermark++) {
                assertThat(windows.previousEnd(watermark)).isZero();
                assertThat(windows.nextEnd(watermark)).isEqualTo(10);
                assertThat(windows.sliceStart(10 + watermark % 7)).isEqualTo(10);
                assertThat(windows.sliceEnd(10 + watermark % 7)).isEqualTo(17);
                assertThat(windows.firstWindow(10, watermark, cursor)).isTrue();
                assertThat(windows.windowsEndedBy(9, watermark)).isZero();
            }
        }
        assertThat(windows.asked).isZero();
    }

    @Test
    void aThirdWindow_replacesTheOneFoundFirst() {
        assertThat(windows.sliceEnd(-1)).isZero();
        assertThat(windows.asked).isEqualTo(2);
        assertThat(windows.sliceEnd(12)).isEqualTo(17);
        assertThat(windows.asked).isEqualTo(2);
        assertThat(windows.sliceEnd(3)).isEqualTo(10);
        assertThat(windows.asked).isEqualTo(4);
    }

    @Test
    void timeOutsideTheEdges_isAWindowAtEachEnd() {
        assertThat(windows.sliceStart(-8)).isEqualTo(MIN);
        assertThat(windows.sliceEnd(MIN)).isEqualTo(-7);
        assertThat(windows.nextEnd(MIN)).isEqualTo(-7);
        assertThat(windows.previousEnd(-8)).isEqualTo(MIN);
        assertThat(windows.sliceStart(MAX - 1)).isEqualTo(17);
        assertThat(windows.sliceEnd(17)).isEqualTo(MAX);
        cursor.set(10, 17);
        assertThat(windows.nextWindow(cursor)).isTrue();
        assertThat(cursor.end()).isEqualTo(MAX);
        assertThat(windows.nextWindow(cursor)).isFalse();
        assertThat(cursor.start()).isEqualTo(17);
    }

    @Test
    void edgesBeyondLong_areHeldAtItsEnds() {
        CountedEdges nanos = new CountedEdges(TimeUnit.NANOSECONDS, -10_000_000_000L, 0, 10_000_000_000L);
        assertThat(nanos.sliceStart(-1)).isEqualTo(MIN);
        assertThat(nanos.sliceEnd(0)).isEqualTo(MAX);
        assertThat(nanos.previousEnd(0)).isZero();
        assertThat(nanos.nextEnd(-1)).isZero();
    }

    @Test
    void atTheEndOfTime_everyWindowHasEnded() {
        assertThat(windows.nextEnd(MAX)).isEqualTo(MAX);
        assertThat(windows.previousEnd(MAX)).isEqualTo(MAX);
        assertThat(windows.windowsEndedBy(20, MAX)).isEqualTo(1);
        assertThat(windows.firstWindow(20, MAX, cursor)).isFalse();
        assertThat(windows.lastEndedWindow(20, MAX, cursor)).isTrue();
        assertThat(cursor.start()).isEqualTo(17);
    }
}
