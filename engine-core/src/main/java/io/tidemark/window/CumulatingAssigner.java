package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#cumulating}. */
record CumulatingAssigner(WindowAssigner<Object> base, Duration step) implements WindowAssigner<Object> {
    /** Every step is a window that is computed for every key: more are a mistake rather than a wish. */
    private static final int MOST_STEPS = 10_000;

    CumulatingAssigner {
        Objects.requireNonNull(base, "base");
        Windows.requirePositive(step, "step");
        Duration divided = dividedSpan(base);
        if (divided.minusNanos(1).dividedBy(MOST_STEPS).compareTo(step) >= 0) {
            throw new IllegalArgumentException("step " + step + " divides " + base + " into more than " + MOST_STEPS
                    + " windows; choose a longer step");
        }
    }

    /** The time in which there may be so many steps: a usual window of the base. */
    private static Duration dividedSpan(WindowAssigner<Object> base) {
        if (base instanceof SlidingAssigner tumbling && tumbling.size().equals(tumbling.slide())) {
            return tumbling.size();
        }
        if (base instanceof CalendarAssigner calendar) {
            return Duration.ofDays(calendar.longestInDays());
        }
        if (base instanceof BusinessDays) {
            return Duration.ofDays(1);
        }
        throw new IllegalArgumentException("cumulating windows grow inside windows that follow each other, not inside "
                + base + "; use tumbling, calendar or businessDays");
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new CumulatingWindows(
                (SlicedWindows) base.in(unit),
                Timestamps.units(step, unit, "step"),
                dividedSpan(base).minusNanos(1).dividedBy(step) + 1);
    }

    @Override
    public String toString() {
        return "cumulating by " + step + " over " + base;
    }
}
