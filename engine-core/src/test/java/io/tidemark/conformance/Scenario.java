package io.tidemark.conformance;

import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded scenario: what is declared, what is fed in, and what must come out. */
record Scenario(
        String id,
        Window window,
        long allowedLateness,
        Trigger trigger,
        ClosingBehavior closing,
        OnTimeBehavior onTime,
        boolean discarding,
        String aggregate,
        boolean listOrderIsArrival,
        boolean timingDependsOnHolds,
        List<Step> steps,
        Outcome expected) {

    enum WindowKind {
        TUMBLING,
        SLIDING,
        SESSION,
        GLOBAL,
        CALENDAR
    }

    /** {@code size} is a session's gap; only a calendar has one. */
    record Window(
            WindowKind kind,
            long size,
            long slide,
            long offset,
            @Nullable Calendar calendar) {

        Window(WindowKind kind, long size, long slide, long offset) {
            this(kind, size, slide, offset, null);
        }
    }

    /** Windows of so many local days. */
    record Calendar(int days, ZoneId zone, LocalDate start) {}

    enum TriggerKind {
        AFTER_WATERMARK,
        REPEATEDLY,
        NEVER
    }

    /**
     * When panes are given.
     *
     * @param every events that make an early pane, or one of those given repeatedly; 0 for none
     * @param lateEvery late events that make a late pane; 1 but after the watermark
     */
    record Trigger(TriggerKind kind, long every, long lateEvery) {}

    interface Step {}

    record Event(long timestamp, String key, long value) implements Step {}

    record Watermark(long watermark) implements Step {}
}
