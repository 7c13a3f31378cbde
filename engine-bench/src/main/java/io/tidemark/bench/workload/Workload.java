package io.tidemark.bench.workload;

import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.List;

/** The workloads: which windows, what is computed, over how dense a stream. Threads: immutable. Units: milliseconds. */
public enum Workload {
    /** W1: windows of 1 s, count and sum; 1,000 events per millisecond. */
    TUMBLING("W1", Measure.COUNT_AND_SUM, 1_000, Span.tumbling(1_000)),

    /** W1 with one event in a hundred too late for its window. */
    TUMBLING_LATE("W1 late", Measure.COUNT_AND_SUM, 1_000, Span.tumbling(1_000)) {
        @Override
        public EventStream stream(int keys, int events) {
            int perMilli = eventsPerMilli(keys);
            return new EventStream(events / perMilli * perMilli, perMilli, keys, SEED, LATE_EVERY);
        }

        @Override
        public PaneTally.Summary expected(EventStream stream) {
            return ReferencePanes.tumblingWithLate(stream, TUMBLING_SIZE, measure());
        }

        // of the late ones it is known how many they are, not which
        @Override
        public void requireContents(PaneTally.Summary panes, EventStream stream, long times, String contender) {
            panes.requireContents(times * stream.events() - panes.late(), panes.total(), contender);
        }
    },

    /** W2: windows of 60 s, one beginning every second, sum; 84 events per millisecond. */
    SLIDING("W2", Measure.SUM, 84, new Span(60_000, 1_000)),

    /** W2 with a window every 10 s. */
    SLIDING_10S("W2 10 s", Measure.SUM, 84, new Span(60_000, 10_000)),

    /** W2 with a window every 100 ms. */
    SLIDING_100MS("W2 100 ms", Measure.SUM, 84, new Span(60_000, 100)),

    /** W2 with a window every 10 ms: results outnumber events. */
    SLIDING_10MS("W2 10 ms", Measure.SUM, 84, new Span(60_000, 10)),

    /** W2m: W2 with the maximum, which has no inverse. */
    SLIDING_MAX("W2m", Measure.MAX, 84, new Span(60_000, 1_000)),

    /** W2m with a window every 10 s. */
    SLIDING_MAX_10S("W2m 10 s", Measure.MAX, 84, new Span(60_000, 10_000)),

    /** W2m with a window every 100 ms. */
    SLIDING_MAX_100MS("W2m 100 ms", Measure.MAX, 84, new Span(60_000, 100)),

    /** W2m with a window every 10 ms. */
    SLIDING_MAX_10MS("W2m 10 ms", Measure.MAX, 84, new Span(60_000, 10)),

    /** W3: sessions that end after 100 ms of silence, sum; an event per key every 50 ms on average. */
    SESSIONS("W3", Measure.SUM, 0) {
        @Override
        public List<WindowAssigner<Object>> windows() {
            return List.of(Windows.session(Duration.ofMillis(SESSION_GAP)));
        }

        @Override
        int eventsPerMilli(int keys) {
            return keys / 50;
        }

        @Override
        public PaneTally.Summary expected(EventStream stream) {
            return ReferencePanes.sessions(stream, SESSION_GAP);
        }

        @Override
        public int windowsPerEvent() {
            return 1;
        }

        @Override
        public long longestWindow() {
            return SESSION_GAP;
        }
    },

    /** W4: windows of 1 s, maximum; 1,000 events per millisecond. */
    TUMBLING_MAX("W4", Measure.MAX, 1_000, Span.tumbling(1_000)),

    /** W5: five windows at once on one key, sum; 16 events per millisecond. */
    FIVE(
            "W5",
            Measure.SUM,
            16,
            Span.tumbling(1_000),
            Span.tumbling(10_000),
            Span.tumbling(60_000),
            new Span(60_000, 1_000),
            new Span(300_000, 10_000)),

    /** The first window of W5 alone. */
    FIVE_TUMBLING_1S("W5 1 s", Measure.SUM, 16, Span.tumbling(1_000)),

    /** The second window of W5 alone. */
    FIVE_TUMBLING_10S("W5 10 s", Measure.SUM, 16, Span.tumbling(10_000)),

    /** The third window of W5 alone. */
    FIVE_TUMBLING_60S("W5 60 s", Measure.SUM, 16, Span.tumbling(60_000)),

    /** The fourth window of W5 alone. */
    FIVE_SLIDING_60S("W5 60 s by 1 s", Measure.SUM, 16, new Span(60_000, 1_000)),

    /** The fifth window of W5 alone. */
    FIVE_SLIDING_300S("W5 300 s by 10 s", Measure.SUM, 16, new Span(300_000, 10_000));

    /** What is computed. */
    public enum Measure {
        /** The number of events and the sum of their values. */
        COUNT_AND_SUM,
        /** The sum of the values. */
        SUM,
        /** The largest value. */
        MAX
    }

    /**
     * Windows of one length, beginning at regular distances.
     *
     * @param size how long
     * @param slide how far apart; {@code size} is a multiple of it
     */
    public record Span(long size, long slide) {

        /** Windows that follow each other. */
        static Span tumbling(long size) {
            return new Span(size, size);
        }

        /** The windows. */
        public WindowAssigner<Object> windows() {
            return size == slide
                    ? Windows.tumbling(Duration.ofMillis(size))
                    : Windows.sliding(Duration.ofMillis(size), Duration.ofMillis(slide));
        }
    }

    /** Length of a W1 and a W4 window. */
    public static final long TUMBLING_SIZE = 1_000;

    /** Length of a W2 window. */
    public static final long SLIDING_SIZE = 60_000;

    /** How far apart W2 windows begin. */
    public static final long SLIDE = 1_000;

    /** The silence that ends a W3 session. */
    public static final long SESSION_GAP = 100;

    /** Events of a short stream: a whole number of milliseconds in each workload, whether with 1,000 keys or with 100,000. */
    public static final int EVENTS = 1_008_000;

    private static final long SEED = 42;
    private static final int LATE_EVERY = 100;

    private final String id;
    private final Measure measure;
    private final int eventsPerMilli;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Span> spans;

    Workload(String id, Measure measure, int eventsPerMilli, Span... spans) {
        this.id = id;
        this.measure = measure;
        this.eventsPerMilli = eventsPerMilli;
        this.spans = List.of(spans);
    }

    /** The short name, such as W1. */
    public String id() {
        return id;
    }

    /** What is computed. */
    public Measure measure() {
        return measure;
    }

    /** The windows by their length and distance; none for sessions. */
    public List<Span> spans() {
        return spans;
    }

    /** All windows, on one key. */
    public List<WindowAssigner<Object>> windows() {
        return spans.stream().map(Span::windows).toList();
    }

    int eventsPerMilli(int keys) {
        return eventsPerMilli;
    }

    /** What the panes of the stream, as it stands now, must add up to. */
    public PaneTally.Summary expected(EventStream stream) {
        PaneTally.Summary expected = new PaneTally().summary();
        for (Span span : spans) {
            expected = expected.plus(ReferencePanes.sliding(stream, span.size(), span.slide(), measure));
        }
        return expected;
    }

    /** How many windows each event is in. */
    public int windowsPerEvent() {
        return (int)
                spans.stream().mapToLong(span -> span.size() / span.slide()).sum();
    }

    /** How long it takes until as much is live as ever will be. */
    public long longestWindow() {
        return spans.stream().mapToLong(Span::size).max().orElseThrow();
    }

    /** A stream of {@link #EVENTS}, the same every time. */
    public EventStream stream(int keys) {
        return stream(keys, EVENTS);
    }

    /** A stream of about so many events, a whole number of milliseconds, the same every time. */
    public EventStream stream(int keys, int events) {
        int perMilli = eventsPerMilli(keys);
        return new EventStream(events / perMilli * perMilli, perMilli, keys, SEED);
    }

    /**
     * Ends a benchmark that lost or doubled events: each value must be in as many sums as there are windows over it. A maximum does
     * not tell.
     *
     * @param times how often the stream was played
     */
    public void requireContents(PaneTally.Summary panes, EventStream stream, long times, String contender) {
        if (measure == Measure.MAX) {
            return;
        }
        long windows = times * windowsPerEvent();
        long events = measure == Measure.COUNT_AND_SUM ? windows * stream.events() : 0;
        panes.requireContents(events, windows * stream.total(), contender);
    }
}
