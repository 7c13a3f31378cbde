package io.tidemark.window;

import io.tidemark.time.Timestamps;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit of an event that some window did not count: which window it missed, by how much, and why.
 *
 * <p>It carries what the engine knows of the event; the event object itself only if the builder said {@code keepEvents()}. It is never
 * printed by the engine, and {@link #toString()} shows neither key nor values nor event.
 *
 * <p>Threads: immutable. Units: the engine's time unit.
 *
 * @param stream name of the keyed windows that refused it
 * @param source name of the source it came from
 * @param key its key; null on windows without a key
 * @param timestamp its event time
 * @param values what the aggregators would have read of it, in the order of the aggregator's inputs
 * @param reason why
 * @param missed the window it missed, of several the last; null if no window exists for it
 * @param watermark the engine's watermark when it was taken from its source
 * @param event the event itself with {@code keepEvents()}, else null
 * @param <K> key
 * @param <E> event
 */
public record LateEvent<K, E>(
        String stream,
        String source,
        @Nullable K key,
        long timestamp,
        List<Long> values,
        Reason reason,
        @Nullable TimeWindow missed,
        long watermark,
        @Nullable E event) {

    /** Keeps a copy of the values. */
    public LateEvent {
        values = List.copyOf(values);
    }

    /** Why a window did not take an event. */
    public enum Reason {
        /** The window had expired: {@code end + allowedLateness <= watermark}. */
        LATE,
        /** As {@link #LATE}, but only because some source, not necessarily this event's, was silent and was passed over. */
        IDLE_CLOSED,
        /** No window exists at its timestamp (slide > size), and it is behind the watermark by more than the allowed lateness. */
        UNASSIGNED
    }

    /** How far the event was behind: watermark - timestamp, positive. */
    public long lateness() {
        return Timestamps.subtract(watermark, timestamp);
    }

    @Override
    public String toString() {
        return "LateEvent[" + stream + " from " + source + ", " + reason + ", timestamp " + timestamp + ", missed "
                + missed + ", watermark " + watermark + "]";
    }
}
