package io.tidemark.examples.replay;

import io.tidemark.examples.input.EventRow;
import io.tidemark.window.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * An event that came too late, and why.
 *
 * @param reason LATE, IDLE_CLOSED or UNASSIGNED
 * @param missed the window that it missed last; null if it belongs to none
 * @param watermark where the watermark stood, milliseconds since the epoch
 * @param lateness watermark - event time in milliseconds
 */
public record LateRow(
        EventRow event, String reason, @Nullable TimeWindow missed, long watermark, long lateness) {}
