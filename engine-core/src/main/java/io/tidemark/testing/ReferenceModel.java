package io.tidemark.testing;

import io.tidemark.window.Pane;
import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an engine must answer, worked out the slow and plain way: every window keeps all its events in a list, and every step
 * looks at every window. It follows the documented time contract and shares no code with the engine, so a difference between
 * the two is a fault in one of them.
 *
 * <p>Each call of {@link #event} or {@link #watermark} is one step, numbered from 0. Windows with a trigger other than "after
 * the watermark" and "never" are not modelled.
 *
 * <pre>{@code
 * var model = ReferenceModel.<String, Long>tumbling(60_000, 0).allowedLateness(5_000);
 * model.event(1_000, "a", 7L);
 * model.watermark(60_000);
 * model.panes(); // one: step 1, key a, [0, 60000), values [7], ON_TIME 0
 * }</pre>
 *
 * <p>Threads: belongs to one thread. Units: any, the same throughout. Cost: grows with events times live windows; meant for
 * thousands of events, not millions.
 *
 * @param <K> key, compared with {@code equals}; null stands for "no key"
 * @param <V> value; make it unique per event to see exactly what a pane holds
 */
public final class ReferenceModel<K, V> {
    private final ReferenceWindows windows;
    private long allowedLateness;
    private boolean discarding;
    private boolean firing = true;
    private long delay = -1;

    private final List<LiveWindow<K, V>> live = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    private int steps;

    private final List<ExpectedPane<K, V>> panes = new ArrayList<>();
    private final List<ExpectedLate> late = new ArrayList<>();
    private final List<Integer> unassigned = new ArrayList<>();
    private final Map<Integer, Integer> windowsMissed = new TreeMap<>();

    private ReferenceModel(ReferenceWindows windows) {
        this.windows = windows;
    }

    /** Windows {@code [k * size + offset, (k + 1) * size + offset)}. */
    public static <K, V> ReferenceModel<K, V> tumbling(long size, long offset) {
        return new ReferenceModel<>(ReferenceWindows.grid(size, size, offset));
    }

    /** Windows {@code [k * slide + offset, k * slide + offset + size)}; the two need no common divisor. */
    public static <K, V> ReferenceModel<K, V> sliding(long size, long slide, long offset) {
        return new ReferenceModel<>(ReferenceWindows.grid(size, slide, offset));
    }

    /** Sessions of a key that end {@code gap} after their last event; sessions that touch are one. */
    public static <K, V> ReferenceModel<K, V> session(long gap) {
        return new ReferenceModel<>(ReferenceWindows.session(gap));
    }

    /** One window over all time. */
    public static <K, V> ReferenceModel<K, V> global() {
        return new ReferenceModel<>(ReferenceWindows.global());
    }

    /** How long after its end a window still takes events; 0 unless said. */
    public ReferenceModel<K, V> allowedLateness(long lateness) {
        requireUnused();
        if (lateness < 0) {
            throw new IllegalArgumentException("allowed lateness must not be negative, got " + lateness);
        }
        allowedLateness = lateness;
        return this;
    }

    /** A pane holds only what is new since the last one; unless said, everything so far. */
    public ReferenceModel<K, V> discarding() {
        requireUnused();
        discarding = true;
        return this;
    }

    /** No pane at all; contents are dropped when the window expires. */
    public ReferenceModel<K, V> never() {
        requireUnused();
        firing = false;
        return this;
    }

    /** The watermark follows the events, {@code delay} behind the largest timestamp; unless said, it is moved by hand alone. */
    public ReferenceModel<K, V> boundedOutOfOrderness(long bound) {
        requireUnused();
        if (bound < 0) {
            throw new IllegalArgumentException("out-of-orderness must not be negative, got " + bound);
        }
        delay = bound;
        return this;
    }

    /**
     * The next step: an event arrives.
     *
     * @throws IllegalArgumentException if {@code timestamp} is {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE}, which an
     *     engine rejects
     */
    public void event(long timestamp, @Nullable K key, V value) {
        if (timestamp == Long.MIN_VALUE || timestamp == Long.MAX_VALUE) {
            throw new IllegalArgumentException(timestamp + " is not a timestamp; an engine rejects it as invalid");
        }
        add(timestamp, key, value);
        if (delay >= 0) {
            // the event first, then the watermark it causes
            maxTimestamp = Math.max(maxTimestamp, timestamp);
            advance(ReferenceWindows.sum(maxTimestamp, -delay));
        }
        steps++;
    }

    /** The next step: the watermark is moved; does nothing unless it goes forward. {@link Long#MAX_VALUE} ends the input. */
    public void watermark(long newWatermark) {
        advance(newWatermark);
        steps++;
    }

    private void add(long timestamp, @Nullable K key, V value) {
        List<TimeWindow> assigned = windows.of(timestamp);
        if (assigned.isEmpty()) {
            unassigned.add(steps);
            if (ReferenceWindows.sum(timestamp, allowedLateness) < watermark) {
                late.add(new ExpectedLate(steps, null, watermark));
            }
            return;
        }
        TimeWindow lastMissed = null;
        int missed = 0;
        for (TimeWindow window : assigned) {
            // a session is late only as what it would be after merging with its live neighbours
            LiveWindow<K, V> target = windows.merging() ? merged(key, window) : find(key, window);
            if (expired(target.window)) {
                missed++;
                lastMissed = target.window;
                continue;
            }
            if (!live.contains(target)) {
                live.add(target);
            }
            target.firstStep = Math.min(target.firstStep, steps);
            target.contents.add(new Arrival<>(steps, value));
            if (target.window.end() <= watermark) {
                fire(target, Pane.Timing.LATE);
            } else {
                target.awaitsEnd = true;
            }
        }
        if (missed == assigned.size()) {
            late.add(new ExpectedLate(steps, lastMissed, watermark));
        } else if (missed > 0) {
            windowsMissed.put(steps, missed);
        }
    }

    private LiveWindow<K, V> find(@Nullable K key, TimeWindow window) {
        for (LiveWindow<K, V> candidate : live) {
            if (Objects.equals(candidate.key, key) && candidate.window.equals(window)) {
                return candidate;
            }
        }
        return new LiveWindow<>(key, window);
    }

    private LiveWindow<K, V> merged(@Nullable K key, TimeWindow window) {
        List<LiveWindow<K, V>> parts = new ArrayList<>();
        long start = window.start();
        long end = window.end();
        for (LiveWindow<K, V> session : live) {
            boolean touches = session.window.start() <= window.end() && window.start() <= session.window.end();
            if (Objects.equals(session.key, key) && touches) {
                parts.add(session);
                start = Math.min(start, session.window.start());
                end = Math.max(end, session.window.end());
            }
        }
        TimeWindow bounds = new TimeWindow(start, end);
        if (parts.size() == 1 && parts.get(0).window.equals(bounds)) {
            return parts.get(0);
        }
        // new bounds are a new window: its panes are numbered afresh, and what its parts awaited is forgotten
        LiveWindow<K, V> union = new LiveWindow<>(key, bounds);
        for (LiveWindow<K, V> part : parts) {
            union.contents.addAll(part.contents);
            union.firstStep = Math.min(union.firstStep, part.firstStep);
        }
        Collections.sort(union.contents);
        live.removeAll(parts);
        return union;
    }

    private void advance(long newWatermark) {
        if (newWatermark <= watermark) {
            return;
        }
        watermark = newWatermark;
        live.stream()
                .filter(window -> window.awaitsEnd && window.window.end() <= watermark)
                .sorted(Comparator.<LiveWindow<K, V>>comparingLong(window -> window.window.end())
                        .thenComparingLong(window -> window.window.start())
                        .thenComparingInt(window -> window.firstStep))
                .forEach(window -> {
                    window.awaitsEnd = false;
                    fire(window, Pane.Timing.ON_TIME);
                });
        live.removeIf(window -> expired(window.window));
    }

    private void fire(LiveWindow<K, V> window, Pane.Timing timing) {
        if (!firing) {
            return;
        }
        List<V> values = window.contents.stream().map(arrival -> arrival.value).toList();
        Pane pane = new Pane(timing, window.nextNumber++, expired(window.window));
        panes.add(new ExpectedPane<>(steps, window.key, window.window, values, pane));
        if (discarding) {
            window.contents.clear();
        }
    }

    private boolean expired(TimeWindow window) {
        return ReferenceWindows.sum(window.end(), allowedLateness) <= watermark;
    }

    /** All panes so far: by step, then window end, start, and the key's first arrival in the window. */
    public List<ExpectedPane<K, V>> panes() {
        return List.copyOf(panes);
    }

    /** The events so far that go to the late handler, in order. */
    public List<ExpectedLate> late() {
        return List.copyOf(late);
    }

    /** Steps of the events so far for which no window exists, whether or not they were late. */
    public List<Integer> unassigned() {
        return List.copyOf(unassigned);
    }

    /** For each event that only some of its windows took: its step, and how many windows did not take it. */
    public Map<Integer, Integer> windowsMissed() {
        return Collections.unmodifiableMap(windowsMissed);
    }

    /** The watermark; {@link Long#MIN_VALUE} before the first. */
    public long watermark() {
        return watermark;
    }

    /** How many (key, window) pairs hold state; 0 after the end of input. */
    public int liveWindows() {
        return live.size();
    }

    private void requireUnused() {
        if (steps > 0) {
            throw new IllegalStateException("settings come before the first step");
        }
    }

    private static final class LiveWindow<K, V> {
        final @Nullable K key;
        final TimeWindow window;
        /** Everything so far, or with discarding what no pane has shown yet. */
        final List<Arrival<V>> contents = new ArrayList<>();
        /** An event came while the watermark was below the end, so the end gives a pane. */
        boolean awaitsEnd;

        long nextNumber;
        /** When its first event came. */
        int firstStep = Integer.MAX_VALUE;

        LiveWindow(@Nullable K key, TimeWindow window) {
            this.key = key;
            this.window = window;
        }
    }

    private record Arrival<V>(int step, V value) implements Comparable<Arrival<V>> {
        @Override
        public int compareTo(Arrival<V> other) {
            return Integer.compare(step, other.step);
        }
    }
}
