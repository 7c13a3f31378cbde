/**
 * How far event time has come.
 *
 * <p><b>The one definition of the watermark W:</b> every event with {@code timestamp < W} is expected to have been seen.
 *
 * <ul>
 *   <li>{@code W = Long.MIN_VALUE}: no watermark yet, nothing is late. {@code W = Long.MAX_VALUE}: end of input.
 *   <li>A source that may be late by at most {@code delay} has {@code W = maxTimestamp - delay}. Nothing is ever + 1 or - 1.
 *   <li>An event is added before the watermark that it causes is applied.
 *   <li>The engine's W is the minimum over the sources that count, and it never goes back.
 *   <li>An event is behind iff {@code timestamp < W}; a window closes when {@code W >= end}; an event is too late for a window
 *       when {@code end + allowedLateness <= W}.
 * </ul>
 *
 * <p>Example: delay 10 s, windows of one minute. A payment stamped 10:00:00 belongs to 10:00:00 - 10:01:00, and that window
 * closes when an event stamped 10:01:10 or later has been seen. W follows the events, not the wall clock.
 */
@NullMarked
package io.tidemark.watermark;

import org.jspecify.annotations.NullMarked;
