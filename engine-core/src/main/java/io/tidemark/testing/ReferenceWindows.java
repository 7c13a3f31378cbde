package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which windows a timestamp belongs to, in exact arithmetic: edges are computed without bounds and then held at the ends of
 * {@code long}. Shares no code with the engine, so that the two cannot be wrong together.
 */
final class ReferenceWindows {
    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

    private enum Kind {
        GRID,
        SESSION,
        GLOBAL
    }

    private final Kind kind;
    private final BigInteger size;
    private final BigInteger slide;
    private final BigInteger offset;

    private ReferenceWindows(Kind kind, long size, long slide, long offset) {
        this.kind = kind;
        this.size = BigInteger.valueOf(size);
        this.slide = BigInteger.valueOf(slide);
        this.offset = BigInteger.valueOf(offset);
    }

    static ReferenceWindows grid(long size, long slide, long offset) {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException("size and slide must be positive, got " + size + " and " + slide);
        }
        return new ReferenceWindows(Kind.GRID, size, slide, offset);
    }

    static ReferenceWindows session(long gap) {
        if (gap <= 0) {
            throw new IllegalArgumentException("gap must be positive, got " + gap);
        }
        return new ReferenceWindows(Kind.SESSION, gap, gap, 0);
    }

    static ReferenceWindows global() {
        return new ReferenceWindows(Kind.GLOBAL, 1, 1, 0);
    }

    /** Whether windows that touch become one. */
    boolean merging() {
        return kind == Kind.SESSION;
    }

    /** The windows of {@code timestamp} by rising end; none if it lies between two of them. */
    List<TimeWindow> of(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        return switch (kind) {
            case GLOBAL -> List.of(new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE));
            case SESSION -> List.of(window(at));
            case GRID -> {
                List<TimeWindow> windows = new ArrayList<>();
                // mod is never negative, so this start is at or before the timestamp below zero too
                BigInteger start = at.subtract(at.subtract(offset).mod(slide));
                while (start.add(size).compareTo(at) > 0) {
                    windows.add(window(start));
                    start = start.subtract(slide);
                }
                Collections.reverse(windows);
                yield windows;
            }
        };
    }

    private TimeWindow window(BigInteger start) {
        return new TimeWindow(held(start), held(start.add(size)));
    }

    /** {@code a + b}, held at the ends of {@code long}. */
    static long sum(long a, long b) {
        return held(BigInteger.valueOf(a).add(BigInteger.valueOf(b)));
    }

    private static long held(BigInteger exact) {
        return exact.max(LOWEST).min(HIGHEST).longValueExact();
    }
}
