package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import org.jspecify.annotations.Nullable;

/**
 * One event that the {@link ReferenceModel} sends to the late handler.
 *
 * <p>Threads: immutable.
 *
 * @param step number of the event's step
 * @param missed the window it missed, of several the last; null if none exists at its timestamp
 * @param watermark the watermark that it was behind
 */
public record ExpectedLate(int step, @Nullable TimeWindow missed, long watermark) {}
