package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The kinds of windows.
 *
 * <p>Every window is {@code [start, end)}: with {@code tumbling(Duration.ofMinutes(1))} a payment stamped 10:00:00 belongs to
 * 10:00:00 - 10:01:00, not to the minute before. Windows are aligned to 1970-01-01T00:00:00Z; an offset shifts the grid. Times
 * before 1970 work.
 *
 * <p>Threads: safe from any thread. Errors: a duration that is not positive is refused here with an
 * {@link IllegalArgumentException}; one that is no whole number of the engine's unit is refused when the engine is declared.
 */
public final class Windows {

    private Windows() {}

    /**
     * Windows of one size that follow each other without gap or overlap. Size 10 s: 10:00:00 - 10:00:10, 10:00:10 - 10:00:20.
     */
    public static WindowAssigner<Object> tumbling(Duration size) {
        return new SlidingAssigner(size, size, Duration.ZERO);
    }

    /** As {@link #tumbling(Duration)}, shifted: size 1 day, offset -8 h begins each window at 16:00 UTC. */
    public static WindowAssigner<Object> tumbling(Duration size, Duration offset) {
        return new SlidingAssigner(size, size, offset);
    }

    /**
     * Windows of one size, one beginning every {@code slide}. Size 60 s, slide 10 s: an event belongs to six windows. Size need
     * not be a multiple of slide; with {@code slide > size} events between two windows belong to none and are counted as
     * unassigned.
     *
     * <p>Cost: each event updates one slice, whatever the overlap.
     */
    public static WindowAssigner<Object> sliding(Duration size, Duration slide) {
        return new SlidingAssigner(size, slide, Duration.ZERO);
    }

    /** As {@link #sliding(Duration, Duration)}, shifted by {@code offset}, which is shorter than the slide. */
    public static WindowAssigner<Object> sliding(Duration size, Duration slide, Duration offset) {
        return new SlidingAssigner(size, slide, offset);
    }

    /**
     * Windows that last as long as events of a key keep coming: events at most {@code gap} apart are in one session, which ends
     * {@code gap} after its last event. Gap 30 s, events at 10:00:00 and 10:00:30: one session, 10:00:00 - 10:01:00.
     */
    public static WindowAssigner<Object> session(Duration gap) {
        return new SessionAssigner<>(gap, null, List.of());
    }

    /**
     * As {@link #session(Duration)}, but a session never becomes longer than {@code longest}: a device that never falls silent gives
     * results all the same. An event that lies in a full session counts there; one at its end or later begins the next. Sessions that could
     * only be joined to something longer stay apart, the earlier one then ending where the later begins.
     *
     * <pre>{@code
     * payments.window(Windows.session(Duration.ofSeconds(30), Duration.ofMinutes(1)))
     *         .aggregate(Aggregators.count()) // a payment every 20 s, without end: 3 a minute
     * }</pre>
     *
     * @throws IllegalArgumentException if {@code longest} is shorter than the gap
     */
    public static WindowAssigner<Object> session(Duration gap, Duration longest) {
        return new SessionAssigner<>(gap, Objects.requireNonNull(longest, "longest session"), List.of());
    }

    /**
     * Sessions with a gap that each event brings: it opens {@code [timestamp, timestamp + gap)}. A gap that is not positive makes the event
     * count as failed.
     *
     * <pre>{@code
     * payments.window(Windows.sessionBy(payment -> payment.amountMinor() >= 10_000 ? 60_000 : 30_000))
     *         .aggregate(Aggregators.count()) // after a large payment, wait longer for the next
     * }</pre>
     *
     * @param gap the gap in the engine's unit; read by the producer while it publishes
     */
    public static <E> WindowAssigner<E> sessionBy(ToLongFunction<? super E> gap) {
        return new SessionAssigner<>(null, null, List.of(Objects.requireNonNull(gap, "gap")));
    }

    /** As {@link #sessionBy(ToLongFunction)}, with a longest session as in {@link #session(Duration, Duration)}. */
    public static <E> WindowAssigner<E> sessionBy(ToLongFunction<? super E> gap, Duration longest) {
        return new SessionAssigner<>(
                null, Objects.requireNonNull(longest, "longest session"), List.of(Objects.requireNonNull(gap, "gap")));
    }

    /**
     * Tumbling windows whose size each event brings, for sizes that differ from key to key: events of one key should all bring the same. A
     * size that is not positive makes the event count as failed.
     *
     * <pre>{@code
     * payments.window(Windows.tumblingBy(payment -> periods.get(payment.merchantId()).toMillis()))
     *         .aggregate(Aggregators.sumExact(Payment::amountMinor)) // each merchant is paid out in its own period
     * }</pre>
     *
     * @param size the size in the engine's unit; read by the producer while it publishes
     */
    public static <E> WindowAssigner<E> tumblingBy(ToLongFunction<? super E> size) {
        return new FunctionAssigner<>(
                "tumbling, size by event", List.of(Objects.requireNonNull(size, "size")), Windows::tumblingOf);
    }

    private static void tumblingOf(long timestamp, long size, WindowCollector windows) {
        if (size < 1) {
            throw new IllegalArgumentException("window size must be positive, got " + size);
        }
        windows.add(Timestamps.floor(timestamp, size, 0), Timestamps.next(timestamp, size, 0));
    }

    /**
     * Windows of one's own.
     *
     * <pre>{@code
     * payments.window(Windows.custom((timestamp, nothing, windows) -> {
     *     long midnight = Math.floorDiv(timestamp, 24 * HOUR) * 24 * HOUR;
     *     long opening = midnight + 8 * HOUR;
     *     if (timestamp < opening) {
     *         windows.add(midnight, opening); // the night
     *     } else {
     *         windows.add(opening, midnight + 24 * HOUR);
     *     }
     * }))
     * }</pre>
     *
     * <p>Cost: one call and one look-up per event and window.
     */
    public static WindowAssigner<Object> custom(WindowFunction function) {
        return new FunctionAssigner<>("custom", List.of(), Objects.requireNonNull(function, "function"));
    }

    /**
     * As {@link #custom(WindowFunction)}, with a number from the event; read by the producer while it publishes.
     *
     * <pre>{@code
     * payments.window(Windows.custom(Payment::amountMinor, (timestamp, amount, windows) -> {
     *     long minute = Math.floorDiv(timestamp, 60_000) * 60_000;
     *     if (amount >= 10_000) {
     *         windows.add(minute, minute + 60_000); // small payments belong to no window
     *     }
     * }))
     * }</pre>
     */
    public static <E> WindowAssigner<E> custom(ToLongFunction<? super E> input, WindowFunction function) {
        return new FunctionAssigner<>(
                "custom",
                List.of(Objects.requireNonNull(input, "input")),
                Objects.requireNonNull(function, "function"));
    }

    /**
     * Windows that follow the events of each key instead of a grid, as Kafka Streams' sliding windows: for every event at {@code t} the window
     * of the {@code difference} up to and including it, and the one of the same length that begins right after it, if an event lies
     * in that. Both edges are inclusive there; as {@code [start, end)} they are {@code [t - difference, t + 1 unit)} and
     * {@code [t + 1 unit, t + difference + 2 units)}. Every combination of events no further apart than {@code difference} is one window.
     *
     * <pre>{@code
     * payments.window(Windows.following(Duration.ofSeconds(5)))
     *         .aggregate(Aggregators.sumExact(Payment::amountMinor)) // payments at 8000, 9200 and 12400 are in
     *         // [3000, 8001), [4200, 9201), [7400, 12401), [8001, 13002) and [9201, 14202)
     * }</pre>
     *
     * <p>Cost: an event updates all windows around it, up to twice the number of the key's events within the difference.
     */
    public static WindowAssigner<Object> following(Duration difference) {
        return new FollowingAssigner(difference);
    }

    /**
     * Every {@code count} events of a key, in order of arrival: the panes of one global window, whose numbers count the windows. What is
     * left over comes at the end of input.
     *
     * <pre>{@code
     * payments.window(Windows.count(3))
     *         .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6, 7 and 8: 18, and 8 at the end of input
     * }</pre>
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public static WindowAssigner<Object> count(long count) {
        return new TriggeredAssigner(
                "every " + count + " events", global(), Trigger.repeatedly(Firing.everyEvents(count)));
    }

    /**
     * Tumbling windows that also give a pane whenever {@code count} events of a key are new: panes add up to the window.
     *
     * <pre>{@code
     * payments.window(Windows.timeOrCount(Duration.ofMinutes(1), 2))
     *         .aggregate(Aggregators.sumExact(Payment::amountMinor)) // 5, 6 and 7: 11, and 7 at the minute's end
     * }</pre>
     *
     * @throws IllegalArgumentException if the count is not positive
     */
    public static WindowAssigner<Object> timeOrCount(Duration size, long count) {
        return new TriggeredAssigner(
                "tumbling " + size + " or " + count + " events",
                tumbling(size),
                Trigger.afterWatermark().early(Firing.everyEvents(count)));
    }

    /**
     * Days of a zone's calendar, from midnight to midnight: 23 or 25 hours long when the clocks change.
     *
     * <pre>{@code
     * var days = Windows.days(ZoneId.of("America/New_York"));
     * // 2007-03-11, when summer time began, is 2007-03-11T05:00:00Z - 2007-03-12T04:00:00Z: 23 hours
     * // 2007-11-04, when it ended, is 2007-11-04T04:00:00Z - 2007-11-05T05:00:00Z: 25 hours
     * }</pre>
     *
     * <p>A midnight that the clocks show twice is the earlier one; one that they are put forward past is the first instant after the gap. A
     * day that the zone skips is no window.
     */
    public static WindowAssigner<Object> days(ZoneId zone) {
        return calendar(Period.ofDays(1), zone, LocalDate.EPOCH);
    }

    /**
     * Weeks of a zone's calendar.
     *
     * <pre>{@code
     * var weeks = Windows.weeks(DayOfWeek.MONDAY, ZoneId.of("Europe/Paris"));
     * // the week of Monday 2024-03-25, in which summer time begins, is 2024-03-24T23:00:00Z - 2024-03-31T22:00:00Z
     * }</pre>
     *
     * @param first the day at whose midnight a week begins
     */
    public static WindowAssigner<Object> weeks(DayOfWeek first, ZoneId zone) {
        return calendar(Period.ofWeeks(1), zone, LocalDate.EPOCH.with(TemporalAdjusters.nextOrSame(first)));
    }

    /**
     * Months of a zone's calendar.
     *
     * <pre>{@code
     * var months = Windows.months(ZoneId.of("Asia/Tokyo"));
     * // February 2024 is 2024-01-31T15:00:00Z - 2024-02-29T15:00:00Z
     * }</pre>
     */
    public static WindowAssigner<Object> months(ZoneId zone) {
        return calendar(Period.ofMonths(1), zone, LocalDate.EPOCH);
    }

    /**
     * Years of a zone's calendar.
     *
     * <pre>{@code
     * var years = Windows.years(ZoneId.of("Asia/Kolkata"));
     * // 2024 is 2023-12-31T18:30:00Z - 2024-12-31T18:30:00Z
     * }</pre>
     */
    public static WindowAssigner<Object> years(ZoneId zone) {
        return calendar(Period.ofYears(1), zone, LocalDate.EPOCH);
    }

    /**
     * Windows of a whole number of days, weeks, months or years of a zone's calendar, as {@link #days}. Window {@code k} begins with the
     * date {@code start + k * period}, for negative {@code k} too. Counted in months, a day that a month does not have is its last.
     *
     * <pre>{@code
     * var quarters = Windows.calendar(Period.ofMonths(3), ZoneId.of("Europe/London"), LocalDate.of(2024, 4, 6));
     * // quarters of the tax year: the first is 2024-04-05T23:00:00Z - 2024-07-05T23:00:00Z,
     * // the one before starts on 2024-01-06
     * }</pre>
     *
     * <p>Cost: calendar arithmetic when events or the watermark enter another window; none in between.
     *
     * @throws IllegalArgumentException if the period is not positive, or mixes days with months or years
     */
    public static WindowAssigner<Object> calendar(Period period, ZoneId zone, LocalDate start) {
        return new CalendarAssigner(period, zone, start);
    }

    /**
     * Business days: from the cut-off of one to the cut-off of the next, across weekends and holidays.
     * {@link BusinessDays#settlementDate} names a window by its date.
     *
     * <pre>{@code
     * var days = Windows.businessDays(LocalTime.of(17, 0), ZoneId.of("America/New_York"), calendar::isOpen);
     * // Monday 2024-07-08 is Friday 2024-07-05T21:00:00Z - Monday 2024-07-08T21:00:00Z
     * }</pre>
     *
     * <p>Cost: as {@link #calendar}.
     *
     * @param isBusinessDay asked by the engine thread (with several shards by each), more than once for a date, and for dates around those of the events; it must always
     *     answer the same for a date
     */
    public static BusinessDays businessDays(LocalTime cutOff, ZoneId zone, Predicate<? super LocalDate> isBusinessDay) {
        return new BusinessDays(cutOff, zone, isBusinessDay);
    }

    /**
     * As {@link #businessDays(LocalTime, ZoneId, Predicate)}: Monday to Friday but for the holidays.
     *
     * <pre>{@code
     * Set<LocalDate> holidays = Set.of(LocalDate.of(2024, 7, 4));
     * var days = Windows.businessDays(LocalTime.of(17, 0), ZoneId.of("America/New_York"), holidays);
     * // Friday 2024-07-05 is Wednesday 2024-07-03T21:00:00Z - Friday 2024-07-05T21:00:00Z
     * }</pre>
     */
    public static BusinessDays businessDays(LocalTime cutOff, ZoneId zone, Set<LocalDate> holidays) {
        return new BusinessDays(cutOff, zone, BusinessDays.weekdaysWithout(holidays));
    }

    /**
     * Windows that grow: within each window of {@code base}, one from its start to every {@code step} and one to its end, so each result holds
     * all since the start of the base window.
     *
     * <pre>{@code
     * var soFar = Windows.cumulating(Windows.days(ZoneId.of("UTC")), Duration.ofHours(1));
     * // sales of the day so far, every hour: 00:00 - 01:00, 00:00 - 02:00, ... 00:00 - 24:00
     * }</pre>
     *
     * <p>A base window that reaches beyond the ends of {@code long} is not divided. Cost: each event updates one slice.
     *
     * @param base windows that follow each other: tumbling, of a calendar, or business days
     * @throws IllegalArgumentException if the base is something else, if the step is not positive, or if there are more than 10,000 steps
     *     in a window of the base (in a day, if that is of business days)
     */
    public static WindowAssigner<Object> cumulating(WindowAssigner<Object> base, Duration step) {
        return new CumulatingAssigner(base, step);
    }

    /** One window over all time; it closes at the end of input. */
    public static WindowAssigner<Object> global() {
        return new GlobalAssigner();
    }

    static void requirePositive(Duration duration, String what) {
        Objects.requireNonNull(duration, what + " is null");
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(what + " must be positive, got " + duration);
        }
    }
}
