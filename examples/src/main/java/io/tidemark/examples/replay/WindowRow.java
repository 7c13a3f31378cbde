package io.tidemark.examples.replay;

import org.jspecify.annotations.Nullable;

/**
 * One pane of one window: what the engine said about it at one moment. Times and durations in milliseconds.
 *
 * @param start inclusive
 * @param end exclusive
 * @param key empty if the run has no key
 * @param timing EARLY, ON_TIME or LATE
 * @param pane number of the pane within its window, from 0
 * @param count events of the window so far
 * @param sum their exact sum in minor units; null if it does not fit a {@code long}
 * @param p50 median of arrival - event time
 * @param p99 99th percentile of it
 * @param max the largest of it
 */
public record WindowRow(
        long start,
        long end,
        String key,
        String timing,
        long pane,
        long count,
        @Nullable Long sum,
        long p50,
        long p99,
        long max) {}
