package io.tidemark.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.concurrent.TimeUnit;

/**
 * Windows from local midnight to local midnight: edge {@code k} is the midnight that begins the date {@code start + k * period}. An
 * instant lies in the window of the last edge that is not after it, whatever date the clocks show then.
 *
 * <p>Threads: as {@link EdgeWindows}.
 */
final class CalendarWindows extends EdgeWindows {
    private final ZoneClocks clocks;
    private final LocalDate start;
    private final boolean inMonths;
    private final long step;

    CalendarWindows(CalendarAssigner assigner, TimeUnit unit) {
        super(unit, assigner.longestInDays() + ZoneClocks.LONGEST_SHIFT);
        this.clocks = new ZoneClocks(assigner.zone());
        this.start = assigner.start();
        this.inMonths = assigner.isInMonths();
        this.step = assigner.length();
    }

    @Override
    Instant edgeAtOrBefore(Instant instant) {
        return edge(indexOf(instant));
    }

    @Override
    Instant edgeAfter(Instant instant) {
        return edge(indexOf(instant) + 1);
    }

    /** The largest {@code k} whose edge is not after {@code instant}. */
    private long indexOf(Instant instant) {
        long index = Math.floorDiv(position(clocks.dateAt(instant)) - position(start), step);
        // a step or two: the month of an instant says nothing of the day, and clocks may be put back over midnight
        while (edge(index).isAfter(instant)) {
            index--;
        }
        while (!edge(index + 1).isAfter(instant)) {
            index++;
        }
        return index;
    }

    private Instant edge(long index) {
        long position = position(start) + index * step;
        if (position < position(ZoneClocks.FIRST)) {
            return Instant.MIN;
        }
        if (position > position(ZoneClocks.LAST)) {
            return Instant.MAX;
        }
        LocalDate date = inMonths ? start.plusMonths(index * step) : LocalDate.ofEpochDay(position);
        return clocks.instantOf(date, LocalTime.MIDNIGHT);
    }

    /** Where a date lies in the count of days or months. */
    private long position(LocalDate date) {
        return inMonths ? date.getLong(ChronoField.PROLEPTIC_MONTH) : date.toEpochDay();
    }
}
