package io.tidemark.operator;

import static io.tidemark.operator.PaneHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tidemark.window.Firing;
import io.tidemark.window.Trigger;
import io.tidemark.window.Windows;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A window into which events keep coming takes the room of one, whatever moves with each of them. */
class WindowMemoryTest {
    private static final int EVENTS = 100_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Trigger NEVER_EARLY = Trigger.afterWatermark().early(Firing.when(window -> false));

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Bytes that events of key 1 and value 0 cost, each followed by a watermark and a reading of the clock; after some to warm up. */
    private long bytes(PaneHarness harness, LongUnaryOperator time, LongUnaryOperator watermark) {
        harness.counters();
        long[] row = new long[Row.LONGS];
        RowBatch batch = new RowBatch(row, Row.LONGS, new @Nullable Object[Row.OBJECTS], Row.OBJECTS, -1);
        long before = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (i == EVENTS / 10) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            row[0] = time.applyAsLong(i);
            row[Row.KEY_COLUMN] = 1;
            harness.rows(batch, 1);
            harness.watermark(watermark.applyAsLong(i));
            harness.clock(i);
        }
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(harness.counters().aggregated()).isEqualTo(EVENTS);
        assertThat(harness.counters().liveEntries())
                .as("one window and its key, and perhaps a pane")
                .isBetween(2L, 3L);
        return after - before;
    }

    /** What even one deadline for every tenth event would cost. */
    private static final long ONE_IN_TEN = EVENTS / 10 * 28;

    @Test
    void aWindow_awaitsItsEndOnce() {
        PaneHarness harness = PaneHarness.of(Windows.tumbling(DAY)).trigger(NEVER_EARLY);
        assertThat(bytes(harness, i -> i, i -> i)).isLessThan(ONE_IN_TEN);
    }

    @Test
    void aSessionThatGoesOn_awaitsItsEndOnce() {
        PaneHarness plain = PaneHarness.of(Windows.session(millis(10)));
        assertThat(bytes(plain, i -> i, i -> i)).isLessThan(ONE_IN_TEN);
        PaneHarness early = PaneHarness.of(Windows.session(millis(10))).trigger(NEVER_EARLY);
        assertThat(bytes(early, i -> i, i -> i)).isLessThan(ONE_IN_TEN);
    }

    @Test
    void aLateSessionThatGrows_awaitsItsExpiryOnce() {
        for (Trigger trigger : new Trigger[] {Trigger.afterWatermark(), NEVER_EARLY}) {
            PaneHarness harness = PaneHarness.of(Windows.session(millis(10)))
                    .trigger(trigger.lateEvery(Long.MAX_VALUE))
                    .lateness(DAY.toMillis());
            harness.watermark(EVENTS * 2);
            assertThat(bytes(harness, i -> i, i -> EVENTS * 2 + i)).isLessThan(ONE_IN_TEN);
        }
    }

    @Test
    void boundariesAndClocks_thatPanesUnset_areEnteredOnce() {
        Firing firing = Firing.firstOf(
                Firing.everyEvents(2), Firing.everyEventTime(Duration.ofHours(1)), Firing.everyClock(DAY));
        PaneHarness harness = PaneHarness.of(Windows.tumbling(DAY))
                .trigger(Trigger.afterWatermark().early(firing))
                .suppressUnchanged();
        assertThat(bytes(harness, i -> i, i -> i)).isLessThan(ONE_IN_TEN);
        assertThat(harness.counters().panes()).isEqualTo(1);
    }

    @Test
    void boundariesAndClocksOfASessionThatGoesOn_areEnteredOnce() {
        Firing firing = Firing.firstOf(Firing.everyEventTime(Duration.ofMinutes(4)), Firing.everyClock(DAY));
        PaneHarness harness = PaneHarness.of(Windows.session(Duration.ofMinutes(5)))
                .trigger(Trigger.afterWatermark().early(firing));
        assertThat(bytes(harness, i -> i, i -> i)).isLessThan(ONE_IN_TEN);
    }

    @Test
    void sessionsOneAfterTheOther_takeTheRoomOfOne() {
        PaneHarness harness = PaneHarness.of(Windows.session(millis(10)))
                .trigger(Trigger.never())
                .lateness(100);
        long[] row = new long[Row.LONGS];
        RowBatch batch = new RowBatch(row, Row.LONGS, new @Nullable Object[Row.OBJECTS], Row.OBJECTS, -1);
        harness.counters();
        long before = 0;
        for (int i = 0; i < EVENTS; i++) {
            if (i == EVENTS / 10) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            row[0] = i * 1_000L;
            row[Row.KEY_COLUMN] = i % 3;
            harness.rows(batch, 1);
            harness.watermark(i * 1_000L + 500);
            assertThat(harness.counters().liveEntries()).isZero();
        }
        assertThat(harness.counters().aggregated()).isEqualTo(EVENTS);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(EVENTS * 400L);
    }
}
