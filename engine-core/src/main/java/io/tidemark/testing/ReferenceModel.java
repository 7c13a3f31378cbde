package io.tidemark.testing;

import io.tidemark.testing.ReferenceTrigger.Kind;
import io.tidemark.window.Accumulation;
import io.tidemark.window.ClosingBehavior;
import io.tidemark.window.OnTimeBehavior;
import io.tidemark.window.TimeWindow;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an engine must answer, worked out the slow and plain way: every window keeps all its events in a list, and every step
 * looks at every window. It follows the documented time contract and shares no code with the engine, so a difference between
 * the two is a fault in one of them.
 *
 * <p>Each call of {@link #event}, {@link #watermark(long)} or {@link #clock} is one step, numbered from 0. Settings come before the first; firings
 * that are set together fire by whichever comes first.
 *
 * <pre>{@code
 * var model = ReferenceModel.<String, Long>tumbling(60_000, 0).allowedLateness(5_000).earlyEvery(2);
 * model.event(1_000, "a", 7L);
 * model.event(2_000, "a", 8L);
 * model.watermark(60_000);
 * model.panes(); // step 1, key a, [0, 60000), values [7, 8], EARLY 0; step 2, the same values, ON_TIME 1
 * }</pre>
 *
 * <p>Threads: belongs to one thread. Units: any, the same throughout; calendars are told theirs by {@link #timeUnit}. Cost: grows with
 * events times live windows; meant for thousands of events, not millions.
 *
 * @param <K> key, compared with {@code equals}; null stands for "no key"
 * @param <V> value; make it unique per event to see exactly what a pane holds
 */
public final class ReferenceModel<K, V> {
    private final ReferenceBook<K, V> book = new ReferenceBook<>();
    private long delay = -1;
    private long maxTimestamp = Long.MIN_VALUE;
    private boolean used;

    private ReferenceModel() {}

    private static <K, V> ReferenceModel<K, V> of(ReferenceWindows windows) {
        ReferenceModel<K, V> model = new ReferenceModel<>();
        model.book.windows = windows;
        return model;
    }

    /** Windows {@code [k * size + offset, (k + 1) * size + offset)}. */
    public static <K, V> ReferenceModel<K, V> tumbling(long size, long offset) {
        return of(ReferenceWindows.grid(size, size, offset));
    }

    /** Tumbling windows without an offset, whose size is the extra number of each event. */
    public static <K, V> ReferenceModel<K, V> tumblingBy() {
        return of(ReferenceWindows.sizePerEvent());
    }

    /** Windows {@code [k * slide + offset, k * slide + offset + size)}; the two need no common divisor. */
    public static <K, V> ReferenceModel<K, V> sliding(long size, long slide, long offset) {
        return of(ReferenceWindows.grid(size, slide, offset));
    }

    /** Sessions of a key that end {@code gap} after their last event; sessions that touch are one. */
    public static <K, V> ReferenceModel<K, V> session(long gap) {
        return session(gap, 0);
    }

    /**
     * As {@link #session(long)}, none longer than {@code longest}; 0 for any length. A session that could only be joined to something
     * longer ends where the one after it begins.
     */
    public static <K, V> ReferenceModel<K, V> session(long gap, long longest) {
        if (gap <= 0) {
            throw new IllegalArgumentException("gap must be positive, got " + gap);
        }
        ReferenceModel<K, V> model = sessionBy(longest);
        model.book.gap = gap;
        return model;
    }

    /** Sessions whose gap is the extra number of each event, none longer than {@code longest}; 0 for any length. */
    public static <K, V> ReferenceModel<K, V> sessionBy(long longest) {
        if (longest < 0) {
            throw new IllegalArgumentException("longest session must not be negative, got " + longest);
        }
        ReferenceModel<K, V> model = new ReferenceModel<>();
        model.book.sessions = new ReferenceSessions(longest);
        return model;
    }

    /** One window over all time. */
    public static <K, V> ReferenceModel<K, V> global() {
        return of(ReferenceWindows.global());
    }

    /**
     * Windows from one local midnight {@code start + k * period} of a zone to the next, before {@code start} too. A midnight that occurs
     * twice counts at its earlier instant, one that does not occur at the first instant after it.
     *
     * @throws IllegalArgumentException unless the period is a positive number of days, or of months and years
     */
    public static <K, V> ReferenceModel<K, V> calendar(Period period, ZoneId zone, LocalDate start) {
        return of(ReferenceWindows.calendar(ReferenceCalendar.every(period, zone, start)));
    }

    /**
     * Windows from the cut-off of one business day to that of the next, in a zone's local time. A day that the zone skips is none; for cut-offs
     * that occur twice or not at all see {@link #calendar}.
     */
    public static <K, V> ReferenceModel<K, V> businessDays(
            LocalTime cutOff, ZoneId zone, Predicate<LocalDate> isBusinessDay) {
        return of(ReferenceWindows.calendar(ReferenceCalendar.businessDays(cutOff, zone, isBusinessDay)));
    }

    /** Every {@code count} events of a key: the panes of one window over all time. */
    public static <K, V> ReferenceModel<K, V> count(long count) {
        return ReferenceModel.<K, V>global().repeatedlyEvery(count).discarding();
    }

    /** Tumbling windows that give a pane at {@code count} new events too; panes add up. */
    public static <K, V> ReferenceModel<K, V> timeOrCount(long size, long count) {
        return ReferenceModel.<K, V>tumbling(size, 0).earlyEvery(count).discarding();
    }

    /**
     * Windows that follow the events of a key: for every event at {@code t} the window {@code [t - difference, t + 1)}, and {@code [t + 1,
     * t + difference + 2)} once an event lies in it.
     */
    public static <K, V> ReferenceModel<K, V> following(long difference) {
        ReferenceModel<K, V> model = new ReferenceModel<>();
        model.book.following = new ReferenceFollowing<>(difference);
        return model;
    }

    /** The windows that a function gives for a timestamp; one that does not contain it, or too many, make the event fail. */
    public static <K, V> ReferenceModel<K, V> assigned(LongFunction<List<TimeWindow>> assigner) {
        return of(ReferenceWindows.assigned(assigner));
    }

    /**
     * Instead of each window one from its start to each multiple of {@code step}, and the window itself.
     *
     * @throws IllegalArgumentException unless the windows follow each other: tumbling, calendar, business days
     */
    public ReferenceModel<K, V> cumulating(long step) {
        book().windows = book.windows.cumulating(step);
        return this;
    }

    /** What timestamps count, for calendars; milliseconds unless said. */
    public ReferenceModel<K, V> timeUnit(TimeUnit unit) {
        book().windows.timeUnit(unit);
        return this;
    }

    /** How long after its end a window still takes events; 0 unless said. */
    public ReferenceModel<K, V> allowedLateness(long lateness) {
        if (lateness < 0) {
            throw new IllegalArgumentException("allowed lateness must not be negative, got " + lateness);
        }
        book().allowedLateness = lateness;
        return this;
    }

    /** The watermark follows the events, {@code delay} behind the largest timestamp; unless said, it is moved by hand alone. */
    public ReferenceModel<K, V> boundedOutOfOrderness(long bound) {
        book();
        if (bound < 0) {
            throw new IllegalArgumentException("out-of-orderness must not be negative, got " + bound);
        }
        delay = bound;
        return this;
    }

    /** An EARLY pane when {@code count} events are new. */
    public ReferenceModel<K, V> earlyEvery(long count) {
        book().trigger.everyEvents = positive(count, "count");
        return this;
    }

    /** An EARLY pane when the watermark reaches a multiple of {@code step} after the window's start and something is new. */
    public ReferenceModel<K, V> earlyStep(long step) {
        book().trigger.step = positive(step, "step");
        return this;
    }

    /** An EARLY pane when the clock has gone on by {@code interval} since the first new event. */
    public ReferenceModel<K, V> earlyClock(long interval) {
        book().trigger.interval = positive(interval, "interval");
        return this;
    }

    /** An EARLY pane when a condition says so; asked after each event about everything so far, and about what is new. */
    public ReferenceModel<K, V> earlyWhen(BiPredicate<List<V>, List<V>> condition) {
        book().trigger.condition = Objects.requireNonNull(condition, "condition");
        return this;
    }

    /** After the end a LATE pane for every {@code count} events instead of each. */
    public ReferenceModel<K, V> lateEvery(long count) {
        book().trigger.lateEvery = positive(count, "count");
        return this;
    }

    /** As {@link #earlyEvery}, before and after the end, and none for the end as such. */
    public ReferenceModel<K, V> repeatedlyEvery(long count) {
        return repeatedly().earlyEvery(count);
    }

    /** As {@link #earlyStep}, and none for the end as such. */
    public ReferenceModel<K, V> repeatedlyStep(long step) {
        return repeatedly().earlyStep(step);
    }

    /** As {@link #earlyClock}, before and after the end, and none for the end as such. */
    public ReferenceModel<K, V> repeatedlyClock(long interval) {
        return repeatedly().earlyClock(interval);
    }

    /** As {@link #earlyWhen}, before and after the end, and none for the end as such. */
    public ReferenceModel<K, V> repeatedlyWhen(BiPredicate<List<V>, List<V>> condition) {
        return repeatedly().earlyWhen(condition);
    }

    private ReferenceModel<K, V> repeatedly() {
        book().trigger.kind = Kind.REPEATEDLY;
        return this;
    }

    /** No pane but that of the closing behavior, which is then to discard unless said. */
    public ReferenceModel<K, V> never() {
        book().trigger.kind = Kind.NEVER;
        return this;
    }

    /** A pane holds only what is new since the last one; unless said, everything so far. */
    public ReferenceModel<K, V> discarding() {
        book().accumulation = Accumulation.DISCARDING;
        return this;
    }

    /** A pane holds everything so far, and before it comes a retraction of each that it replaces. */
    public ReferenceModel<K, V> retracting() {
        book().accumulation = Accumulation.RETRACTING;
        return this;
    }

    /** Whether a window that expires gives a last pane; if something is new unless said. */
    public ReferenceModel<K, V> closing(ClosingBehavior behavior) {
        book().trigger.closing = Objects.requireNonNull(behavior, "behavior");
        return this;
    }

    /** Whether the end of a window gives a pane; always unless said. */
    public ReferenceModel<K, V> onTime(OnTimeBehavior behavior) {
        book().trigger.onTime = Objects.requireNonNull(behavior, "behavior");
        return this;
    }

    /** No EARLY or LATE pane whose value is that of the window's pane before it. */
    public ReferenceModel<K, V> suppressUnchanged(Function<List<V>, @Nullable Object> valueOf) {
        book().suppressedBy = Objects.requireNonNull(valueOf, "valueOf");
        return this;
    }

    /** A pane without events for the windows that end within {@code horizon} after a key's last window with events. */
    public ReferenceModel<K, V> emptyWindows(long horizon) {
        book().emptyWindows = new ReferenceEmptyWindows<>(horizon);
        return this;
    }

    /** As {@link #event(long, Object, Object, long)} for windows that need no extra number. */
    public void event(long timestamp, @Nullable K key, V value) {
        event(timestamp, key, value, 0);
    }

    /**
     * The next step: an event arrives.
     *
     * @param extra its gap or size, where each event brings its own
     * @throws IllegalArgumentException if {@code timestamp} is {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE}, which an
     *     engine rejects
     * @throws IllegalStateException if the settings do not go together
     */
    public void event(long timestamp, @Nullable K key, V value, long extra) {
        if (timestamp == Long.MIN_VALUE || timestamp == Long.MAX_VALUE) {
            throw new IllegalArgumentException(timestamp + " is not a timestamp; an engine rejects it as invalid");
        }
        use();
        book.take(timestamp, key, value, extra);
        if (delay >= 0) {
            // the event first, then the watermark it causes
            maxTimestamp = Math.max(maxTimestamp, timestamp);
            book.advance(ReferenceWindows.sum(maxTimestamp, -delay));
        }
        book.step++;
    }

    /** The next step: the watermark is moved; does nothing unless it goes forward. {@link Long#MAX_VALUE} ends the input. */
    public void watermark(long newWatermark) {
        use();
        book.advance(newWatermark);
        book.step++;
    }

    /** The next step: the clock shows {@code reading}, which is what it showed at events from here on; 0 at the beginning. */
    public void clock(long reading) {
        use();
        book.clock(reading);
        book.step++;
    }

    /** What the clock shows at the events that follow. No step: no firing is looked at before {@link #clock}. */
    public void clockAtEvents(long reading) {
        book.reading = reading;
    }

    /** The results of another model's step as events of one step of this, before the watermark or the clock of that step. */
    <J, U> void stage(
            List<ExpectedPane<J, U>> results,
            Function<ExpectedPane<J, U>, @Nullable K> keyOf,
            Function<ExpectedPane<J, U>, V> valueOf,
            long newWatermark,
            @Nullable Long reading) {
        use();
        book.reading = reading != null ? reading : book.reading;
        for (ExpectedPane<J, U> result : results) {
            book.take(result.window().end() - 1, keyOf.apply(result), valueOf.apply(result), 0);
        }
        book.advance(newWatermark);
        if (reading != null) {
            book.clock(reading);
        }
        book.step++;
    }

    /** All results so far: by step, then window end, start, and the age of the entry; a retraction before its pane. */
    public List<ExpectedPane<K, V>> panes() {
        return List.copyOf(book.panes);
    }

    /** The events so far that go to the late handler, in order. */
    public List<ExpectedLate> late() {
        return List.copyOf(book.late);
    }

    /** Steps of the events so far for which no window exists, whether or not they were late. */
    public List<Integer> unassigned() {
        return List.copyOf(book.unassigned);
    }

    /** Steps of the events so far whose windows could not be told: a gap or size that is not positive, a bad assigner. */
    public List<Integer> failed() {
        return List.copyOf(book.failed);
    }

    /** For each event that only some of its windows took: its step, and how many windows did not take it. */
    public Map<Integer, Integer> windowsMissed() {
        return Collections.unmodifiableMap(book.windowsMissed);
    }

    /** The watermark; {@link Long#MIN_VALUE} before the first. */
    public long watermark() {
        return book.watermark;
    }

    /** How many (key, window) pairs hold state; 0 after the end of input. */
    public int liveWindows() {
        return book.live.size();
    }

    private ReferenceBook<K, V> book() {
        if (used) {
            throw new IllegalStateException("settings come before the first step");
        }
        return book;
    }

    private void use() {
        if (used) {
            return;
        }
        used = true;
        if (book.suppressedBy != null && book.accumulation == Accumulation.DISCARDING) {
            throw new IllegalStateException("panes that add up cannot be left out as unchanged");
        }
        boolean byTimeAlone = book.trigger.kind == Kind.AFTER_WATERMARK && !book.trigger.hasFiring();
        boolean aligned = book.sessions == null && book.following == null && book.windows.aligned();
        if (book.emptyWindows != null && !(byTimeAlone && aligned)) {
            throw new IllegalStateException("empty windows need windows aligned in time that fire at their end alone");
        }
    }

    private static long positive(long number, String what) {
        if (number <= 0) {
            throw new IllegalArgumentException(what + " must be positive, got " + number);
        }
        return number;
    }
}
