package io.tidemark.examples.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear axis of wall time in one zone; values are milliseconds since the epoch. */
record TimeAxis(long start, long end, ZoneId zone) implements Axis {

    private static final int MOST_TICKS = 12;
    private static final int[] MINUTES = {1, 5, 15, 30, 60, 180, 360, 720};
    private static final int[] DAYS = {1, 2, 3, 7, 14, 30, 91, 365, 3_650, 36_500, 365_000, 3_650_000, 36_500_000};
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    @Override
    public double fraction(double value) {
        return Axis.clamp((value - start) / Math.max(1, end - start));
    }

    @Override
    public List<Tick> ticks() {
        double minutes = (end - start) / 60_000.0;
        for (int step : MINUTES) {
            if (minutes / step <= MOST_TICKS) {
                return minuteTicks(step);
            }
        }
        for (int step : DAYS) {
            if (minutes / 1_440 / step <= MOST_TICKS) {
                return dayTicks(step);
            }
        }
        return List.of();
    }

    private List<Tick> minuteTicks(int step) {
        List<Tick> ticks = new ArrayList<>();
        // local times, so that the labels stay round on a day when the clock is changed
        LocalDateTime local = local(start).toLocalDate().atStartOfDay();
        for (; ; local = local.plusMinutes(step)) {
            ZonedDateTime at = local.atZone(zone);
            if (at.toInstant().toEpochMilli() > end) {
                return ticks;
            }
            add(ticks, at, (local.toLocalTime().equals(LocalTime.MIDNIGHT) ? DAY : MINUTE).format(at));
        }
    }

    private List<Tick> dayTicks(int step) {
        List<Tick> ticks = new ArrayList<>();
        DateTimeFormatter format = step < 91 ? DAY : YEAR;
        LocalDate first = local(start).toLocalDate();
        for (LocalDate day = first; ; day = day.plusDays(step)) {
            ZonedDateTime at = day.atStartOfDay(zone);
            if (at.toInstant().toEpochMilli() > end) {
                return ticks;
            }
            add(ticks, at, format.format(at));
        }
    }

    private void add(List<Tick> ticks, ZonedDateTime at, String label) {
        long millis = at.toInstant().toEpochMilli();
        if (millis >= start) {
            ticks.add(new Tick(millis, label));
        }
    }

    private ZonedDateTime local(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone);
    }

    /** The label of one moment, for tooltips. */
    String text(long millis) {
        ZonedDateTime at = local(millis);
        return YEAR.format(at) + " " + MINUTE.format(at);
    }
}
