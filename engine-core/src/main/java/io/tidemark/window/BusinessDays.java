package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Windows from the cut-off of one business day to the cut-off of the next: what comes after Friday's belongs to Monday. Made by
 * {@link Windows#businessDays(LocalTime, ZoneId, Predicate) Windows.businessDays}.
 *
 * <p>A cut-off that the clocks show twice is the earlier one; one that they are put forward past is the first instant after the gap. A
 * date that the zone skips altogether is no business day, whatever the calendar says.
 *
 * <p>Threads: safe from any thread if the predicate is. Errors: {@link IllegalStateException} naming the date if the predicate finds
 * no business day within 366 days. Without windows there is no going on: thrown to an engine, that or what the predicate throws
 * ends it as failed.
 */
public final class BusinessDays implements WindowAssigner<Object> {
    private static final int LONGEST_CLOSURE = 366;
    /** In days: a closure before what is asked for, and one after it. */
    static final long LONGEST_WINDOW = 2 * (LONGEST_CLOSURE + 1L);

    private final LocalTime cutOff;
    private final ZoneId zone;
    private final ZoneClocks clocks;
    private final Predicate<? super LocalDate> isBusinessDay;

    BusinessDays(LocalTime cutOff, ZoneId zone, Predicate<? super LocalDate> isBusinessDay) {
        this.cutOff = Objects.requireNonNull(cutOff, "cut-off");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.clocks = new ZoneClocks(zone);
        this.isBusinessDay = Objects.requireNonNull(isBusinessDay, "isBusinessDay");
    }

    /** Monday to Friday but for the holidays. */
    static Predicate<LocalDate> weekdaysWithout(Set<LocalDate> holidays) {
        Set<LocalDate> closed = Set.copyOf(Objects.requireNonNull(holidays, "holidays"));
        return date -> date.getDayOfWeek() != DayOfWeek.SATURDAY
                && date.getDayOfWeek() != DayOfWeek.SUNDAY
                && !closed.contains(date);
    }

    /**
     * The business day that names a window: the one at whose cut-off it ends.
     *
     * @param windowEnd the end of a window; of any other instant, the date of the next cut-off
     * @return the date in the zone's calendar
     * @throws IllegalStateException if there is no business day within 366 days
     */
    public LocalDate settlementDate(Instant windowEnd) {
        return firstAfter(windowEnd.equals(Instant.MIN) ? windowEnd : windowEnd.minusNanos(1));
    }

    /** The cut-off of a date, business day or not. */
    Instant cutOff(LocalDate date) {
        return clocks.instantOf(date, cutOff);
    }

    /** The last business day whose cut-off is not after {@code instant}; a date before the calendar's first if there is none. */
    LocalDate lastUntil(Instant instant) {
        LocalDate latest =
                clocks.dateAt(instant).plusDays(1); // clocks that are put back may have shown the next day already
        LocalDate date = latest;
        while (cutOff(date).isAfter(instant) || !isOpen(date)) {
            date = date.minusDays(1);
            requireWithinReach(date, latest);
        }
        return date;
    }

    /** The first business day whose cut-off is after {@code instant}; a date after the calendar's last if there is none. */
    LocalDate firstAfter(Instant instant) {
        LocalDate earliest = clocks.dateAt(instant);
        LocalDate date = earliest;
        while (!cutOff(date).isAfter(instant) || !isOpen(date)) {
            date = date.plusDays(1);
            requireWithinReach(date, earliest);
        }
        return date;
    }

    private boolean isOpen(LocalDate date) {
        // the ends of time count as open: nothing lies beyond them
        boolean isEnd = date.isBefore(ZoneClocks.FIRST) || date.isAfter(ZoneClocks.LAST);
        return isEnd || (clocks.show(date) && isBusinessDay.test(date));
    }

    private static void requireWithinReach(LocalDate date, LocalDate from) {
        if (Math.abs(date.toEpochDay() - from.toEpochDay()) > LONGEST_CLOSURE + 1) {
            throw new IllegalStateException("no business day within " + LONGEST_CLOSURE + " days "
                    + (date.isBefore(from) ? "before " : "after ") + from
                    + "; isBusinessDay must know one for every time that events or the watermark may reach");
        }
    }

    @Override
    public WindowArithmetic in(TimeUnit unit) {
        Timestamps.units(Duration.ofNanos(cutOff.toNanoOfDay()), unit, "cut-off");
        return new BusinessDayWindows(this, unit);
    }

    @Override
    public String toString() {
        return "business days until " + cutOff + " " + zone;
    }
}
