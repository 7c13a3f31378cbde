package io.tidemark.testing;

import io.tidemark.window.TimeWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link ReferenceModel} keeps of one (key, window): all events, which of them no pane has shown yet, and how far its
 * firings have come.
 */
final class ReferenceEntry<K, V> {
    final @Nullable K key;
    final TimeWindow window;
    /** Order of creation; a merged session is as old as its oldest part. */
    final long age;

    final List<Arrival<V>> contents = new ArrayList<>();
    /** What came since the last pane. */
    final List<Arrival<V>> fresh = new ArrayList<>();

    /** An event came while the watermark was below the end. */
    boolean inTime;
    /** The end is still to give its pane. */
    boolean awaitsEnd;

    boolean endDone;
    /** The one ON_TIME pane was given, or a LATE one, or its chance went by. */
    boolean nonEarlyUsed;

    long nextNumber;

    @Nullable
    Long nextBoundary;

    @Nullable
    Long clockDue;

    /** The panes that stand for these events: the last one of this window, or before it has one the last ones of its parts. */
    List<ExpectedPane<K, V>> standing = new ArrayList<>();

    ReferenceEntry(@Nullable K key, TimeWindow window, long age) {
        this.key = key;
        this.window = window;
        this.age = age;
    }

    /** The order of one step: by window end, start, and age. */
    static Comparator<ReferenceEntry<?, ?>> order() {
        return Comparator.<ReferenceEntry<?, ?>, TimeWindow>comparing(entry -> entry.window, ReferenceWindows.ORDER)
                .thenComparingLong(entry -> entry.age);
    }

    /** The session that {@code parts} become: new bounds are a new window, whose panes are numbered afresh. */
    static <K, V> ReferenceEntry<K, V> merged(
            @Nullable K key, TimeWindow window, List<ReferenceEntry<K, V>> parts, long watermark) {
        long age = parts.stream().mapToLong(part -> part.age).min().orElseThrow();
        ReferenceEntry<K, V> union = new ReferenceEntry<>(key, window, age);
        for (ReferenceEntry<K, V> part : parts) {
            union.contents.addAll(part.contents);
            union.fresh.addAll(part.fresh);
            union.standing.addAll(part.standing);
            if (part.clockDue != null && (union.clockDue == null || part.clockDue < union.clockDue)) {
                union.clockDue = part.clockDue;
            }
        }
        Collections.sort(union.contents);
        Collections.sort(union.fresh);
        union.standing.sort(Comparator.comparing(ExpectedPane::window, ReferenceWindows.ORDER));
        union.inTime = window.end() > watermark;
        // parts that have not ended are in a session that has not ended either: at or below the watermark all have had
        // their end
        union.endDone = window.end() <= watermark;
        return union;
    }

    void add(Arrival<V> arrival) {
        contents.add(arrival);
        fresh.add(arrival);
    }

    /** A firing, whether its pane was given or not: everything that leads to the next begins anew. */
    void fired() {
        fresh.clear();
        nextBoundary = null;
        clockDue = null;
    }

    static <V> List<V> values(List<Arrival<V>> arrivals) {
        return arrivals.stream().map(Arrival::value).toList();
    }

    /** One event; {@code order} counts the events of the model. */
    record Arrival<V>(long order, long timestamp, V value) implements Comparable<Arrival<V>> {
        @Override
        public int compareTo(Arrival<V> other) {
            return Long.compare(order, other.order);
        }
    }
}
