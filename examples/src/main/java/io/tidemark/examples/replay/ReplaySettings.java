package io.tidemark.examples.replay;

import java.time.Duration;

/**
 * How a replay watches the events.
 *
 * @param window the length of a window
 * @param slide from one window's start to the next; equal to the length for windows that touch
 * @param delay how far the watermark stays behind the newest event time
 * @param lateness how long after its end a window still takes corrections
 * @param keyed whether each key has windows of its own
 */
public record ReplaySettings(Duration window, Duration slide, Duration delay, Duration lateness, boolean keyed) {

    /** Whether every event belongs to exactly one window. */
    public boolean tumbling() {
        return window.equals(slide);
    }
}
