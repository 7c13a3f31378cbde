package io.tidemark.bench.workload;

import io.tidemark.window.WindowAssigner;
import io.tidemark.window.Windows;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The workloads: which windows, over how dense a stream. Threads: immutable. Units: milliseconds. */
public enum Workload {
    /** W1: windows of 1 s, count and sum; 1,000 events per millisecond. */
    TUMBLING(1) {
        @Override
        public WindowAssigner<Object> windows() {
            return Windows.tumbling(Duration.ofSeconds(1));
        }

        @Override
        int eventsPerMilli(int keys) {
            return 1_000;
        }

        @Override
        public PaneTally.Summary expected(EventStream stream) {
            return ReferencePanes.sliding(stream, TUMBLING_SIZE, TUMBLING_SIZE);
        }
    },

    /** W2: windows of 60 s, one beginning every second, sum; 84 events per millisecond. */
    SLIDING(60) {
        @Override
        public WindowAssigner<Object> windows() {
            return Windows.sliding(Duration.ofSeconds(60), Duration.ofSeconds(1));
        }

        @Override
        int eventsPerMilli(int keys) {
            return 84;
        }

        @Override
        public PaneTally.Summary expected(EventStream stream) {
            return ReferencePanes.sliding(stream, 60_000, 1_000);
        }
    },

    /** W3: sessions that end after 100 ms of silence, sum; an event per key every 50 ms on average. */
    SESSIONS(1) {
        @Override
        public WindowAssigner<Object> windows() {
            return Windows.session(Duration.ofMillis(100));
        }

        @Override
        int eventsPerMilli(int keys) {
            return keys / 50;
        }

        @Override
        public PaneTally.Summary expected(EventStream stream) {
            return ReferencePanes.sessions(stream, 100);
        }
    };

    /** Events of a stream: a whole number of milliseconds in each workload, whether with 1,000 keys or with 100,000. */
    public static final int EVENTS = 1_008_000;

    /** Length of a W1 window. */
    public static final long TUMBLING_SIZE = 1_000;

    private static final long SEED = 42;

    private final int windowsPerEvent;

    Workload(int windowsPerEvent) {
        this.windowsPerEvent = windowsPerEvent;
    }

    /** The windows. */
    public abstract WindowAssigner<Object> windows();

    abstract int eventsPerMilli(int keys);

    /** What the panes of the stream, as it stands now, must add up to. */
    public abstract PaneTally.Summary expected(EventStream stream);

    /** How many windows each event is in. */
    public int windowsPerEvent() {
        return windowsPerEvent;
    }

    /** How long it takes until as much is live as ever will be. */
    public long longestWindow() {
        return windows().in(TimeUnit.MILLISECONDS).longestWindow();
    }

    /** A stream of {@link #EVENTS}, the same every time. */
    public EventStream stream(int keys) {
        return new EventStream(EVENTS, eventsPerMilli(keys), keys, SEED);
    }
}
