package io.tidemark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a row carries: first the given columns (the timestamp and, without event objects, the named ones), then one column per
 * extractor of longs, and one lane per extractor of objects. An extractor used twice gets one column.
 *
 * <p>Grows while windows are declared; frozen when the first source is opened or the engine starts.
 */
final class RowLayout<E> {
    private final List<String> given;
    private final Function<? super E, ?> wholeEvent;
    private final List<ToLongFunction<? super E>> columns = new ArrayList<>();
    private final List<Function<? super E, ?>> lanes = new ArrayList<>();
    private int eventLane = -1;
    private volatile boolean frozen;

    /** A layout whose first column is the timestamp, followed by the named ones. */
    RowLayout(List<String> given) {
        this(given, Function.identity());
    }

    /**
     * As {@link #RowLayout(List)}, for events that are not themselves to keep.
     *
     * @param wholeEvent what rows that carry events carry of one
     */
    RowLayout(List<String> given, Function<? super E, ?> wholeEvent) {
        this.given = given;
        this.wholeEvent = wholeEvent;
    }

    List<String> givenNames() {
        return given;
    }

    int givenColumns() {
        return 1 + given.size();
    }

    /** The column that carries what an extractor reads. */
    int column(ToLongFunction<? super E> extractor) {
        if (extractor instanceof Column column) {
            int index = given.indexOf(column.name());
            if (index < 0) {
                throw new IllegalArgumentException("no column is named " + column.name() + "; there are " + given);
            }
            return 1 + index;
        }
        int index = indexOf(columns, extractor);
        if (index < 0) {
            requireOpen();
            index = columns.size();
            columns.add(extractor);
        }
        return givenColumns() + index;
    }

    /** The lane that carries what an extractor reads. */
    int lane(Function<? super E, ?> extractor) {
        int index = indexOf(lanes, extractor);
        if (index < 0) {
            requireOpen();
            index = lanes.size();
            lanes.add(extractor);
        }
        return index;
    }

    /** Lets rows carry the event itself. */
    void carryEvents() {
        if (eventLane < 0) {
            eventLane = lane(wholeEvent);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an extractor is known by its identity alone
    private static int indexOf(List<?> extractors, Object extractor) {
        for (int i = 0; i < extractors.size(); i++) {
            if (extractors.get(i) == extractor) {
                return i;
            }
        }
        return -1;
    }

    private void requireOpen() {
        if (frozen) {
            throw new IllegalStateException(
                    "rows are fixed once a source is open; declare all windows and strategies before source() and start()");
        }
    }

    void freeze() {
        frozen = true;
    }

    boolean isFrozen() {
        return frozen;
    }

    int longStride() {
        return givenColumns() + columns.size();
    }

    int objectStride() {
        return lanes.size();
    }

    int eventLane() {
        return eventLane;
    }

    List<ToLongFunction<? super E>> columns() {
        return columns;
    }

    List<Function<? super E, ?>> lanes() {
        return lanes;
    }

    /** Whether a published row of the given columns is the whole row. */
    boolean isPlain() {
        return columns.isEmpty() && lanes.isEmpty();
    }

    /** What writes an event as a row; one for each thread that publishes. */
    Projection<E> projection(@Nullable ToLongFunction<? super E> timestamp) {
        return timestamp == null ? new RowProjection<>(this) : new EventProjection<>(this, timestamp);
    }
}
