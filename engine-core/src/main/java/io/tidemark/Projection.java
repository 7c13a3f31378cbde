package io.tidemark;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event as a row, on the thread that publishes, while the event is hot in its cache.
 *
 * <p>Threads: belongs to one producer thread.
 */
abstract class Projection<E> {
    private final ToLongFunction<? super E>[] columns;
    private final Function<? super E, ?>[] lanes;
    private final int firstColumn;

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generic functions, for a loop without an iterator
    Projection(RowLayout<E> layout) {
        List<ToLongFunction<? super E>> longs = layout.columns();
        columns = longs.toArray(new ToLongFunction[0]);
        lanes = layout.lanes().toArray(new Function[0]);
        firstColumn = layout.givenColumns();
    }

    /**
     * Writes an event at a row of the given arrays. What an extractor throws goes to the caller, and the row is not published.
     *
     * @throws NullPointerException if an object extractor gives null
     */
    abstract void write(E event, long[] longs, int row, @Nullable Object[] objects, int objectRow);

    // The first two of each have a call of their own, in which the JIT meets one extractor only and can inline it.
    final void extract(E event, long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        int column = row + firstColumn;
        if (columns.length > 0) {
            longs[column] = columns[0].applyAsLong(event);
        }
        if (columns.length > 1) {
            longs[column + 1] = columns[1].applyAsLong(event);
        }
        for (int i = 2; i < columns.length; i++) {
            longs[column + i] = columns[i].applyAsLong(event);
        }
        if (lanes.length > 0) {
            objects[objectRow] = present(lanes[0].apply(event));
        }
        if (lanes.length > 1) {
            objects[objectRow + 1] = present(lanes[1].apply(event));
        }
        for (int i = 2; i < lanes.length; i++) {
            objects[objectRow + i] = present(lanes[i].apply(event));
        }
    }

    private static Object present(@Nullable Object extracted) {
        return Objects.requireNonNull(extracted, "an extractor gave null; keys and events are never null");
    }
}
