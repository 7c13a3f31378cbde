package io.tidemark.window;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows {@code [k * slide + offset, k * slide + offset + size)} in unbounded arithmetic, found by stepping; only what comes out is
 * held at the ends of {@code long}. The model that {@link SlidingWindows} is checked against.
 */
final class ExactWindows {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final BigInteger size;
    private final BigInteger slide;
    private final BigInteger offset;

    ExactWindows(long size, long slide, long offset) {
        this.size = BigInteger.valueOf(size);
        this.slide = BigInteger.valueOf(slide);
        this.offset = BigInteger.valueOf(offset);
    }

    private static long held(BigInteger exact) {
        return exact.max(MIN).min(MAX).longValueExact();
    }

    /** The largest point of the grid {@code k * slide + shift} that is {@code <= at}. */
    private BigInteger floor(BigInteger at, BigInteger shift) {
        return at.subtract(at.subtract(shift).mod(slide));
    }

    /** The exact starts of all windows that contain a timestamp, ascending; only for a model with few of them. */
    private List<BigInteger> startsAround(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        List<BigInteger> starts = new ArrayList<>();
        for (BigInteger start = floor(at, offset); start.add(size).compareTo(at) > 0; start = start.subtract(slide)) {
            starts.add(0, start);
        }
        return starts;
    }

    private TimeWindow window(BigInteger start) {
        return new TimeWindow(held(start), held(start.add(size)));
    }

    /** All windows that contain a timestamp, by (end, start). */
    List<TimeWindow> around(long timestamp) {
        return startsAround(timestamp).stream().map(this::window).toList();
    }

    /** The windows after the last that contains a timestamp, as long as they begin within time; at most {@code limit}. */
    List<TimeWindow> after(long timestamp, int limit) {
        List<TimeWindow> windows = new ArrayList<>();
        BigInteger start = floor(BigInteger.valueOf(timestamp), offset).add(slide);
        while (windows.size() < limit && start.compareTo(MAX) < 0) {
            windows.add(window(start));
            start = start.add(slide);
        }
        return windows;
    }

    long sliceStart(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        return held(floor(at, offset).max(floor(at, offset.add(size))));
    }

    long sliceEnd(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        return held(floor(at, offset).min(floor(at, offset.add(size))).add(slide));
    }

    /** The smallest end above. */
    long nextEnd(long watermark) {
        return held(floor(BigInteger.valueOf(watermark), offset.add(size)).add(slide));
    }

    /** The largest end at or below; at the end of time every window has ended. */
    long previousEnd(long watermark) {
        return watermark == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : held(floor(BigInteger.valueOf(watermark), offset.add(size)));
    }
}
