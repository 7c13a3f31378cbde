package io.tidemark.window;

import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The description behind {@link Windows#calendar} and its kin. */
record CalendarAssigner(Period period, ZoneId zone, LocalDate start) implements WindowAssigner<Object> {
    private static final long LONGEST_MONTH = 31;

    CalendarAssigner {
        Objects.requireNonNull(period, "period");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(start, "start");
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("calendar period must be positive, got " + period);
        }
        if (period.get(ChronoUnit.DAYS) > 0 && period.toTotalMonths() > 0) {
            throw new IllegalArgumentException(
                    "calendar period " + period
                            + " mixes days with months or years, so its windows would have no rule; give it in days or in months");
        }
    }

    /** Whether dates are counted in months, not in days. */
    boolean isInMonths() {
        return period.toTotalMonths() > 0;
    }

    /** The period in months or in days. */
    long length() {
        return isInMonths() ? period.toTotalMonths() : period.get(ChronoUnit.DAYS);
    }

    /** How many days a window may have. */
    long longestInDays() {
        return isInMonths() ? LONGEST_MONTH * length() : length();
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        return new CalendarWindows(this, unit);
    }

    @Override
    public String toString() {
        return "calendar " + period + " " + zone + " from " + start;
    }
}
