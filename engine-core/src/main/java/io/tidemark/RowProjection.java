package io.tidemark;

import org.jspecify.annotations.Nullable;

/** For events that are rows already; E is LongRow. */
final class RowProjection<E> extends Projection<E> {
    private final int given;
    private final LongRow view;
    private final boolean plain;
    private final boolean keepsRow;

    RowProjection(RowLayout<E> layout) {
        super(layout);
        given = layout.givenColumns();
        view = LongRow.view(layout.givenNames());
        plain = layout.isPlain();
        keepsRow = layout.objectStride() > 0;
    }

    @Override
    void write(E event, long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        LongRow source = (LongRow) event;
        if (source.width() != given) {
            throw new IllegalArgumentException(
                    "a row needs a timestamp and " + (given - 1) + " values, got " + (source.width() - 1) + " values");
        }
        source.copyTo(longs, row, given);
        complete(longs, row, objects, objectRow);
    }

    /** Adds what is computed from the given columns, which are already in place. */
    @SuppressWarnings("unchecked") // E is LongRow
    void complete(long[] longs, int row, @Nullable Object[] objects, int objectRow) {
        if (!plain) {
            view.show(longs, row);
            extract((E) (keepsRow ? view.copy() : view), longs, row, objects, objectRow);
        }
    }
}
