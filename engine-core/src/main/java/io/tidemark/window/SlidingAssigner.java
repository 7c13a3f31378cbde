package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#tumbling} and {@link Windows#sliding}. */
record SlidingAssigner(Duration size, Duration slide, Duration offset) implements WindowAssigner<Object> {

    SlidingAssigner {
        Windows.requirePositive(size, "window size");
        Windows.requirePositive(slide, "slide");
        if (offset.compareTo(slide) >= 0 || offset.compareTo(slide.negated()) <= 0) {
            throw new IllegalArgumentException("offset " + offset + " must be shorter than the "
                    + (size.equals(slide) ? "window size " : "slide ") + slide + "; it only shifts the grid");
        }
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new SlidingWindows(
                Timestamps.units(size, unit, "window size"),
                Timestamps.units(slide, unit, "slide"),
                Timestamps.units(offset, unit, "offset"));
    }

    @Override
    public String toString() {
        String shift = offset.isZero() ? "" : " offset " + offset;
        return size.equals(slide) ? "tumbling " + size + shift : "sliding " + size + " by " + slide + shift;
    }
}
