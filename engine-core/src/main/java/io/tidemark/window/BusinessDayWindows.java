package io.tidemark.window;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Windows between the cut-offs of {@link BusinessDays}.
 *
 * <p>Threads: as {@link EdgeWindows}.
 */
final class BusinessDayWindows extends EdgeWindows {
    private final BusinessDays days;

    BusinessDayWindows(BusinessDays days, TimeUnit unit) {
        super(unit, BusinessDays.LONGEST_WINDOW + ZoneClocks.LONGEST_SHIFT);
        this.days = days;
    }

    @Override
    Instant edgeAtOrBefore(Instant instant) {
        return days.cutOff(days.lastUntil(instant));
    }

    @Override
    Instant edgeAfter(Instant instant) {
        return days.cutOff(days.firstAfter(instant));
    }
}
