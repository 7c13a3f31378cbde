package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which windows a timestamp belongs to, in exact arithmetic: edges are computed without bounds and then held at the ends of
 * {@code long}. Shares no code with the engine, so that the two cannot be wrong together. Sessions and windows that follow their
 * events depend on other events of the key and are not among them.
 */
final class ReferenceWindows {
    /** Of windows by rising end, of those with one end by rising start. */
    static final Comparator<TimeWindow> ORDER =
            Comparator.comparingLong(TimeWindow::end).thenComparingLong(TimeWindow::start);

    private static final int MOST_PER_EVENT = 1_000;
    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

    /** How the edges of the windows lie to each other. */
    private enum Layout {
        /** Each window begins where the one before it ends. */
        CONSECUTIVE,
        /** The same for all keys. */
        ALIGNED,
        ANY
    }

    /** A window without bounds. */
    record Span(BigInteger start, BigInteger end) {

        boolean contains(BigInteger at) {
            return start.compareTo(at) <= 0 && at.compareTo(end) < 0;
        }
    }

    private interface Spans {
        /** All that contain {@code at}. */
        List<Span> of(BigInteger at, long extra);
    }

    private final Layout layout;
    private final Spans spans;
    /** Length of the shortest window. */
    private final BigInteger shortest;

    private final @Nullable ReferenceCalendar calendar;

    private ReferenceWindows(Layout layout, Spans spans, long shortest, @Nullable ReferenceCalendar calendar) {
        this.layout = layout;
        this.spans = spans;
        this.shortest = BigInteger.valueOf(shortest);
        this.calendar = calendar;
    }

    static ReferenceWindows grid(long size, long slide, long offset) {
        if (size <= 0 || slide <= 0) {
            throw new IllegalArgumentException("size and slide must be positive, got " + size + " and " + slide);
        }
        Layout layout = size == slide ? Layout.CONSECUTIVE : Layout.ALIGNED;
        return new ReferenceWindows(layout, (at, extra) -> grid(at, size, slide, offset), size, null);
    }

    private static List<Span> grid(BigInteger at, long size, long slide, long offset) {
        List<Span> windows = new ArrayList<>();
        BigInteger length = BigInteger.valueOf(size);
        BigInteger step = BigInteger.valueOf(slide);
        // mod is never negative, so this start is at or before the timestamp below zero too
        BigInteger start = at.subtract(at.subtract(BigInteger.valueOf(offset)).mod(step));
        while (start.add(length).compareTo(at) > 0) {
            windows.add(new Span(start, start.add(length)));
            start = start.subtract(step);
        }
        return windows;
    }

    static ReferenceWindows global() {
        return new ReferenceWindows(Layout.ANY, (at, extra) -> List.of(new Span(LOWEST, HIGHEST)), 1, null);
    }

    static ReferenceWindows calendar(ReferenceCalendar calendar) {
        return new ReferenceWindows(Layout.CONSECUTIVE, (at, extra) -> List.of(calendar.windowOf(at)), 1, calendar);
    }

    /** Tumbling windows whose size is the event's extra number. */
    static ReferenceWindows sizePerEvent() {
        Spans tumbling = (at, size) -> {
            if (size <= 0) {
                throw new IllegalArgumentException("size must be positive, got " + size);
            }
            return grid(at, size, size, 0);
        };
        return new ReferenceWindows(Layout.ANY, tumbling, 1, null);
    }

    static ReferenceWindows assigned(LongFunction<List<TimeWindow>> assigner) {
        Spans spans = (at, extra) -> assigner.apply(at.longValueExact()).stream()
                .map(window -> new Span(BigInteger.valueOf(window.start()), BigInteger.valueOf(window.end())))
                .toList();
        return new ReferenceWindows(Layout.ANY, spans, 1, null);
    }

    /** In each of these windows one from its start to every multiple of {@code step}, and the window itself. */
    ReferenceWindows cumulating(long step) {
        if (layout != Layout.CONSECUTIVE) {
            throw new IllegalArgumentException("cumulating windows need windows that follow each other");
        }
        if (step <= 0) {
            throw new IllegalArgumentException("step must be positive, got " + step);
        }
        Spans parts = (at, extra) -> {
            List<Span> windows = new ArrayList<>();
            Span whole = spans.of(at, extra).get(0);
            if (whole.start.compareTo(LOWEST) <= 0 || whole.end.compareTo(HIGHEST) >= 0) {
                return List.of(whole); // held at an end of long: where its steps begin, or end, is out of reach
            }
            BigInteger end = whole.start;
            while (end.compareTo(whole.end) < 0) {
                end = end.add(BigInteger.valueOf(step)).min(whole.end);
                windows.add(new Span(whole.start, end));
            }
            windows.removeIf(window -> !window.contains(at));
            return windows;
        };
        return new ReferenceWindows(Layout.ALIGNED, parts, 1, calendar);
    }

    void timeUnit(TimeUnit unit) {
        if (calendar != null) {
            calendar.timeUnit(unit);
        }
    }

    /** Whether the windows are the same for all keys and events. */
    boolean aligned() {
        return layout != Layout.ANY;
    }

    /**
     * The windows of {@code timestamp} by rising end; none if it lies between two of them.
     *
     * @throws RuntimeException if the user's assignment is not valid, or what it threw
     */
    List<TimeWindow> of(long timestamp, long extra) {
        List<TimeWindow> windows = held(spans.of(BigInteger.valueOf(timestamp), extra));
        if (windows.size() > MOST_PER_EVENT && layout == Layout.ANY) {
            throw new IllegalArgumentException(windows.size() + " windows for one event");
        }
        for (TimeWindow window : windows) {
            if (!window.contains(timestamp)) {
                throw new IllegalArgumentException(window + " does not contain " + timestamp);
            }
        }
        return windows;
    }

    /** The windows with {@code after < end <= upTo}, by rising end; aligned windows alone have such a list. */
    List<TimeWindow> endingBetween(long after, long upTo) {
        List<Span> found = new ArrayList<>();
        BigInteger at = BigInteger.valueOf(after);
        while (at.compareTo(BigInteger.valueOf(upTo)) < 0) {
            List<Span> around = spans.of(at, 0);
            // a window that begins after here ends neither before those around it nor within its own length
            BigInteger next =
                    around.stream().map(Span::end).min(BigInteger::compareTo).orElse(at.add(shortest));
            found.addAll(around);
            at = next;
        }
        List<TimeWindow> windows = new ArrayList<>(held(found));
        windows.removeIf(window -> window.end() <= after || window.end() > upTo);
        return windows;
    }

    private static List<TimeWindow> held(List<Span> spans) {
        return spans.stream()
                .map(span -> new TimeWindow(held(span.start), held(span.end)))
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    /** {@code a + b}, held at the ends of {@code long}. */
    static long sum(long a, long b) {
        return held(BigInteger.valueOf(a).add(BigInteger.valueOf(b)));
    }

    /**
     * The first step of event time in a window after {@code watermark}: the smallest {@code start + k * step}, {@code k >= 1}, above it.
     * The steps of a window without a beginning are counted from 0, to both sides.
     */
    static long nextStep(long start, long step, long watermark) {
        BigInteger by = BigInteger.valueOf(step);
        boolean fromZero = start == Long.MIN_VALUE;
        BigInteger from = fromZero ? BigInteger.ZERO : BigInteger.valueOf(start);
        BigInteger behind = BigInteger.valueOf(watermark).subtract(from);
        BigInteger steps = behind.subtract(behind.mod(by)).divide(by).add(BigInteger.ONE);
        return held(from.add(by.multiply(fromZero ? steps : steps.max(BigInteger.ONE))));
    }

    static long held(BigInteger exact) {
        return exact.max(LOWEST).min(HIGHEST).longValueExact();
    }
}
