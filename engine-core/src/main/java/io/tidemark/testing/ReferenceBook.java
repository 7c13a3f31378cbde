package io.tidemark.testing;

import io.tidemark.testing.ReferenceEntry.Arrival;
import io.tidemark.window.Accumulation;
import io.tidemark.window.Pane;
import io.tidemark.window.Pane.Timing;
import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The state behind a {@link ReferenceModel}: the live windows, and what has come out of them. */
final class ReferenceBook<K, V> {
    ReferenceWindows windows = ReferenceWindows.global();
    /** Set for sessions alone. */
    @Nullable
    ReferenceSessions sessions;
    /** Of a session; 0 if each event brings its own. */
    long gap;
    /** Set for windows that follow their events alone. */
    @Nullable
    ReferenceFollowing<K, V> following;

    @Nullable
    ReferenceEmptyWindows<K> emptyWindows;

    final ReferenceTrigger<V> trigger = new ReferenceTrigger<>();
    Accumulation accumulation = Accumulation.ACCUMULATING;

    @Nullable
    Function<List<V>, @Nullable Object> suppressedBy;

    long allowedLateness;

    int step;
    long watermark = Long.MIN_VALUE;
    long reading;
    private long arrivals;
    private long entries;

    final List<ReferenceEntry<K, V>> live = new ArrayList<>();
    final List<ExpectedPane<K, V>> panes = new ArrayList<>();
    final List<ExpectedLate> late = new ArrayList<>();
    final List<Integer> unassigned = new ArrayList<>();
    final List<Integer> failed = new ArrayList<>();
    final Map<Integer, Integer> windowsMissed = new TreeMap<>();

    /** An event: all its windows take it first, then each decides whether to fire. */
    void take(long timestamp, @Nullable K key, V value, long extra) {
        Arrival<V> arrival = new Arrival<>(arrivals++, timestamp, value);
        List<ReferenceEntry<K, V>> touched;
        if (sessions != null) {
            touched = intoSession(sessions, arrival, key, gap > 0 ? gap : extra);
        } else if (following != null) {
            touched = intoFollowing(following, arrival, key);
        } else {
            touched = intoWindows(arrival, key, extra);
        }
        touched.sort(ReferenceEntry.order());
        for (ReferenceEntry<K, V> entry : touched) {
            if (emptyWindows != null) {
                emptyWindows.arrived(key);
                if (entry.window.end() <= watermark) {
                    emptyWindows.closed(key, entry.window);
                }
            }
            give(entry, trigger.added(entry, watermark, reading));
        }
    }

    private List<ReferenceEntry<K, V>> intoWindows(Arrival<V> arrival, @Nullable K key, long extra) {
        List<ReferenceEntry<K, V>> touched = new ArrayList<>();
        List<TimeWindow> assigned;
        try {
            assigned = windows.of(arrival.timestamp(), extra);
        } catch (RuntimeException invalid) {
            failed.add(step);
            return touched;
        }
        if (assigned.isEmpty()) {
            unassigned.add(step);
            if (ReferenceWindows.sum(arrival.timestamp(), allowedLateness) < watermark) {
                late.add(new ExpectedLate(step, null, watermark));
            }
            return touched;
        }
        TimeWindow lastMissed = null;
        int missed = 0;
        for (TimeWindow window : assigned) {
            if (expired(window)) {
                missed++;
                lastMissed = window;
            } else {
                ReferenceEntry<K, V> found = find(key, window);
                ReferenceEntry<K, V> entry = found != null ? found : open(key, window);
                entry.add(arrival);
                touched.add(entry);
            }
        }
        if (missed == assigned.size()) {
            late.add(new ExpectedLate(step, lastMissed, watermark));
        } else if (missed > 0) {
            windowsMissed.merge(step, missed, Integer::sum);
        }
        return touched;
    }

    /** A session is late only as what it would be after merging with its live neighbours. */
    private List<ReferenceEntry<K, V>> intoSession(
            ReferenceSessions rules, Arrival<V> arrival, @Nullable K key, long ownGap) {
        List<ReferenceEntry<K, V>> touched = new ArrayList<>();
        if (ownGap <= 0) {
            failed.add(step);
            return touched;
        }
        List<ReferenceEntry<K, V>> ofKey =
                live.stream().filter(entry -> Objects.equals(entry.key, key)).toList();
        ReferenceSessions.Placement placement = rules.place(
                arrival.timestamp(),
                ownGap,
                ofKey.stream().map(entry -> entry.window).toList());
        TimeWindow bounds = placement.bounds();
        if (expired(bounds)) {
            late.add(new ExpectedLate(step, bounds, watermark));
            return touched;
        }
        List<ReferenceEntry<K, V>> parts = ofKey.stream()
                .filter(entry -> placement.parts().contains(entry.window))
                .toList();
        ReferenceEntry<K, V> entry;
        if (parts.isEmpty()) {
            entry = open(key, bounds);
        } else if (parts.size() == 1 && parts.get(0).window.equals(bounds)) {
            entry = parts.get(0);
        } else {
            live.removeAll(parts);
            entry = ReferenceEntry.merged(key, bounds, parts, watermark);
            trigger.merged(entry);
            live.add(entry);
        }
        entry.add(arrival);
        touched.add(entry);
        return touched;
    }

    private List<ReferenceEntry<K, V>> intoFollowing(
            ReferenceFollowing<K, V> rules, Arrival<V> arrival, @Nullable K key) {
        List<ReferenceEntry<K, V>> touched = new ArrayList<>();
        TimeWindow lastPossible = rules.lastPossible(arrival.timestamp());
        if (expired(lastPossible)) {
            late.add(new ExpectedLate(step, lastPossible, watermark));
            return touched;
        }
        for (ReferenceEntry<K, V> entry : live) {
            if (Objects.equals(entry.key, key) && entry.window.contains(arrival.timestamp())) {
                entry.add(arrival);
                touched.add(entry);
            }
        }
        for (TimeWindow window : rules.take(key, arrival)) {
            // one that is not expired and not live cannot have existed before
            if (!expired(window) && find(key, window) == null) {
                ReferenceEntry<K, V> entry = open(key, window);
                rules.inside(key, window).forEach(entry::add);
                touched.add(entry);
            }
        }
        if (expired(rules.upTo(arrival.timestamp()))) {
            windowsMissed.merge(step, 1, Integer::sum);
        }
        return touched;
    }

    private @Nullable ReferenceEntry<K, V> find(@Nullable K key, TimeWindow window) {
        for (ReferenceEntry<K, V> candidate : live) {
            if (Objects.equals(candidate.key, key) && candidate.window.equals(window)) {
                return candidate;
            }
        }
        return null;
    }

    private ReferenceEntry<K, V> open(@Nullable K key, TimeWindow window) {
        ReferenceEntry<K, V> entry = new ReferenceEntry<>(key, window, entries++);
        live.add(entry);
        return entry;
    }

    void advance(long newWatermark) {
        if (newWatermark <= watermark) {
            return;
        }
        long before = watermark;
        watermark = newWatermark;
        for (ReferenceEntry<K, V> entry : live) {
            if (emptyWindows != null && entry.awaitsEnd && entry.window.end() <= watermark) {
                emptyWindows.closed(entry.key, entry.window);
            }
        }
        List<ReferenceEntry<K, V>> empties = new ArrayList<>();
        if (emptyWindows != null) {
            for (var empty : emptyWindows.closing(windows, before, watermark)) {
                if (find(empty.key(), empty.window()) == null) {
                    ReferenceEntry<K, V> entry = open(empty.key(), empty.window());
                    entry.endDone = true;
                    empties.add(entry);
                }
            }
        }
        for (ReferenceEntry<K, V> entry : inOrder()) {
            boolean empty = empties.contains(entry);
            give(entry, empty ? Timing.ON_TIME : trigger.advanced(entry, watermark, expired(entry.window)));
            if (expired(entry.window)) {
                if (entry.nextNumber == 0) {
                    // a merged session that gave nothing still takes back what its parts gave
                    retract(entry);
                }
                live.remove(entry);
            }
        }
    }

    void clock(long newReading) {
        reading = newReading;
        for (ReferenceEntry<K, V> entry : inOrder()) {
            give(entry, trigger.clocked(entry, watermark, reading));
        }
    }

    private List<ReferenceEntry<K, V>> inOrder() {
        List<ReferenceEntry<K, V>> ordered = new ArrayList<>(live);
        ordered.sort(ReferenceEntry.order());
        return ordered;
    }

    private void give(ReferenceEntry<K, V> entry, @Nullable Timing timing) {
        if (timing == null) {
            return;
        }
        List<V> values = ReferenceEntry.values(accumulation == Accumulation.DISCARDING ? entry.fresh : entry.contents);
        entry.fired();
        if (timing != Timing.EARLY) {
            entry.nonEarlyUsed = true;
        }
        if (timing != Timing.ON_TIME && suppressedBy != null && entry.nextNumber > 0) {
            ExpectedPane<K, V> shown = entry.standing.get(0);
            if (Objects.equals(suppressedBy.apply(values), suppressedBy.apply(shown.values()))) {
                return;
            }
        }
        retract(entry);
        List<TimeWindow> replaced = entry.nextNumber > 0
                ? List.of()
                : entry.standing.stream().map(ExpectedPane::window).toList();
        Pane pane = new Pane(timing, entry.nextNumber++, expired(entry.window));
        ExpectedPane<K, V> given = new ExpectedPane<>(step, entry.key, entry.window, values, pane, false, replaced);
        panes.add(given);
        entry.standing = new ArrayList<>(List.of(given));
    }

    private void retract(ReferenceEntry<K, V> entry) {
        if (accumulation == Accumulation.RETRACTING) {
            entry.standing.forEach(pane -> panes.add(pane.retractedAt(step)));
        }
    }

    private boolean expired(TimeWindow window) {
        return ReferenceWindows.sum(window.end(), allowedLateness) <= watermark;
    }
}
