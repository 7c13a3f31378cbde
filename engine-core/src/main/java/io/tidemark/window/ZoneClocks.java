package io.tidemark.window;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * When the clocks of a zone show what. A local time is the first instant at which they show it: the earlier of two where they are
 * put back, and the first after the gap where they are put forward past it. So a later local time is never an earlier instant.
 *
 * <p>Dates before {@link #FIRST} and after {@link #LAST} are held at the ends of {@link Instant}. Threads: immutable.
 */
final class ZoneClocks {
    /** The dates that {@link LocalDate} has, short of a year at each end: room to step over the edge. */
    static final LocalDate FIRST = LocalDate.MIN.plusYears(1);

    static final LocalDate LAST = LocalDate.MAX.minusYears(1);

    /** How many days more than its dates say a stretch of time may have: clocks stay within 18 hours of UTC. */
    static final long LONGEST_SHIFT = 2;

    /** Instants beyond these lie outside of the dates in every zone. */
    private static final Instant BEFORE_FIRST =
            FIRST.minusDays(LONGEST_SHIFT).atStartOfDay().toInstant(ZoneOffset.UTC);

    private static final Instant AFTER_LAST =
            LAST.plusDays(LONGEST_SHIFT).atStartOfDay().toInstant(ZoneOffset.UTC);

    private final ZoneRules rules;

    ZoneClocks(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** The first instant at which the clocks show {@code time} of {@code date}, or have been put forward past it. */
    Instant instantOf(LocalDate date, LocalTime time) {
        if (date.isBefore(FIRST)) {
            return Instant.MIN;
        }
        if (date.isAfter(LAST)) {
            return Instant.MAX;
        }
        LocalDateTime local = date.atTime(time);
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(rules.getOffset(local)); // of two, the offset before the clocks are put back
    }

    /** The date that the clocks show; {@link #FIRST} or {@link #LAST} for all that lies well beyond. */
    LocalDate dateAt(Instant instant) {
        if (instant.isBefore(BEFORE_FIRST)) {
            return FIRST;
        }
        if (instant.isAfter(AFTER_LAST)) {
            return LAST;
        }
        return LocalDate.ofInstant(instant, rules.getOffset(instant));
    }

    /** Whether the clocks ever show {@code date}: a zone that crosses the date line may skip one. */
    boolean show(LocalDate date) {
        return instantOf(date, LocalTime.MIDNIGHT).isBefore(instantOf(date.plusDays(1), LocalTime.MIDNIGHT));
    }
}
