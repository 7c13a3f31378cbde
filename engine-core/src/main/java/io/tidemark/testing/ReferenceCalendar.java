package io.tidemark.testing;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Windows between certain days of a zone's calendar at one time of day. It asks of each day around a timestamp whether an edge
 * falls on it, and finds the instant of an edge by following the zone's offset through time.
 */
final class ReferenceCalendar {
    /** A search this long means that there is no further edge. */
    private static final int MOST_DAYS = 10_000_000;

    private final ZoneRules rules;
    private final LocalTime timeOfDay;
    private final Predicate<LocalDate> edges;
    private BigInteger perSecond = BigInteger.valueOf(1_000);

    private ReferenceCalendar(ZoneId zone, LocalTime timeOfDay, Predicate<LocalDate> edges) {
        this.rules = zone.getRules();
        this.timeOfDay = timeOfDay;
        this.edges = edges;
    }

    /** Edges at the cut-offs of business days; a day that the zone skips has none. */
    static ReferenceCalendar businessDays(LocalTime cutOff, ZoneId zone, Predicate<LocalDate> isBusinessDay) {
        ReferenceCalendar midnights = new ReferenceCalendar(zone, LocalTime.MIDNIGHT, date -> true);
        Predicate<LocalDate> exists =
                date -> midnights.instant(date).compareTo(midnights.instant(date.plusDays(1))) < 0;
        return new ReferenceCalendar(zone, cutOff, isBusinessDay.and(exists));
    }

    /** Edges at the midnights of {@code start + k * period}. */
    static ReferenceCalendar every(Period period, ZoneId zone, LocalDate start) {
        long months = period.toTotalMonths();
        long days = period.get(ChronoUnit.DAYS);
        if (months < 0 || days < 0 || (months == 0) == (days == 0)) {
            throw new IllegalArgumentException("a positive number of days or of months is needed, got " + period);
        }
        Predicate<LocalDate> edge = days > 0
                ? date -> Math.floorMod(ChronoUnit.DAYS.between(start, date), days) == 0
                : date -> {
                    long between = ChronoUnit.MONTHS.between(start.withDayOfMonth(1), date.withDayOfMonth(1));
                    return between % months == 0 && start.plusMonths(between).equals(date);
                };
        return new ReferenceCalendar(zone, LocalTime.MIDNIGHT, edge);
    }

    void timeUnit(TimeUnit unit) {
        perSecond = BigInteger.valueOf(unit.convert(1, TimeUnit.SECONDS));
    }

    /** The two neighbouring edges around {@code at}, by instant. */
    ReferenceWindows.Span windowOf(BigInteger at) {
        long second = at.subtract(at.mod(perSecond)).divide(perSecond).longValueExact();
        LocalDate about = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC).toLocalDate();
        // an offset is at most 18 hours, and a day that shows twice or not at all moves an edge by one more
        LocalDate date = about.plusDays(3);
        BigInteger start;
        do {
            date = previousEdge(date.minusDays(1));
            start = instant(date);
        } while (start.compareTo(at) > 0);
        BigInteger end;
        do {
            date = nextEdge(date.plusDays(1));
            end = instant(date);
        } while (end.compareTo(at) <= 0);
        return new ReferenceWindows.Span(start, end);
    }

    private LocalDate previousEdge(LocalDate from) {
        LocalDate date = from;
        for (int days = 0; days < MOST_DAYS; days++, date = date.minusDays(1)) {
            if (edges.test(date)) {
                return date;
            }
        }
        throw new IllegalStateException("no edge on or before " + from);
    }

    private LocalDate nextEdge(LocalDate from) {
        LocalDate date = from;
        for (int days = 0; days < MOST_DAYS; days++, date = date.plusDays(1)) {
            if (edges.test(date)) {
                return date;
            }
        }
        throw new IllegalStateException("no edge on or after " + from);
    }

    /**
     * When a clock on the wall first shows the time of day on {@code date} or anything later: the earlier instant if it shows it
     * twice, the first one after the gap if it never does.
     */
    private BigInteger instant(LocalDate date) {
        long shown = date.atTime(timeOfDay).toEpochSecond(ZoneOffset.UTC);
        Instant from = Instant.ofEpochSecond(shown + ZoneOffset.MIN.getTotalSeconds());
        while (true) {
            long reached = Math.max(shown - rules.getOffset(from).getTotalSeconds(), from.getEpochSecond());
            ZoneOffsetTransition change = rules.nextTransition(from);
            if (change == null || reached < change.toEpochSecond()) {
                BigInteger nanos = BigInteger.valueOf(timeOfDay.toNanoOfDay() % 1_000_000_000L);
                BigInteger part = shown - rules.getOffset(from).getTotalSeconds() == reached ? nanos : BigInteger.ZERO;
                return BigInteger.valueOf(reached)
                        .multiply(perSecond)
                        .add(part.multiply(perSecond).divide(BigInteger.valueOf(1_000_000_000L)));
            }
            from = change.getInstant();
        }
    }
}
