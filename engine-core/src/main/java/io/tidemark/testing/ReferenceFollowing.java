package io.tidemark.testing;

import io.tidemark.testing.ReferenceEntry.Arrival;
import io.tidemark.window.TimeWindow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows that follow the events of a key: which of them exist once an event is taken. It forgets no event. */
final class ReferenceFollowing<K, V> {
    private final BigInteger difference;
    private final Map<@Nullable K, List<Arrival<V>>> taken = new LinkedHashMap<>();

    ReferenceFollowing(long difference) {
        if (difference < 0) {
            throw new IllegalArgumentException("difference must not be negative, got " + difference);
        }
        this.difference = BigInteger.valueOf(difference);
    }

    /** The latest window that an event could lie in. */
    TimeWindow lastPossible(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        return new TimeWindow(
                timestamp, ReferenceWindows.held(at.add(difference).add(BigInteger.ONE)));
    }

    /** The window that ends with an event. */
    TimeWindow upTo(long timestamp) {
        BigInteger at = BigInteger.valueOf(timestamp);
        return new TimeWindow(
                ReferenceWindows.held(at.subtract(difference)), ReferenceWindows.held(at.add(BigInteger.ONE)));
    }

    /** The window that begins right after an event; null if it would lie after all time. */
    private @Nullable TimeWindow rightAfter(long timestamp) {
        BigInteger start = BigInteger.valueOf(timestamp).add(BigInteger.ONE);
        long end = ReferenceWindows.held(start.add(difference).add(BigInteger.ONE));
        return start.longValueExact() == end ? null : new TimeWindow(start.longValueExact(), end);
    }

    /** Takes the event; the windows that may exist because of it, whether or not they do already. */
    List<TimeWindow> take(@Nullable K key, Arrival<V> arrival) {
        List<Arrival<V>> events = taken.computeIfAbsent(key, newKey -> new ArrayList<>());
        events.add(arrival);
        List<TimeWindow> windows = new ArrayList<>();
        windows.add(upTo(arrival.timestamp()));
        for (Arrival<V> event : events) {
            TimeWindow after = rightAfter(event.timestamp());
            boolean concerned =
                    event.order() == arrival.order() || (after != null && after.contains(arrival.timestamp()));
            if (after != null && concerned && !inside(key, after).isEmpty()) {
                windows.add(after);
            }
        }
        return windows.stream().distinct().sorted(ReferenceWindows.ORDER).toList();
    }

    /** The key's events in a window, in order of arrival. */
    List<Arrival<V>> inside(@Nullable K key, TimeWindow window) {
        return taken.getOrDefault(key, List.of()).stream()
                .filter(event -> window.contains(event.timestamp()))
                .toList();
    }
}
