package io.tidemark;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** For events that are objects. */
final class EventProjection<E> extends Projection<E> {
    private final ToLongFunction<? super E> timestamp;

    EventProjection(RowLayout<E> layout, ToLongFunction<? super E> timestamp) {
        super(layout);
        this.timestamp = timestamp;
    }

    @Override
    void write(E event, long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        longs[row] = timestamp.applyAsLong(event);
        extract(event, longs, row, objects, objectRow);
    }
}
